"""Escalation: only asked of places below a level for two years, from nothing after the origin, and more likely where more die."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.stages.forecast.count_models import CountHistory
from tocsin.stages.forecast.escalation import FLOOR, METHODS, SHIFTS, Escalations, escalation_targets, path_chances

LAST = 492
TARGET = {(target.level, target.last): target for target in escalation_targets("one_sided")}
runner = CliRunner()


def history(values: np.ndarray) -> CountHistory:
    """Return counts that end in December 2020."""
    return CountHistory(np.arange(LAST - values.shape[1] + 1, LAST + 1), np.arange(len(values)), values.astype(float))


def invented(places: int = 30, months: int = 120, seed: int = 3) -> np.ndarray:
    """Return counts of places that are mostly quiet, some of which rise."""
    stream = np.random.default_rng(seed)
    rate = stream.gamma(0.3, 2, (places, 1)) * np.where(stream.random((places, months)) < 0.05, 20, 0.3)
    return stream.poisson(rate)


def constant(deaths: list[int], steps: int = 12, draws: int = 50) -> np.ndarray:
    """Return draws in which each place has the same deaths every month."""
    return np.broadcast_to(np.array(deaths)[:, None, None], (len(deaths), steps, draws)).astype(np.int32)


def test_the_months_before_the_origin_count_in_the_first_sums():
    past = np.zeros((2, 48))
    past[0, -1] = 20
    found = path_chances(history(past), np.arange(2), constant([1, 1]), TARGET[25, 12])
    assert found.tolist() == [1.0, 0.0]


def test_a_month_that_fell_out_of_the_sum_does_not_count():
    past = np.zeros((1, 48))
    past[0, -11] = 24
    draws = np.zeros((1, 12, 10), dtype=np.int32)
    draws[0, 0] = 1
    assert path_chances(history(past), np.arange(1), draws, TARGET[25, 12]).tolist() == [1.0]
    draws[0, 0], draws[0, 1] = 0, 1
    assert path_chances(history(past), np.arange(1), draws, TARGET[25, 12]).tolist() == [0.0]


def test_months_in_one_course_are_added_up_and_not_those_of_different_courses():
    draws = np.zeros((1, 12, 2), dtype=np.int32)
    draws[0, 0, 0], draws[0, 1, 1] = 20, 20
    assert path_chances(history(np.zeros((1, 48))), np.arange(1), draws, TARGET[25, 12]).tolist() == [0.0]


def test_a_place_above_the_level_or_without_two_known_years_is_not_asked():
    past = np.zeros((3, 48))
    past[1, -20] = 40
    past[2, -30] = np.nan
    found = Escalations.of(history(past)).chances(np.arange(3), constant([9, 9, 9]), TARGET[25, 12])
    for values in found.values():
        assert np.isnan(values).tolist() == [False, True, True]


def test_every_way_gives_a_chance_and_none_is_certain():
    learned = Escalations.of(history(invented()))
    found = learned.chances(np.arange(30), constant([0] * 30), TARGET[25, 12])
    assert tuple(found) == METHODS
    asked = ~np.isnan(found["paths"])
    assert asked.any()
    for values in found.values():
        assert ((values[asked] > 0) & (values[asked] < 1)).all()


def test_the_shown_chance_is_the_pool_moved_by_its_level_and_higher_levels_are_moved_less():
    learned = Escalations.of(history(invented()))
    draws = np.random.default_rng(4).poisson(3, (30, 24, 200)).astype(np.int32)
    said = {key: learned.chances(np.arange(30), draws, target) for key, target in TARGET.items()}
    for (level, _), found in said.items():
        moved = np.log(found["recalibrated"] / (1 - found["recalibrated"])) - np.log(found["pooled"] / (1 - found["pooled"]))
        free = ~np.isnan(moved) & (found["recalibrated"] > 2 * FLOOR)
        assert moved[free] == pytest.approx(SHIFTS[level])
    assert list(SHIFTS.values()) == sorted(SHIFTS.values(), reverse=True)


def test_climatology_is_the_rate_of_answers_known_by_the_origin():
    past = np.zeros((10, 36 + 12 + 12))
    past[:5, 40] = 30
    found = Escalations.of(history(past)).chances(np.arange(10), constant([0] * 10), TARGET[25, 12])["climatology"]
    # Cases every three months with a whole window known: columns 47, 44, 41, 38 and 35. The five places rose at 40, inside the
    # windows of 38 and 35, and were above the level from then on.
    rate = (5 * 2 + 0.5) / (5 * 2 + 5 * 5 + 1)
    assert found[5:].tolist() == pytest.approx([rate] * 5)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_nothing_after_the_origin_moves_a_chance(seed):
    whole = history(invented())
    spoiled = whole.values.copy()
    spoiled[:, -24:] = np.random.default_rng(seed).integers(0, 900, (30, 24))
    other = CountHistory(whole.months, whole.places, spoiled)
    rows, draws = np.arange(30), constant([2] * 30, 24)
    for target in escalation_targets("state_based"):
        one, two = (Escalations.of(h.until(LAST - 24)).chances(rows, draws, target) for h in (whole, other))
        assert all(one[name].tobytes() == two[name].tobytes() for name in METHODS)


def test_the_order_of_places_changes_nothing():
    values = invented()
    turned = np.random.default_rng(1).permutation(30)
    draws = np.random.default_rng(2).poisson(2, (30, 12, 40)).astype(np.int32)
    one = Escalations.of(history(values)).chances(np.arange(30), draws, TARGET[25, 12])
    two = Escalations.of(history(values[turned])).chances(np.arange(30), draws[turned], TARGET[25, 12])
    for name in METHODS:
        np.testing.assert_allclose(one[name][turned], two[name], rtol=1e-5)


def test_the_command_tells_the_chances_of_both_windows(tmp_path):
    values = invented(places=8, months=110)
    rows = [(LAST - 109 + m, p + 1, values[p, m]) for p in range(8) for m in range(110)]
    pd.DataFrame(rows, columns=["month_id", "country_id", "ged_best_os"]).to_parquet(tmp_path / "counts.parquet")
    options = ["forecast", "fatalities", "--data", str(tmp_path / "counts.parquet"), "--kind", "one-sided", "--draws", "60"]
    found = json.loads(runner.invoke(app, [*options, "--as-of", "2020-12-31", "--json"], catch_exceptions=False).stdout)
    assert [(one["level"], one["months"]) for one in found["escalation"]] == [(x, m) for x in (25, 100, 1000) for m in (12, 24)]
    for one in found["escalation"]:
        assert one["expected"] <= one["asked"] <= 8
        assert all(0 < row["recalibrated"] < 1 for row in one["top"])
    within = {(one["level"], one["months"]): {row["place"]: row["paths"] for row in one["top"]} for one in found["escalation"]}
    for place, chance in within[25, 12].items():
        assert within[25, 24].get(place, 1.0) >= chance
    printed = runner.invoke(app, [*options, "--as-of", "2020-12-31"], catch_exceptions=False).stdout
    assert "Twelve months may reach 25 deaths by the end of a year" in printed


def test_a_window_that_does_not_begin_next_month_has_no_escalation(tmp_path):
    values = invented(places=3, months=110)
    rows = [(LAST - 111 + m, p + 1, values[p, m]) for p in range(3) for m in range(110)]
    pd.DataFrame(rows, columns=["month_id", "country_id", "ged_best_os"]).to_parquet(tmp_path / "counts.parquet")
    options = ["forecast", "fatalities", "--data", str(tmp_path / "counts.parquet"), "--kind", "one-sided", "--window", "Y2021"]
    found = json.loads(runner.invoke(app, [*options, "--draws", "20", "--as-of", "2020-11-30", "--json"], catch_exceptions=False).stdout)
    assert found["escalation"] == []
