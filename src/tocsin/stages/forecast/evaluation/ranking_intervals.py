"""Intervals of AUC and average precision when whole countries are drawn with replacement."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array

DRAWS = 200
Ends = tuple[float, float] | None


def auc_interval(probability: Array, label: Array, groups: np.ndarray, seed: int) -> Ends:
    """Return the 95% interval of the AUC; None where only one class is there.

    Each country's rows get the country's weight w: AUC(w) = sum w_i w_j [p_i > p_j, ties half] / sum w_i w_j over
    events i and non-events j. Reference: Efron and Tibshirani 1993, chapter 8.

    >>> auc_interval(np.array([0.1, 0.9, 0.2, 0.8]), np.array([0.0, 1.0, 0.0, 1.0]), np.array([1, 1, 2, 2]), 0)
    (1.0, 1.0)
    """
    codes, size = _codes(groups)
    yes, no = np.flatnonzero(label == 1), np.flatnonzero(label == 0)
    if not len(yes) or not len(no):
        return None
    order = np.argsort(probability[no], kind="stable")
    ranked = probability[no][order]
    wins = np.zeros((size, size))
    own = np.zeros((len(no) + 1, size))
    own[np.arange(1, len(no) + 1), codes[no][order]] = 1
    below = np.cumsum(own, axis=0)
    under, upto = (np.searchsorted(ranked, probability[yes], side=side) for side in ("left", "right"))
    np.add.at(wins, codes[yes], (below[under] + below[upto]) / 2)
    weights = _weights(size, seed)
    top = ((weights @ wins) * weights).sum(axis=1)
    bottom = (weights @ np.bincount(codes[yes], minlength=size)) * (weights @ np.bincount(codes[no], minlength=size))
    return _ends(top, bottom)


def precision_interval(probability: Array, label: Array, groups: np.ndarray, seed: int) -> Ends:
    """Return the 95% interval of the average precision, tied forecasts taken together; None without an event.

    >>> precision_interval(np.array([0.9, 0.1, 0.8, 0.2]), np.array([1.0, 0.0, 1.0, 0.0]), np.array([1, 1, 2, 2]), 0)
    (1.0, 1.0)
    """
    if not (label == 1).any():
        return None
    codes, size = _codes(groups)
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    last = np.searchsorted(-ranked, -ranked, side="right") - 1
    weights = _weights(size, seed)[:, codes[order]]
    events = weights * (label[order] == 1)
    found, listed = np.cumsum(events, axis=1)[:, last], np.cumsum(weights, axis=1)[:, last]
    precision = np.divide(found, listed, out=np.zeros_like(found), where=listed > 0)
    return _ends((events * precision).sum(axis=1), events.sum(axis=1))


def _codes(groups: np.ndarray) -> tuple[np.ndarray, int]:
    codes = np.unique(groups, return_inverse=True)[1]
    return codes, int(codes.max()) + 1


def _weights(size: int, seed: int) -> Array:
    return np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), DRAWS).astype(np.float64)


def _ends(top: Array, bottom: Array) -> Ends:
    kept = bottom > 0
    if not kept.any():
        return None
    low, high = np.quantile(top[kept] / bottom[kept], [0.025, 0.975])
    return float(low), float(high)
