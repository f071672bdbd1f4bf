"""What a reader may rely on in an anomaly: R's verdicts, silence that is not calm, no look ahead, false alarms that were announced."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.stages.forecast.anomalies import (
    IMPROVED,
    ORIGINAL,
    WatchSettings,
    adjusted,
    ears,
    expected_false,
    expected_rate,
    farrington,
    outages,
    watch,
)

EARS = ("C1", "C2", "C3")
COUNTS = st.lists(st.one_of(st.integers(0, 30).map(float), st.just(math.nan)), min_size=5, max_size=40).map(np.array)


def rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def agona(shared):
    folder = shared / "data" / "surveillance-parity"
    return folder, np.array([float(r["observed"]) for r in rows(folder / "salmonella_agona_series.csv")])


def near(ours, theirs):
    return math.isclose(ours, float(theirs), rel_tol=1e-6, abs_tol=1e-9)


def test_ears_gives_the_verdicts_of_r(agona):
    folder, counts = agona
    stored = rows(folder / "salmonella_agona_earsC.csv")
    same = 0
    for row in stored:
        week = ears(counts, row["method"], int(row["t"]) - 1)
        same += near(week.upperbound, row["upperbound"]) and week.alarm == (row["alarm"] == "1")
    assert len(stored) == 909 and same >= 0.99 * len(stored)


@pytest.mark.parametrize(("setting", "ours", "alarms"), [("original", ORIGINAL, 8), ("improved", IMPROVED, 4)])
def test_farrington_gives_the_verdicts_of_r(agona, setting, ours, alarms):
    folder, counts = agona
    stored = [r for r in rows(folder / "salmonella_agona_farringtonFlexible.csv") if r["setting"] == setting]
    same, raised = 0, 0
    for row in stored:
        week = farrington(counts, int(row["t"]) - 1, ours)
        if not row["expected"]:
            same += week is None
            continue
        raised += week.alarm
        fits = near(week.expected, row["expected"]) and near(week.upperbound, row["upperbound"]) and near(week.p, row["pvalue"])
        same += fits and week.alarm == (row["alarm"] == "1") and (week.trend is None) == (row["trend"] == "")
    assert len(stored) == 74 and same >= 0.99 * len(stored) and raised == alarms


@settings(max_examples=30)
@given(COUNTS, COUNTS)
def test_later_weeks_never_change_a_verdict(before, after):
    whole = watch({"a": np.concatenate([before, after])}, WatchSettings(methods=EARS))
    early = watch({"a": before}, WatchSettings(methods=EARS))
    judged = [r for r in whole.rows if r.t < len(before)]
    assert [(r.t, r.method, r.state, r.upperbound, r.p) for r in judged] == [
        (r.t, r.method, r.state, r.upperbound, r.p) for r in early.rows
    ]


def test_farrington_does_not_look_ahead(agona):
    _, counts = agona
    changed = counts.copy()
    changed[260:] = 999
    assert farrington(counts, 259) == farrington(changed, 259)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from("abcdef"), COUNTS, min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_the_series_changes_nothing(series, random):
    names = list(series)
    random.shuffle(names)
    chosen = WatchSettings(methods=EARS)
    assert watch({n: series[n] for n in names}, chosen) == watch(series, chosen)


@settings(max_examples=50)
@given(COUNTS)
def test_a_week_that_was_not_reported_is_never_calm(counts):
    for row in watch({"a": counts}, WatchSettings(methods=EARS)).rows:
        if math.isnan(counts[row.t]):
            assert row.state == "not_reported" and row.alarm is None and row.observed is None


def test_an_outage_does_not_lower_the_baseline_of_the_weeks_after_it():
    steady = np.array([20.0, 22, 18, 21, 19, 20, 23, 17, 20, 21] * 3)
    silent = steady.copy()
    silent[20:27] = 0
    with_gap = watch({"a": silent}, WatchSettings(methods=("C1",))).rows
    trusting = watch({"a": silent}, WatchSettings(methods=("C1",), suspect_zeros=False)).rows
    assert with_gap[22].state == "suspected_outage"
    assert with_gap[28].state != "alarm" and trusting[28].expected < 10


def test_a_series_that_is_often_zero_is_not_suspected():
    assert outages(np.array([0, 1, 0, 0, 2, 0, 1, 0, 0, 1] * 6, dtype=float)) == []


def test_suspected_silence_is_known_only_once_it_lasted_long_enough():
    series = np.array([4.0, 5, 3, 4, 6, 2, 4, 5, 4, 3, 0, 0, 0, 0, 0, 0])
    (gap,) = outages(series)
    assert gap.start == 10 and gap.known_from > 10 and gap.probability < 1e-4
    assert outages(series[: gap.known_from]) == []
    (first,) = outages(series[: gap.known_from + 1])
    assert first.known_from == gap.known_from and first.probability < 1e-4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.sampled_from(["bh", "by"]))
def test_control_never_makes_a_p_value_smaller_and_keeps_their_order(values, procedure):
    p = np.array(values)
    after = adjusted(p, procedure)
    assert (after >= p - 1e-15).all() and (after <= 1).all()
    order = np.argsort(p)
    assert (np.diff(after[order]) >= -1e-15).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.3))
def test_control_takes_what_the_step_up_rule_of_1995_takes(values, q):
    p = np.array(values)
    ordered, m = np.sort(p), len(p)
    passing = [i for i in range(m) if ordered[i] <= (i + 1) * q / m]
    by_rule = ordered[passing[-1]] if passing else -1.0
    close = np.abs(adjusted(p) - q) < 1e-12
    assert ((adjusted(p) <= q) == (p <= by_rule))[~close].all()


def test_the_false_alarms_that_were_announced_are_what_comes():
    random = np.random.default_rng(1)
    for procedure, q in (("bh", 0.1), ("by", 0.1)):
        false = [(adjusted(random.random(400), procedure) <= q).sum() for _ in range(4000)]
        bound = expected_false(400, q, procedure)
        assert np.mean(false) <= bound + 3 * np.std(false) / math.sqrt(len(false))
        assert np.mean(false) >= 0.6 * bound


@pytest.mark.parametrize("method", ["C1", "C2"])
def test_the_rate_of_ears_on_normal_weeks_is_the_closed_form(method):
    random = np.random.default_rng(2)
    weeks = random.normal(1000, 30, (6000, 12))
    raised = np.mean([ears(row, method, 11).alarm for row in weeks])
    assert raised == pytest.approx(expected_rate(method), abs=0.006)


@pytest.mark.parametrize("method", EARS)
def test_the_rate_that_is_announced_is_what_calm_counts_give(method):
    random = np.random.default_rng(3)
    calm = {str(i): random.negative_binomial(3, 0.3, 60).astype(float) for i in range(1500)}
    found = watch(calm, WatchSettings(methods=(method,), last=1))
    raised = sum(bool(row.alarm) for row in found.rows)
    assert abs(raised - found.rates[method].expected) < 5 * math.sqrt(found.rates[method].expected)


def test_p_values_of_ears_are_honest_for_overdispersed_counts():
    random = np.random.default_rng(4)
    p = np.array([ears(row, "C1", 59).p for row in random.negative_binomial(3, 0.3, (3000, 60)).astype(float)])
    for level in (0.01, 0.05, 0.2):
        assert (p <= level).mean() <= level + 4 * math.sqrt(level * (1 - level) / len(p))


def test_one_case_after_seven_weeks_of_none_is_no_discovery():
    week = ears(np.array([0.0] * 7 + [1.0]), "C1", 7)
    assert week.alarm and week.p > 0.05
