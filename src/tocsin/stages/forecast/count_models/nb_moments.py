"""Negative binomial with the mean and the variance of the last twelve months."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import nbinom, poisson

from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Ints, Sampler, spread
from tocsin.stages.forecast.count_models.last_poisson import over_steps

MONTHS = 12


def nb_moments(history: CountHistory) -> Sampler:
    """Return negative binomial counts with r = m² / (v - m), p = m / v; Poisson where the variance v is at most the mean m.

    Matched to the moments of the known of the last 12 months, v with n - 1 in the denominator.
    """

    def sample(rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        mean, variance = moments(history.recent(rows, MONTHS))
        at = spread(draws)
        counts = np.zeros((len(rows), draws))
        wide = (mean > 0) & (variance > mean)
        narrow = (mean > 0) & ~wide
        size = mean[wide] ** 2 / (variance[wide] - mean[wide])
        counts[wide] = nbinom.ppf(at, size[:, None], (mean[wide] / variance[wide])[:, None])
        counts[narrow] = poisson.ppf(at, mean[narrow][:, None])
        return over_steps(counts, len(steps))

    return sample


def moments(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the known values of each row; one known value has variance 0.

    >>> mean, variance = moments(np.array([[1.0, 3.0, np.nan]]))
    >>> mean.tolist(), variance.tolist()
    ([2.0], [2.0])
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    mean = np.where(known, values, 0.0).sum(axis=1) / count
    square = np.where(known, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
    return mean, square / np.maximum(count - 1, 1)
