"""Scores of an order: AUC and average precision, both with ties counted at their expected value."""

from __future__ import annotations

from scipy.stats import rankdata
from sklearn.metrics import average_precision_score

from tocsin.stages.forecast.panel import Array


def auc(probability: Array, label: Array) -> float | None:
    """Return the chance that a random event has a higher forecast than a random non-event; ties count half.

    None where only one class is there: nothing can be ordered.

    >>> import numpy as np
    >>> auc(np.array([0.1, 0.4, 0.4, 0.8]), np.array([0.0, 0.0, 1.0, 1.0]))
    0.875
    """
    positive, negative = int((label == 1).sum()), int((label == 0).sum())
    if not positive or not negative:
        return None
    ranks = rankdata(probability)
    return float((ranks[label == 1].sum() - positive * (positive + 1) / 2) / (positive * negative))


def average_precision(probability: Array, label: Array) -> float | None:
    """Return the mean precision over the events, tied forecasts taken together; None without an event."""
    return float(average_precision_score(label, probability)) if (label == 1).any() else None
