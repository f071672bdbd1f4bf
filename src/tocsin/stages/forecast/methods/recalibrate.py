"""Shrunken recalibration: how far forecasts have run above or below the world lately, held back towards no correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.evaluation.scores import log_losses
from tocsin.stages.forecast.panel import Array

#: Shifts of the log-odds that are weighed; the ends are a factor of about seven.
GRID = np.linspace(-2.0, 2.0, 81)


@dataclass(frozen=True)
class Drift:
    """Says how a correction moves, fixed before any score was seen.

    Args:
        start: standard deviation of the shift in the first year: the smaller, the stronger it is held to none.
        step: standard deviation of its change from a year to the next.
    """

    start: float = 0.5
    step: float = 0.2


def shift_weights(forecasts: Sequence[Array], labels: Sequence[Array], ahead: int, drift: Drift) -> Array:
    """Return the posterior weight of each shift in `GRID`, `ahead` years after the last answered year.

    log-odds(true) = log-odds(forecast) + a_t with a_0 ~ N(0, start^2) and a_t ~ N(a_{t-1}, step^2), filtered on the grid
    year by year. Reference: Kitagawa 1987, J. American Statistical Association 82 (filter on a grid), here for the
    intercept of Cox 1958. Without answered years the weights are the prior's, and a forecast stays about where it was.

    Windows of two answered years must not overlap, or each event would count twice.

    >>> past = [np.full(100, 0.10)] * 10
    >>> weights = shift_weights(past, [np.zeros(100)] * 10, 1, Drift())
    >>> bool(weights @ GRID < -0.2)
    True
    """
    weights = _normal(GRID, drift.start)
    kernel = _kernel(drift.step)
    for given, label in zip(forecasts, labels, strict=True):
        fit = np.array([-log_losses(_shifted(given, shift), label).sum() for shift in GRID])
        weights = weights * np.exp(fit - fit.max())
        weights = kernel @ (weights / weights.sum())
    for _ in range(ahead - 1):
        weights = kernel @ weights
    return np.asarray(weights / weights.sum())


def recalibrate(forecast: Array, weights: Array) -> Array:
    """Return the forecast moved by the mean shift: without a record, or with a record that was right, nothing moves."""
    return _shifted(forecast, float(weights @ GRID))


def _shifted(forecast: Array, shift: float) -> Array:
    return np.asarray(1 / (1 + np.exp(-(np.log(forecast) - np.log1p(-forecast) + shift))))


def _normal(values: Array, spread: float) -> Array:
    density = np.exp(-0.5 * (values / spread) ** 2)
    return np.asarray(density / density.sum())


def _kernel(step: float) -> Array:
    density = np.exp(-0.5 * ((GRID[:, None] - GRID[None, :]) / max(step, 1e-3)) ** 2)
    return np.asarray(density / density.sum(axis=0, keepdims=True))
