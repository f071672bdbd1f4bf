"""Ages as lists write them are read, and what is no age is not."""

from __future__ import annotations

import pytest

from tocsin.model.ages import read_age


@pytest.mark.parametrize(
    ("written", "age"),
    [
        *((text, 34) for text in ("34", "34.0", " 34 ans", "34 years", "34yrs", "34 años", "34 سنة", "٣٤")),
        *((text, 0) for text in ("6 mois", "11 months", "3 semaines", "2 days", "3 أشهر")),
        ("18 months", 1),
        *((text, None) for text in ("18-59", "adult", "", "34 houses", "-4", "200", "3.5")),
    ],
)
def test_ages_are_read_as_written(written, age):
    assert read_age(written) == age
