"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("59,648 people", 59_648, "exact"),
        ("60 000 people", 60_000, "exact"),
        ("60\u202f000 people", 60_000, "exact"),
        ("1.250.000 people", 1_250_000, "exact"),
        ("nearly 600,000", 600_000, "about"),
        ("more than 40", 40, "at_least"),
        ("at least forty-two", 42, "at_least"),
        ("no fewer than 12", 12, "at_least"),
        ("an estimated 3.5 million", 3_500_000, "about"),
        ("two hundred and six", 206, "exact"),
        ("half a million", 500_000, "exact"),
        ("over 2000 people", 2_000, "at_least"),
        ("a dozen people", 12, "exact"),
        ("٤٠ قتيلا", 40, "exact"),
    ],
)
def test_a_number_keeps_its_value_and_how_exactly_it_is_said(text, value, qualifier):
    found = find_numbers(text)
    assert [(m.value, m.qualifier) for m in found] == [(value, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "dozens died",
        "hundreds of thousands fled",
        "in 2012",
        "Resolution 1970",
        "$4,000",
        "40% of homes",
        "the 127th Assembly",
        "M23 rebels",
        "+1-212-599-1320",
    ],
)
def test_vague_words_years_money_shares_and_codes_are_no_numbers(text):
    assert find_numbers(text) == []


@pytest.mark.parametrize("text", ["between 300 and 400 people", "300 to 400 people", "300–400 people"])
def test_a_range_is_one_number_with_both_ends(text):
    (found,) = find_numbers(text)
    assert (found.low, found.high, found.qualifier) == (300, 400, "about")


def test_a_change_is_two_numbers():
    assert [m.value for m in find_numbers("rose from 1 million in March 2012 to 4 million in December 2012")] == [1e6, 4e6]


@given(st.text())
def test_any_text_gives_numbers_inside_it_that_are_not_negative(text):
    for mention in find_numbers(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value >= 0


@given(st.integers(10_000, 10**9))
def test_a_whole_number_written_with_commas_is_read_back(value):
    assert [m.value for m in find_numbers(f"{value:,} people fled")] == [value]
