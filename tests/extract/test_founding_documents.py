"""The thresholds on the four founding documents, read from the folder of real test data and never copied."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def measured(shared):
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from bench.extract import measure

    return measure(shared / "documents")


def test_the_digest_has_its_items_with_title_outlet_and_date(measured):
    assert (measured.items, measured.sections) == (11, 4)
    assert measured.items_right >= 10


def test_three_of_four_facts_are_found_with_number_kind_and_place(measured):
    assert measured.recall >= 0.75


def test_nine_of_ten_figures_of_harm_are_right_and_all_were_read_by_a_person(measured):
    assert measured.precision >= 0.9
    assert measured.unread == 0


def test_a_crowd_a_forecast_and_a_rounded_twin_never_come_out_as_deaths(measured):
    assert measured.traps_kept == ("SF002", "SF008", "SF012")
