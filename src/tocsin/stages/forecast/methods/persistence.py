"""Persistence: what follows a year above the level, and what follows a year below it."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

LAST_YEAR = 0


def persistence(training: Training, inputs: Array) -> Array:
    """Return the training rate among rows whose last year was on the same side of the level."""
    level = np.log1p(training.threshold)
    before, now = training.inputs[:, LAST_YEAR] >= level, inputs[:, LAST_YEAR] >= level
    result = np.empty(len(inputs))
    for side in (False, True):
        same = training.labels[before == side]
        result[now == side] = (same.sum() + 0.5) / (len(same) + 1.0)
    return bounded(result)
