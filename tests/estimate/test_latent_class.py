"""Latent classes: the right posterior, agreement with R, and silence where chains disagree."""

from __future__ import annotations

import numpy as np
import pytest

from tests.estimate.conftest import independent_lists, read_table, reference
from tocsin.stages.estimate.capture import from_mapping
from tocsin.stages.estimate.diagnostics import bulk_size, rank_rhat, tail_size
from tocsin.stages.estimate.methods import latent_class


def by_importance(table, draws=400_000, classes=10):
    """Draw from the prior and weigh by the likelihood: slow, but nothing in common with the sampler."""
    rng = np.random.default_rng(0)
    lists = len(table.lists)
    alpha = np.maximum(rng.gamma(0.25, 4, draws), 1e-10)
    sticks = rng.beta(1, alpha[:, None], (draws, classes))
    sticks[:, -1] = 1
    shares = sticks * np.cumprod(np.hstack([np.ones((draws, 1)), 1 - sticks[:, :-1]]), axis=1)
    rates = rng.random((draws, classes, lists))
    dense = table.dense()
    logs = np.zeros(draws)
    for history in range(1 << lists):
        chance = shares.copy()
        for j in range(lists):
            chance *= rates[:, :, j] if history >> j & 1 else 1 - rates[:, :, j]
        if history == 0:
            missed = chance.sum(axis=1)
        else:
            logs += dense[history] * np.log(np.maximum(chance.sum(axis=1), 1e-300))
    logs -= table.documented * np.log1p(-missed)
    unseen = rng.negative_binomial(table.documented, 1 - missed)
    order = np.argsort(unseen)
    cumulative = np.cumsum(np.exp(logs - logs.max())[order])
    return [unseen[order][np.searchsorted(cumulative, q * cumulative[-1])] for q in (0.1, 0.25, 0.5, 0.75, 0.9)]


def test_sampler_draws_from_the_posterior():
    table = from_mapping("ABC", {"100": 5, "010": 4, "001": 3, "110": 2, "101": 2, "011": 1, "111": 1})
    found = latent_class.estimate(table, 3)
    quantiles = np.quantile(found.draws - table.documented, (0.1, 0.25, 0.5, 0.75, 0.9))
    assert quantiles == pytest.approx(by_importance(table), abs=1)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["new_orleans", "snowshoe_hare", "spina_bifida_3list", "philippines_caloocan_police"])
def test_median_is_that_of_the_r_package(shared, name):
    row = next(r for r in reference(shared, "LCMCR") if r["table"] == name and "pooled" in r["settings"])
    found = latent_class.estimate(read_table(shared, name), 1)
    assert found.refused is None
    width = float(row["hi"]) - float(row["lo"])
    assert found.median == pytest.approx(float(row["estimate"]), abs=0.05 * width)
    assert found.details["rhat"] <= 1.01


def test_chains_that_disagree_say_nothing():
    short = latent_class.Settings(first=160, most=160)
    found = latent_class.estimate(independent_lists(1, 3000, (0.1, 0.08, 0.06, 0.05)), 1, short)
    assert found.median is None
    assert "chains" in found.refused
    assert {"rhat", "ess_bulk", "ess_tail"} <= set(found.details)


def test_the_number_of_threads_changes_nothing():
    table = independent_lists(2, 400)
    short = latent_class.Settings(first=4000, most=4000)
    one, four = (latent_class.estimate(table, 9, short, workers=w) for w in (1, 4))
    assert one.details == four.details


def test_diagnostics_of_independent_and_of_stuck_chains():
    rng = np.random.default_rng(4)
    good = rng.normal(size=(8, 2000))
    assert rank_rhat(good) < 1.005
    assert 12_000 < bulk_size(good) < 20_000
    assert 12_000 < tail_size(good) < 20_000
    stuck = good + np.repeat([0.0, 3.0], 4)[:, None]
    assert rank_rhat(stuck) > 1.5
    assert bulk_size(stuck) < 50
    walk = np.cumsum(rng.normal(size=(8, 2000)), axis=1)
    assert bulk_size(walk) < 100


def test_autocorrelated_chains_are_worth_what_theory_says():
    rng = np.random.default_rng(5)
    chains = np.empty((8, 5000))
    chains[:, 0] = rng.normal(size=8)
    for t in range(1, 5000):
        chains[:, t] = 0.6 * chains[:, t - 1] + 0.8 * rng.normal(size=8)
    assert bulk_size(chains) == pytest.approx(8 * 5000 * (1 - 0.6) / (1 + 0.6), rel=0.15)


@pytest.mark.parametrize(
    ("shift", "spoken"),
    [
        (0.0, None),
        (0.4, "still disagree"),  # chains that stand four tenths of their width apart, no more: R-hat about 1.02
        (60.0, "different modes"),
    ],
)
def test_chains_a_little_apart_are_refused_and_chains_in_other_modes_are_named_so(shift, spoken):
    draws = 100 + 10 * np.random.default_rng(3).normal(size=(8, 4000)) + 10 * shift * (np.arange(8) % 2)[:, None]
    rhat, size = rank_rhat(draws), min(bulk_size(draws), tail_size(draws))
    assert (rhat > 1.01) == (spoken is not None)
    if shift == 0.4:
        assert rhat < 1.05
    why = latent_class._why_not(draws, rhat, max(size, 1000), 32_000)
    assert why is None if spoken is None else spoken in why


def test_chains_worth_too_few_draws_are_refused():
    assert "399 independent draws" in latent_class._why_not(np.full((8, 10), 5.0), 1.001, 399, 32_000)
