"""Says whether chains agree and how much they are worth: rank-normalised split R-hat, bulk and tail sample sizes.

Reference: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Bayesian Analysis 16:667-718.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Array = NDArray[np.float64]


def rank_rhat(chains: Array) -> float:
    """Return the larger of the rank-normalised split R-hat of the draws and of their distance from the median.

    Args:
        chains: one row per chain.

    >>> rng = np.random.default_rng(1)
    >>> bool(rank_rhat(rng.normal(size=(4, 1000))) < 1.01)
    True
    >>> bool(rank_rhat(rng.normal(size=(4, 1000)) + np.arange(4)[:, None]) > 1.5)
    True
    """
    halves = _split(chains)
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_normal_scores(halves)), _rhat(_normal_scores(folded)))


def bulk_size(chains: Array) -> float:
    """Return the effective sample size for the middle of the distribution."""
    return _effective(_normal_scores(_split(chains)))


def tail_size(chains: Array) -> float:
    """Return the smaller effective sample size of the indicators of the 5% and 95% quantiles."""
    halves = _split(chains)
    return min(_effective((halves <= np.quantile(halves, q)).astype(np.float64)) for q in (0.05, 0.95))


def _split(chains: Array) -> Array:
    half = chains.shape[1] // 2
    return np.vstack([chains[:, :half], chains[:, -half:]])


def _normal_scores(values: Array) -> Array:
    ranks = rankdata(values).reshape(values.shape)
    return np.asarray(ndtri((ranks - 0.375) / (values.size + 0.25)))


def _rhat(chains: Array) -> float:
    length = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = length * float(chains.mean(axis=1).var(ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((length - 1) / length * within + between / length) / within))


def _effective(chains: Array) -> float:
    """Return m n / (1 + 2 sum of autocorrelations), summed over pairs while these stay positive and falling."""
    count, length = chains.shape
    centred = chains - chains.mean(axis=1, keepdims=True)
    size = 1 << (2 * length - 1).bit_length()
    spectrum = np.fft.rfft(centred, size, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), size, axis=1)[:, :length] / length
    within = float(covariance[:, 0].mean()) * length / (length - 1)
    if within == 0:
        return float(count * length)
    total = within * (length - 1) / length + float(chains.mean(axis=1).var(ddof=1))
    rho = 1 - (within - covariance.mean(axis=0)) / total
    rho[0] = 1.0
    pairs = rho[: length - length % 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    pairs = np.minimum.accumulate(pairs[: negative[0] if len(negative) else len(pairs)])
    steps = max(-1 + 2 * float(pairs.sum()), 1 / np.log10(count * length))
    return count * length / steps
