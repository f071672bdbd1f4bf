"""Own recent history: past months of a place, newer ones weighing more, each widened by over-dispersion."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import ndtr

from tocsin.stages.forecast.count_models.levels import LEVELS, level_of
from tocsin.stages.forecast.panel import Array

#: No month older than this counts.
MONTHS = 240
#: After a month without deaths: chance of one all the same, and how fast its size falls off.
JUMP, FALL = 0.03, 1.2


def recent_history(values: Array, half_life: float | None, spread: float, months: int = MONTHS) -> Array:
    """Return P(count <= level) for each place: a mixture over its past months, the one l months back with weight 0.5^(l / half-life).

    Each past count v is widened to a lognormal with variance s² + log(1 + 1/v): `spread` s between months, and chance of
    counts (Poisson). A month without deaths becomes one with deaths with a chance of 3%, P(> x) = 0.03 (x + 1)^-1.2.

    Args:
        values: place x month up to the origin.
        half_life: in months; None weighs every month alike.
        spread: s; 0 takes the past counts as they are.
        months: how far back.
    """
    recent = values[:, -months:]
    known = ~np.isnan(recent)
    lags = np.arange(recent.shape[1])[::-1]
    weights = np.where(known, 0.5 ** (lags / half_life) if half_life else 1.0, 0.0)
    at = level_of(np.where(known, recent, 0.0)) + len(LEVELS) * np.arange(len(recent))[:, None]
    shares = np.bincount(at.ravel(), weights.ravel(), minlength=len(recent) * len(LEVELS)).reshape(len(recent), -1)
    total = np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    return np.asarray((np.cumsum(shares, axis=1) if spread == 0 else shares @ widened(spread)) / total)


@cache
def widened(spread: float) -> Array:
    """Return P(count <= level) around each level, as a matrix of level by level."""
    around, upto = np.maximum(LEVELS, 0.5)[:, None], LEVELS[None, :]
    deviation = np.sqrt(spread**2 + np.log1p(1 / around))
    matrix = ndtr((np.log(upto + 0.5) - np.log(around)) / deviation)
    matrix[0] = 1 - JUMP * (LEVELS + 1) ** -FALL
    matrix[:, -1] = 1.0
    return np.asarray(matrix)
