"""Intervals by resampling whole countries: their years resemble each other and are no separate evidence."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array


def mean_interval(values: Array, groups: np.ndarray, seed: int, draws: int = 500) -> tuple[float, float]:
    """Return the 95% interval of the mean of `values` when whole groups are drawn with replacement.

    Reference: Efron and Tibshirani 1993, chapter 8 (block bootstrap over clusters).
    """
    low, high = group_interval(values, np.ones(len(values)), groups, seed, draws)
    return float(low), float(high)


def group_interval(top: Array, bottom: Array, groups: np.ndarray, seed: int, draws: int = 500) -> tuple[float, float]:
    """Return the 95% interval of sum(top) / sum(bottom) when whole groups are drawn with replacement.

    Draws in which nothing is left below the line are left out.

    >>> group_interval(np.array([1.0, 1.0]), np.array([2.0, 2.0]), np.array([1, 2]), 0)
    (0.5, 0.5)
    """
    codes = np.unique(groups, return_inverse=True)[1]
    above, below = np.bincount(codes, weights=top), np.bincount(codes, weights=bottom)
    picks = np.random.default_rng(seed).integers(0, len(above), size=(draws, len(above)))
    tops, bottoms = above[picks].sum(axis=1), below[picks].sum(axis=1)
    kept = bottoms > 0
    if not kept.any():
        return float("nan"), float("nan")
    low, high = np.quantile(tops[kept] / bottoms[kept], [0.025, 0.975])
    return float(low), float(high)
