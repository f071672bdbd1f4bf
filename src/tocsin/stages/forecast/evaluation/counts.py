"""The continuous ranked probability score of draws; lower is better, in deaths."""

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
    count = draws.shape[1]
    ordered = np.sort(draws, axis=1)
    spread = (ordered * (2 * np.arange(1, count + 1) - count - 1)).sum(axis=1) / count**2
    return np.asarray(np.abs(draws - observed[:, None]).mean(axis=1) - spread)
