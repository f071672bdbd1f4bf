"""Draws as paths: months keep their distributions, and sums over months get a spread of their own."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.count_models import as_paths


def ascending(places: int = 3, steps: int = 12, draws: int = 400) -> np.ndarray:
    """Return sorted counts."""
    counts = np.random.default_rng(2).negative_binomial(0.5, 0.02, (places, steps, draws))
    return np.sort(counts, axis=2).astype(np.int32)


def test_every_month_keeps_its_draws():
    draws = ascending()
    assert (np.sort(as_paths(draws, np.arange(3), 5), axis=2) == draws).all()


def test_sums_are_wider_than_of_unrelated_months_and_narrower_than_of_months_in_step():
    draws = ascending(draws=4000)
    spread = as_paths(draws, np.arange(3), 5).sum(axis=1).std(axis=1)
    unrelated = np.sqrt(draws.var(axis=2).sum(axis=1))
    in_step = draws.sum(axis=1).std(axis=1)
    assert (spread > 1.5 * unrelated).all() and (spread < 0.95 * in_step).all()


def test_a_place_has_the_same_paths_whoever_else_is_asked_for_and_another_seed_others():
    draws = ascending()
    whole = as_paths(draws, np.array([4, 8, 15]), 5)
    assert (as_paths(draws[1:2], np.array([8]), 5)[0] == whole[1]).all()
    assert (as_paths(draws, np.array([4, 8, 15]), 6) != whole).any()
