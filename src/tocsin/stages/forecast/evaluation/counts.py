"""The continuous ranked probability score of draws, whole or above a threshold; lower is better, in deaths."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array


def crps_of_draws(draws: Array, observed: Array) -> Array:
    """Return E|X - y| - E|X - X'| / 2 for each row, with the mean over all pairs of draws (Gneiting and Raftery 2007).

    Args:
        draws: rows x draws.
        observed: rows.

    >>> crps_of_draws(np.array([[0.0, 2.0]]), np.array([1.0])).tolist()
    [0.5]
    """
    return crps_of_sorted(np.sort(draws, axis=1), observed)


def crps_of_sorted(ordered: Array, observed: Array) -> Array:
    """Return the same score where each row of draws stands in ascending order: E|X - X'| / 2 = sum (2i - n - 1) x_i / n²."""
    count = ordered.shape[1]
    weights = (2 * np.arange(1, count + 1) - count - 1) / count**2
    distance = np.abs(ordered - observed[:, None]).mean(axis=1, dtype=np.float64)
    return np.asarray(distance - ordered.astype(np.float64, copy=False) @ weights)


def tail_weighted_crps(ordered: Array, observed: Array, threshold: float) -> Array:
    """Return the CRPS that looks at outcomes above `threshold` only: that of max(X, t) against max(y, t); draws stand in ascending order.

    It equals the integral of (F(x) - 1{x >= y})² over x >= t. Reference: Gneiting and Ranjan 2011, J. Bus. Econ. Stat. 29;
    Allen, Ginsbourger and Ziegel 2023 (chaining function max(x, t)).

    >>> tail_weighted_crps(np.array([[0.0, 40.0]]), np.array([10.0]), 25.0).tolist()
    [3.75]
    """
    return crps_of_sorted(np.maximum(ordered, threshold), np.maximum(observed, threshold))
