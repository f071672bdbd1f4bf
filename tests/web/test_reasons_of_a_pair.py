"""What a pair's comparisons say, and the reason that is proposed from them."""

from __future__ import annotations

import pytest

from tocsin.web.desk.weights import proposed, weights

COMPARED = [
    {"field": "given", "level": "equal", "weight": 3.1},
    {"field": "died", "level": "different", "weight": -2.8},
    {"field": "place", "level": "same place", "weight": -2.3},
    {"field": "age", "level": "missing", "weight": 0.0},
]


@pytest.mark.usefixtures("records")
def test_what_is_the_same_is_never_proposed_as_a_difference():
    found = weights({"weight": 0.5}, COMPARED)
    assert proposed(found) == "Agree: Given name. Differ: Date of death."
    assert found.steps[2].level == "the same place, as with others who died then and there"
