"""Labels know when they became known; what is not asked or not over is unknown, never zero."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onset_files import LAST, country_rows, table_of

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.escalation import ESCALATIONS, Escalation, escalations, trailing_sum
from tocsin.stages.forecast.onset.labels import ONSETS, onset_outcome
from tocsin.stages.forecast.onset.rows import country_years
from tocsin.stages.forecast.outcome import Outcome

START = np.datetime64("2000-01", "M")
QUIET = [0.0] * 36


LEVEL = Escalation(25)


def ask(months, origin=35, question=LEVEL):
    return escalations(np.array([months]), START, origin, question, lag_days=10)


def test_a_rise_after_two_quiet_years_is_an_escalation_known_after_its_window():
    found = ask([*QUIET, *[5.0] * 12])
    assert found.values.tolist() == [1.0]
    assert found.known_at.tolist() == [dt.date(2004, 1, 10)]


def test_quiet_that_goes_on_is_no_escalation():
    assert ask([*QUIET, *[2.0] * 12]).values.tolist() == [0.0]


def test_a_peak_that_is_over_before_the_window_ends_still_counts():
    assert ask([*QUIET, 25.0, *[0.0] * 11]).values.tolist() == [1.0]


def test_a_place_that_was_above_the_level_in_two_years_is_not_asked():
    noisy = [0.0] * 10 + [30.0] + [0.0] * 25
    assert np.isnan(ask([*noisy, *[50.0] * 12]).values).all()
    long_ago = [30.0] + [0.0] * 35
    assert ask([*long_ago, *[50.0] * 12]).values.tolist() == [1.0]


@pytest.mark.parametrize("months", [QUIET, [*QUIET, 100.0], [*QUIET, *[0.0] * 11], [0.0, np.nan, *QUIET[2:], *[0.0] * 11, np.nan]])
def test_an_unfinished_or_unknown_window_is_unknown_even_when_deaths_came(months):
    found = ask(months)
    assert np.isnan(found.values).all()
    assert np.isnat(found.known_at).all()


def test_too_little_history_is_not_asked():
    assert np.isnan(ask([*[0.0] * 34, *[0.0] * 12], origin=33).values).all()


def test_negative_deaths_and_origins_outside_are_refused():
    with pytest.raises(BadInput, match="below 0"):
        ask([*QUIET[1:], -1.0])
    with pytest.raises(BadInput, match="outside"):
        ask(QUIET, origin=36)


@given(st.lists(st.integers(0, 40), min_size=60, max_size=60), st.integers(0, 10_000))
def test_what_comes_after_the_window_changes_nothing(months, seed):
    series = np.array([months], dtype=float)
    corrupted = series.copy()
    corrupted[:, 48:] = np.random.default_rng(seed).integers(0, 5000, 12)
    for question in ESCALATIONS[:3]:
        one, other = (escalations(s, START, 35, question) for s in (series, corrupted))
        assert one.values.tobytes() == other.values.tobytes()


@given(st.lists(st.integers(0, 300), min_size=48, max_size=48))
def test_whoever_reaches_a_higher_level_has_crossed_the_lower(months):
    series = np.array([months], dtype=float)
    low, high = (escalations(series, START, 35, Escalation(level)).values[0] for level in (25, 100))
    assert not (high == 1 and low == 0)


def test_the_trailing_sum_is_that_of_twelve_months():
    sums = trailing_sum(np.arange(24.0)[None, :])
    assert np.isnan(sums[0, :11]).all()
    assert sums[0, 11] == sum(range(12))
    assert sums[0, 23] == sum(range(12, 24))


def test_the_questions_are_three_levels_and_two_horizons():
    assert {(q.deaths, q.months) for q in ESCALATIONS} == {(d, m) for d in (25, 100, 1000) for m in (12, 24)}


def test_an_onset_becomes_known_at_the_end_of_its_window():
    rows = country_years(table_of(country_rows()), "data")
    for years in ONSETS.values():
        found = onset_outcome(rows, years, lag_days=90)
        of = rows.years == LAST - years
        assert set(found.known_at[of].tolist()) == {dt.date(LAST + 1, 3, 31)}
        assert np.isnan(found.values[rows.years > LAST - years]).all()


def test_an_answer_is_hidden_until_the_day_it_became_known():
    rows = country_years(table_of(country_rows()), "data")
    found = onset_outcome(rows, 2)
    before, after = (~np.isnan(found.known_by(day).values[rows.years == 1990]) for day in (dt.date(1992, 12, 30), dt.date(1992, 12, 31)))
    assert not before.any()
    assert after.all()


def test_an_answer_without_a_day_is_refused():
    with pytest.raises(BadInput):
        Outcome(np.array([1.0]), np.array(["NaT"], dtype="datetime64[D]"))
