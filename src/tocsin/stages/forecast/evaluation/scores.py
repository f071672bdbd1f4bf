"""Proper scores of probabilities: the log score and the Brier score; lower is better."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array


def log_losses(probability: Array, label: Array) -> Array:
    """Return -ln of the probability given to what happened, row by row (Good 1952).

    >>> log_losses(np.array([0.5, 0.9]), np.array([1.0, 0.0])).round(3).tolist()
    [0.693, 2.303]
    """
    return np.asarray(-np.log(np.where(label == 1, probability, 1 - probability)))


def brier(probability: Array, label: Array) -> Array:
    """Return the squared distance to what happened, row by row (Brier 1950).

    >>> brier(np.array([0.7]), np.array([1.0])).round(2).tolist()
    [0.09]
    """
    return np.asarray((probability - label) ** 2)
