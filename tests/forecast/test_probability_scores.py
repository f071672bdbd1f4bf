"""Scores of probabilities keep their laws: ties at their expected value, order of rows without effect, proper scores proper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from tocsin.stages.forecast.evaluation.alerts import alert_record, on_alert
from tocsin.stages.forecast.evaluation.bootstrap import group_interval
from tocsin.stages.forecast.evaluation.calibration import calibration_curve, calibration_line
from tocsin.stages.forecast.evaluation.corp import corp, recalibrated
from tocsin.stages.forecast.evaluation.misses import misses
from tocsin.stages.forecast.evaluation.observed_expected import observed_expected, poisson_interval
from tocsin.stages.forecast.evaluation.paired import paired_log_gain
from tocsin.stages.forecast.evaluation.ranking import auc, average_precision
from tocsin.stages.forecast.evaluation.recall import chance_in_top, recall_at
from tocsin.stages.forecast.evaluation.scores import brier, log_losses
from tocsin.stages.forecast.evaluation.skill import log_skill

levels = st.sampled_from([0.05, 0.1, 0.2, 0.5, 0.8])


@st.composite
def forecasts(draw):
    size = draw(st.integers(4, 40))
    probability = np.array(draw(st.lists(levels, min_size=size, max_size=size)))
    label = np.array(draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=size, max_size=size)))
    label[:2] = [0.0, 1.0]
    return probability, label


@given(forecasts(), st.randoms())
def test_no_score_depends_on_the_order_of_rows(case, random):
    probability, label = case
    issues = np.arange(len(label)) % 2
    order = list(range(len(label)))
    random.shuffle(order)
    for score in (
        auc,
        average_precision,
        lambda p, y: float(brier(p, y).mean()),
        lambda p, y: float(log_losses(p, y).mean()),
        log_skill,
        lambda p, y: corp(p, y, brier).miscalibration,
        lambda p, y: observed_expected(p, y).expected,
    ):
        assert score(probability, label) == pytest.approx(score(probability[order], label[order]))
    assert recall_at(probability, label, issues, 3) == pytest.approx(recall_at(probability[order], label[order], issues[order], 3))


@given(st.integers(31, 200), st.integers(1, 30), st.integers(1, 5))
def test_a_constant_forecast_gets_k_out_of_n(size, k, events):
    label = np.zeros(size)
    label[:events] = 1
    assert recall_at(np.full(size, 0.3), label, np.zeros(size), k) == pytest.approx(k / size)
    assert auc(np.full(size, 0.3), label) == pytest.approx(0.5)
    assert average_precision(np.full(size, 0.3), label) == pytest.approx(events / size)


@given(forecasts(), st.integers(1, 10), st.integers(0, 10_000))
def test_recall_under_ties_is_the_mean_over_random_orders(case, k, seed):
    probability, label = case
    stream = np.random.default_rng(seed)
    issues = np.zeros(len(label))
    found = []
    for _ in range(400):
        order = np.lexsort((stream.random(len(label)), -probability))
        found.append(label[order[:k]].sum() / label.sum())
    assert recall_at(probability, label, issues, k) == pytest.approx(np.mean(found), abs=0.12)


@given(forecasts(), st.integers(1, 50))
def test_exactly_k_are_taken_an_issue(case, k):
    probability, label = case
    assert chance_in_top(probability, np.zeros(len(label)), k).sum() == pytest.approx(min(k, len(label)))


@given(forecasts())
def test_corp_adds_up_and_neither_part_is_negative(case):
    probability, label = case
    for score in (brier, log_losses):
        parts = corp(probability, label, score)
        assert parts.miscalibration - parts.discrimination + parts.uncertainty == pytest.approx(parts.score)
        assert parts.miscalibration >= -1e-12
        assert parts.discrimination >= -1e-12


@given(forecasts())
def test_the_isotonic_fit_keeps_the_order_and_the_sum(case):
    probability, label = case
    fitted = recalibrated(probability, label)
    order = np.argsort(probability, kind="stable")
    assert (np.diff(fitted[order]) >= -1e-12).all()
    assert fitted.sum() == pytest.approx(label.sum())


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_the_honest_forecast_has_the_best_expected_score(honest, other):
    for score in (brier, log_losses):

        def expected(said, score=score):
            return honest * score(np.array([said]), np.array([1.0]))[0] + (1 - honest) * score(np.array([said]), np.array([0.0]))[0]

        assert expected(honest) <= expected(other) + 1e-12


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888)])
def test_exact_poisson_limits_are_the_tabled_ones(count, low, high):
    # Tabled limits of Garwood 1936 as reprinted in Ulm 1990, Am. J. Epidemiology 131.
    assert poisson_interval(count) == pytest.approx((low, high), abs=2e-3)


@given(st.integers(1, 200))
def test_exact_poisson_limits_leave_their_tail_outside(count):
    low, high = poisson_interval(count)
    assert poisson.sf(count - 1, low) == pytest.approx(0.025, abs=1e-6)
    assert poisson.cdf(count, high) == pytest.approx(0.025, abs=1e-6)


def test_too_many_expected_is_seen():
    label = np.zeros(1000)
    label[:20] = 1
    assert observed_expected(np.full(1000, 0.02), label).consistent
    assert not observed_expected(np.full(1000, 0.05), label).consistent
    assert observed_expected(np.full(1000, 0.05), label).expected_observed == pytest.approx(2.5)


def test_skill_is_zero_for_the_rate_itself_and_absent_without_both_kinds():
    label = np.array([1.0, 0.0, 0.0, 0.0])
    assert log_skill(np.full(4, 0.25), label) == pytest.approx(0)
    assert log_skill(np.full(4, 0.25), np.zeros(4)) is None


def test_the_calibration_line_finds_the_stretch_that_was_put_in():
    stream = np.random.default_rng(3)
    odds = stream.normal(-1, 1.5, 200_000)
    label = (stream.random(len(odds)) < 1 / (1 + np.exp(-(0.4 + 0.7 * odds)))).astype(float)
    intercept, slope = calibration_line(1 / (1 + np.exp(-odds)), label)
    assert (intercept, slope) == pytest.approx((0.4, 0.7), abs=0.03)


def test_a_line_through_one_kind_of_answer_is_refused():
    assert calibration_line(np.array([0.2, 0.4]), np.zeros(2)) is None
    assert calibration_line(np.array([0.2, 0.2]), np.array([0.0, 1.0])) is None


@given(forecasts(), st.floats(-12, 2), st.floats(0.0001, 8))
def test_a_calibration_line_is_the_best_there_is_however_narrow_or_far_off_the_forecasts_are(case, center, width):
    probability, label = case
    odds = center + width * (probability - probability.mean())
    given_chances = 1 / (1 + np.exp(-odds))
    line = calibration_line(given_chances, label)
    if line is None:  # answers that a threshold parts have no best line, nor have equal forecasts
        assert np.ptp(odds) < 1e-9 or auc(probability, label) in (0, 1) or _parted(probability, label)
        return
    fitted = 1 / (1 + np.exp(-(line[0] + line[1] * odds)))
    assert fitted.sum() == pytest.approx(label.sum(), abs=1e-3)
    assert (fitted * probability).sum() == pytest.approx((label * probability).sum(), abs=1e-3)


def _parted(probability, label):
    yes, no = probability[label == 1], probability[label == 0]
    return yes.min() >= no.max() or yes.max() <= no.min()


@given(forecasts())
def test_the_calibration_curve_holds_every_row_once(case):
    probability, label = case
    curve = calibration_curve(probability, label)
    assert sum(one.rows for one in curve) == len(label)
    assert sum(one.events for one in curve) == label.sum()
    assert all(one.low <= one.observed <= one.high for one in curve)


def test_a_copy_gains_nothing_and_a_better_forecast_gains():
    label = np.array([0.0, 1.0] * 50)
    places = np.arange(100) // 5
    same = np.full(100, 0.5)
    gain = paired_log_gain(same, same, label, places, 0)
    assert (gain.mean, gain.low, gain.high) == (0, 0, 0)
    better = paired_log_gain(np.where(label == 1, 0.6, 0.4), same, label, places, 0)
    assert better.low > 0


def test_the_interval_of_a_share_ignores_draws_without_an_event():
    low, high = group_interval(np.array([0.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0]), np.array([1, 2, 3]), 0)
    assert (low, high) == (1.0, 1.0)


def test_an_alert_holds_until_the_lower_threshold_and_ends_at_a_gap():
    places, years = np.zeros(5), np.array([2000, 2001, 2002, 2004, 2005])
    alerts = on_alert(np.array([0.05, 0.03, 0.03, 0.03, 0.05]), places, years, 0.04, 0.02)
    assert alerts.tolist() == [True, True, True, False, True]


def test_lead_time_counts_from_the_first_alert_of_the_run():
    places, years = np.zeros(4), np.arange(2000, 2004)
    record = alert_record(np.array([False, True, True, True]), np.array([1.0, 0.0, 0.0, 1.0]), places, years)
    assert record.lead_months == (24,)
    assert (record.hits, record.events, record.false_alarms_per_hit) == (1, 2, 2.0)


def test_a_record_without_a_hit_has_no_rate():
    record = alert_record(np.array([True]), np.array([0.0]), np.zeros(1), np.array([2000]))
    assert record.false_alarms_per_hit is None
    assert record.median_lead is None


def test_every_missed_event_is_named_with_its_rank():
    probability, label = np.array([0.9, 0.5, 0.1, 0.1]), np.array([1.0, 0.0, 1.0, 0.0])
    missed = misses(probability, label, np.array(["A", "B", "C", "D"], dtype=object), np.full(4, 2001), 2)
    assert [(one.place, one.year, one.rank) for one in missed] == [("C", 2001, 3.5)]


def test_many_rows_of_few_countries_are_no_evidence_of_their_own():
    # Two countries of 500 equal years each: whole countries are drawn, so the mean may be either country's
    values, places = np.repeat([0.0, 1.0], 500), np.repeat([1, 2], 500)
    assert group_interval(values, np.ones(1000), places, 0) == (0.0, 1.0)
    low, high = group_interval(values, np.ones(1000), np.arange(1000), 0)
    assert 0.45 < low < high < 0.55
