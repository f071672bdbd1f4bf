"""Scores of the yearly distribution of deaths: exact, from the past alone, and better where the bands say more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.forecast.band_scores import _Past
from tocsin.stages.forecast.counts import LEVELS
from tocsin.stages.forecast.evaluation import crps_of_draws


def _past(*own: float) -> _Past:
    """Return the past of two territories: the first saw `own`, the second one count in each band but the last."""
    values = np.unique([*own, 3.0, 40.0, 150.0, *map(float, LEVELS)])
    seen = np.zeros((2, len(values)))
    for place, counts in enumerate((own, (3.0, 40.0, 150.0))):
        for count in counts:
            seen[place, np.searchsorted(values, count)] += 1.0
    return _Past(values, seen)


def test_a_sure_band_with_one_count_is_a_point_and_its_score_the_distance():
    past = _past()
    assert past.score(np.array([0.0, 1.0, 0.0, 0.0]), 0, 40.0) == (0.0, True)
    for came in (10.0, 33.0, 41.0, 5000.0):
        score, inside = past.score(np.array([0.0, 1.0, 0.0, 0.0]), 0, came)
        assert (score, inside) == (pytest.approx(abs(came - 40.0)), False)


def test_half_and_half_between_two_counts_is_scored_by_hand():
    # F is 0.5 from 3 to 40, so the integral of (F - 1{x >= 10})^2 is 0.25 * 7 + 0.25 * 30
    assert _past().score(np.array([0.5, 0.5, 0.0, 0.0]), 0, 10.0)[0] == pytest.approx(0.25 * 37)


@given(bands=st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any), came=st.integers(0, 3000))
def test_the_score_is_that_of_very_many_draws(bands, came):
    shares = np.array(bands) / sum(bands)
    past = _past(0.0, 7.0, 300.0)
    weights = past.seen.sum(axis=0) + 19.0 * past.seen[0]
    draws = []
    for band, low in enumerate(LEVELS):
        high = LEVELS[band + 1] if band + 1 < len(LEVELS) else np.inf
        within = (past.values >= low) & (past.values < high)
        own = np.where(within, weights, 0.0)
        own = own / own.sum() if own.sum() else (past.values == low).astype(float)
        draws.append(shares[band] * own)
    mass = np.sum(draws, axis=0)
    exact = float(np.sum(mass * np.abs(past.values - came)) - 0.5 * mass @ np.abs(past.values[:, None] - past.values[None, :]) @ mass)
    assert past.score(shares, 0, float(came))[0] == pytest.approx(exact, rel=1e-9, abs=1e-9)


def test_the_same_score_comes_from_draws():
    generator = np.random.default_rng(5)
    draws = generator.choice([3.0, 40.0, 150.0], size=(1, 20_000), p=[0.7, 0.2, 0.1])
    by_draws = float(crps_of_draws(draws, np.array([60.0]))[0])
    assert _past().score(np.array([0.7, 0.2, 0.1, 0.0]), 0, 60.0)[0] == pytest.approx(by_draws, rel=0.03)
