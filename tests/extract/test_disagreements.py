"""Figures of different texts that can't both be right are kept side by side; what fits together is no conflict."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.extract import disagreements

DAY = dt.date(2026, 11, 17)
_NUMBER = itertools.count()


def _figure(value: float, qualifier: str = "exact", document: str | None = None, **other: Any) -> dict[str, Any]:
    number = next(_NUMBER)
    row = {
        "id": f"fig-{number}", "document": document or f"doc-{number}", "value": value, "qualifier": qualifier, "relation": None,
        "indicator": "killed", "unit": "persons", "definition": "people killed", "territory": "XSE", "place": "Tashirun",
        "period_from": DAY, "period_to": DAY,
    }  # fmt: skip
    return row | other


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((11, "exact"), (31, "exact"), True),
        ((11, "exact"), (20, "at_least"), True),
        ((400, "about"), (500, "exact"), True),
        ((11, "exact"), (11, "exact"), False),
        ((11, "exact"), (10, "at_least"), False),
        ((10, "at_least"), (200, "at_least"), False),
        ((400, "about"), (430, "exact"), False),
        ((11, "exact"), (31, "forecast"), False),
        ((11, "exact"), (31, "crowd"), False),
    ],
)
def test_two_numbers_disagree_where_no_number_fits_both(one, other, apart):
    rows = [_figure(*one), _figure(*other)]
    assert set(disagreements(rows)) == ({row["id"] for row in rows} if apart else set())


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Belqaram"}, {"territory": "XKX"}, {"indicator": "injured"}, {"definition": "children killed"}, {"relation": "subset_of"},
        {"period_from": dt.date(2026, 11, 1)}, {"period_from": None}, {"value": None},
    ],
)  # fmt: skip
def test_numbers_about_other_things_do_not_disagree(other):
    assert disagreements([_figure(11), _figure(31) | other]) == {}


def test_a_text_does_not_disagree_with_itself():
    assert disagreements([_figure(11, document="doc-a"), _figure(31, document="doc-a")]) == {}


def test_of_a_country_alone_totals_of_a_week_and_more_are_compared():
    short = {"place": None}
    assert disagreements([_figure(11, **short), _figure(31, **short)]) == {}
    long = {"place": None, "period_from": DAY - dt.timedelta(days=30)}
    assert set(disagreements([_figure(11, **long), _figure(31, **long)]).values()) == {"killed-xse-2026-10-18-2026-11-17"}


def test_the_name_says_what_where_and_when_and_two_spellings_of_a_place_are_one():
    found = disagreements([_figure(11, place="El Fasher"), _figure(31, place="el-Fasher")])
    assert set(found.values()) == {"killed-el-fasher-2026-11-17"}


@given(st.permutations([_figure(11), _figure(31), _figure(20, "at_least"), _figure(11, place="Belqaram")]))
def test_the_order_of_the_figures_does_not_matter(rows):
    assert disagreements(rows) == disagreements(sorted(rows, key=lambda row: row["id"]))
