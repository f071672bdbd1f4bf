"""Recall at k: the share of events among the k highest forecasts of each issue, ties at their expected value."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array


def chance_in_top(probability: Array, issues: np.ndarray, k: int) -> Array:
    """Return, row by row, the chance to be among the `k` highest of its issue when ties are broken at random.

    A row above the tied group at the border counts 1, a row below it 0, a row inside it places left / size of the group.
    So a forecast that is the same everywhere gets k / N, whatever the order of the rows.

    >>> chance_in_top(np.array([0.9, 0.5, 0.5, 0.1]), np.zeros(4), 2).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    chance = np.zeros(len(probability))
    for issue in np.unique(issues):
        rows = np.flatnonzero(issues == issue)
        given = probability[rows]
        ordered = np.sort(given)[::-1]
        if k >= len(rows):
            chance[rows] = 1.0
            continue
        border = ordered[k - 1]
        above, tied = given > border, given == border
        chance[rows] = above + tied * (k - above.sum()) / tied.sum()
    return chance


def recall_at(probability: Array, label: Array, issues: np.ndarray, k: int) -> float | None:
    """Return the expected share of events among the `k` highest forecasts of their issue; None without an event.

    >>> recall_at(np.array([0.9, 0.5, 0.5, 0.1]), np.array([1.0, 1.0, 0.0, 0.0]), np.zeros(4), 2)
    0.75
    """
    events = label == 1
    return float(chance_in_top(probability, issues, k)[events].mean()) if events.any() else None
