"""Strata are summed by draws, versions mixed, and the shares of variance add up."""

from __future__ import annotations

import numpy as np
import pytest

from tests.estimate.conftest import independent_lists
from tocsin.stages.estimate import POOLING_RULE, estimate_versions, pool_small_strata, spread, warnings_between
from tocsin.stages.estimate.methods import dga
from tocsin.stages.estimate.pooling import mix, sum_strata
from tocsin.stages.estimate.result import Estimate, refusal


def normal(mean, deviation, documented=100):
    draws = np.sort(np.random.default_rng(1).normal(mean, deviation, 2000))
    return Estimate("dga", "x", documented, float(np.median(draws)), *np.quantile(draws, (0.025, 0.975)), draws=draws)


def test_sum_of_independent_strata_is_narrower_than_the_sum_of_ends():
    total = sum_strata({"a": normal(1000, 30), "b": normal(2000, 40)}, 1)
    assert total.median == pytest.approx(3000, abs=5)
    assert total.draws.std() == pytest.approx(50, rel=0.05)  # 30-40-50
    assert total.documented == 200


def test_a_stratum_that_is_refused_refuses_the_sum():
    total = sum_strata({"a": normal(1000, 30), "b": refusal("dga", "x", 40, "No overlap.")}, 1)
    assert total.median is None
    assert "1 of 2 strata" in total.refused
    assert "No overlap." in total.refused


def test_shares_of_variance_follow_their_causes():
    parts = {(draw, imputation): normal(1000 + 40 * draw + 20 * imputation, 30) for draw in (0, 1) for imputation in (0, 1)}
    pooled, shares = mix(parts)
    assert shares.model is None  # these parts average over no models
    assert shares.linkage + shares.imputation + shares.sampling == pytest.approx(1)
    assert shares.linkage == pytest.approx(20**2 / (20**2 + 10**2 + 30**2), rel=0.1)
    assert shares.imputation == pytest.approx(10**2 / (20**2 + 10**2 + 30**2), rel=0.15)
    assert pooled.low < 1000 < pooled.high


def test_mixture_is_refused_when_clusterings_are():
    parts = {(d, 0): normal(1000, 30) if d < 8 else refusal("dga", "x", 90, "No end.") for d in range(10)}
    pooled, shares = mix(parts)
    assert pooled.median is None
    assert shares is None
    assert "2 of 10 clusterings" in pooled.refused


def test_small_strata_are_pooled_and_nobody_is_lost():
    tables = {"north": independent_lists(1, 900), "south": independent_lists(2, 30), "west": independent_lists(3, 20)}
    pooled, small = pool_small_strata(tables)
    assert "south" in small
    assert "west" in small
    assert sum(t.documented for t in pooled.values()) == sum(t.documented for t in tables.values())
    assert "fewer than 50" in POOLING_RULE


def test_number_of_threads_changes_nothing():
    versions = {(d, 0): {"": independent_lists(d, 300)} for d in range(4)}
    one, four = (estimate_versions(versions, "dga", 3, workers)[0] for workers in (1, 4))
    assert (one.estimate.low, one.estimate.median, one.estimate.high) == (four.estimate.low, four.estimate.median, four.estimate.high)
    assert one.shares == four.shares


def test_one_version_mixes_to_itself(four_lists):
    found = dga.estimate(four_lists)
    pooled, shares = mix({(0, 0): found})
    assert (pooled.low, pooled.median, pooled.high) == (found.low, found.median, found.high)
    assert shares.linkage == 0


def test_spread_leaves_out_bounds_and_refusals():
    bound = Estimate("chao", "b", 100, 3000.0, 2900.0, 3100.0)
    found = spread([normal(1000, 30), bound, refusal("lcm", "x", 100, "no"), normal(1400, 30)])
    assert found.low == pytest.approx(1000, abs=5)
    assert found.high == pytest.approx(1400, abs=5)


def test_a_lower_bound_above_an_estimate_is_called_out():
    bound = Estimate("chao", "b", 100, 3000.0, 2900.0, 3100.0)
    (warning,) = warnings_between([normal(1000, 30), bound])
    assert "lower bound" in warning
    assert "3,000" in warning


def test_imputations_combined_by_the_t_rule_are_wider_than_any_of_them():
    parts = {(0, i): dga.estimate(independent_lists(i, 500)) for i in range(4)}
    mixed, _ = mix(parts)
    rule = mixed.details["t_rule"]
    assert rule["low"] < rule["median"] < rule["high"]
    assert rule["high"] - rule["low"] > min(e.high - e.low for e in parts.values())
    assert rule["low"] < 500 < rule["high"]
