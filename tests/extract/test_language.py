"""The language of a text, from its script and its small words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.extract.language import find_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The soldiers were seen in the north of the town and they left.", "en"),
        ("Les soldats ont été vus dans le nord de la ville et sont partis.", "fr"),
        ("Los soldados fueron vistos en el norte de la ciudad y se fueron.", "es"),
        ("شوهد الجنود في شمال المدينة ثم غادروا", "ar"),
        ("Солдат видели на севере города, потом они ушли", "ru"),
        ("በከተማው ሰሜን ወታደሮች ታይተዋል", "am"),
        ("12 34 56", None),
        ("", None),
    ],
)
def test_the_language_is_said_or_left_open(text, code):
    assert find_language(text) == code


@given(st.text())
def test_any_text_has_a_language_or_none(text):
    assert find_language(text) is None or len(find_language(text)) == 2
