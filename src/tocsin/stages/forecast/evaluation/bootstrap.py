"""Intervals by resampling whole countries: their years resemble each other and are no separate evidence."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array


def mean_interval(values: Array, groups: np.ndarray, seed: int, draws: int = 500) -> tuple[float, float]:
    """Return the 95% interval of the mean of `values` when whole groups are drawn with replacement.

    Reference: Efron and Tibshirani 1993, chapter 8 (block bootstrap over clusters).
    """
    codes = np.unique(groups, return_inverse=True)[1]
    totals, sizes = np.bincount(codes, weights=values), np.bincount(codes)
    picks = np.random.default_rng(seed).integers(0, len(sizes), size=(draws, len(sizes)))
    means = totals[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
