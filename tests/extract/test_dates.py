"""Dates keep their precision, and what is no date is left alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.extract.dates import find_dates, whole_date

BASE = dt.date(2031, 1, 11)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 15 March 2029", "2029-03-15", "2029-03-15", "day"),
        ("on March 15, 2029", "2029-03-15", "2029-03-15", "day"),
        ("on 2029-03-15", "2029-03-15", "2029-03-15", "day"),
        ("in March 2029", "2029-03-01", "2029-03-31", "month"),
        ("in 2029", "2029-01-01", "2029-12-31", "year"),
        ("in late March 2029", "2029-03-01", "2029-03-31", "approximate"),
        ("in the summer of 2029", "2029-06-01", "2029-08-31", "approximate"),
        ("from 16-18 January 2029", "2029-01-16", "2029-01-18", "day"),
        ("between 15 March 2028 and 30 November 2029", "2028-03-15", "2029-11-30", "day"),
        ("31 May – 11 June 2029", "2029-05-31", "2029-06-11", "day"),
        ("on Nov. 19", "2030-11-19", "2030-11-19", "day"),
        ("on 7 January", "2031-01-07", "2031-01-07", "day"),
        ("le 4 mars 2029", "2029-03-04", "2029-03-04", "day"),
        ("el 4 de marzo de 2029", "2029-03-04", "2029-03-04", "day"),
    ],
)  # fmt: skip
def test_a_date_is_read_with_its_precision(text, first, last, precision):
    (found,) = find_dates(text, BASE)
    assert (found.first.isoformat(), found.last.isoformat(), found.precision) == (first, last, precision)


@pytest.mark.parametrize("text", ["they may go", "a march on the town", "31 February 2029", "Resolution 1970", "more than 2012 people"])
def test_words_and_numbers_that_are_no_dates(text):
    assert [m for m in find_dates(text, BASE) if m.precision == "day"] == []
    assert all(m.precision == "year" and "February" in text for m in find_dates(text, BASE)) or not find_dates(text, BASE)


def test_a_day_without_a_year_needs_the_day_of_the_text():
    assert find_dates("on Nov. 19") == []


@pytest.mark.parametrize(("line", "precision"), [("12 March 2031", "day"), ("*March 2031*", "month"), ("Monday, 3 March 2031", "day")])
def test_a_line_that_is_a_date_is_known_as_one(line, precision):
    assert whole_date(line).precision == precision


@pytest.mark.parametrize("line", ["12 March 2031 Web: www.example.org", "2031", "In March 2031 it rained", ""])
def test_a_line_with_more_than_a_date_is_not_one(line):
    assert whole_date(line) is None


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_a_day_written_out_is_read_back(day):
    (found,) = find_dates(f"{day.day} {day:%B} {day.year}")
    assert (found.first, found.last) == (day, day)
