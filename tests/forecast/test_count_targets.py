"""Targets of monthly counts: what they ask, when the answer is known, and that an open window is never a zero."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.forecast.count_models import CountHistory
from tocsin.stages.forecast.count_targets import COUNT_TARGETS, CountTarget, labels

BY_NAME = {target.name: target for target in COUNT_TARGETS}
LATER = dt.date(2030, 1, 1)


def history(values: list[list[float]], last: int = 492) -> CountHistory:
    """Return counts that end in December 2020."""
    table = np.array(values, dtype=float)
    return CountHistory(np.arange(last - table.shape[1] + 1, last + 1), np.arange(len(table)), table)


def test_the_list_has_every_step_level_and_kind():
    assert len(COUNT_TARGETS) == len(BY_NAME) == 3 * (36 + 3 * 2 + 3 * 2)
    assert BY_NAME["one_sided_100_in_24"] == CountTarget("one_sided_100_in_24", "one_sided", "at_least", 1, 24, 100)


def test_a_count_is_that_of_its_month():
    counts = history([[0, 0, 7, 9]])
    assert labels(counts, 490, BY_NAME["state_based_count_1"], LATER).values.tolist() == [7]
    assert labels(counts, 490, BY_NAME["state_based_count_2"], LATER).values.tolist() == [9]


def test_a_window_that_is_not_over_is_censored_even_where_the_level_was_reached():
    counts = history([[0.0] * 10 + [500.0, 500.0], [0.0] * 12])
    open_window = labels(counts, 482, BY_NAME["one_sided_25_in_12"], LATER)
    assert not open_window.resolved and np.isnan(open_window.values).all()


@pytest.mark.parametrize(("yearly", "day"), [(True, dt.date(2021, 6, 30)), (False, dt.date(2021, 1, 20))])
def test_an_answer_is_known_from_its_release_on(yearly, day):
    counts = history([[1.0] * 24])
    before, after = (labels(counts, 480, BY_NAME["non_state_25_in_12"], d, yearly=yearly) for d in (day - dt.timedelta(1), day))
    assert before.known_at == after.known_at == day
    assert (before.resolved, after.resolved) == (False, True)
    assert np.isnan(before.values).all() and after.values.tolist() == [0]


def test_an_unknown_month_is_no_calm_month():
    counts = history([[0.0] * 20 + [np.nan] + [0.0] * 3])
    assert np.isnan(labels(counts, 480, BY_NAME["one_sided_25_in_12"], LATER).values).all()


def test_escalation_is_a_crossing_after_two_calm_years():
    calm, rising, already = [0.0] * 48, [0.0] * 40 + [30.0] + [0.0] * 7, [5.0] * 48
    found = labels(history([calm, rising, already]), 480, BY_NAME["state_based_escalation_25_in_12"], LATER)
    assert found.asked.tolist() == [True, True, False]
    assert found.values[:2].tolist() == [0, 1] and np.isnan(found.values[2])


def test_escalation_is_not_asked_where_two_years_are_not_known():
    found = labels(history([[0.0] * 40]), 480, BY_NAME["state_based_escalation_25_in_12"], LATER)
    assert not found.asked.any() and np.isnan(found.values).all()


@given(st.lists(st.integers(0, 60), min_size=36, max_size=36), st.sampled_from([25, 100, 1000]))
def test_a_higher_level_is_never_reached_where_a_lower_one_was_not(counts, level):
    rows = history([[float(c) for c in counts]])
    lower, higher = (labels(rows, 480, BY_NAME[f"one_sided_{x}_in_12"], LATER).values[0] for x in (25, level))
    assert higher <= lower


def test_a_peak_that_is_over_before_the_window_ends_still_counts_and_one_long_ago_does_not_forbid_the_question():
    peak, old, recent = [0.0] * 37 + [25.0] + [0.0] * 10, [30.0] + [0.0] * 46 + [30.0], [0.0] * 20 + [30.0] + [0.0] * 27
    found = labels(history([peak, old, recent]), 480, BY_NAME["one_sided_escalation_25_in_12"], LATER)
    assert found.asked.tolist() == [True, True, False]
    assert found.values[:2].tolist() == [1, 1]


@given(st.lists(st.integers(0, 40), min_size=60, max_size=60), st.integers(0, 10_000))
def test_what_comes_after_the_window_changes_no_answer(counts, seed):
    whole = history([[float(c) for c in counts]])
    spoiled = whole.values.copy()
    spoiled[:, 48:] = np.random.default_rng(seed).integers(0, 5000, 12)
    other = CountHistory(whole.months, whole.places, spoiled)
    for name in ("one_sided_escalation_25_in_12", "one_sided_escalation_100_in_12"):
        one, two = (labels(rows, 468, BY_NAME[name], LATER).values for rows in (whole, other))
        assert one.tobytes() == two.tobytes()
