"""Climatology: every territory gets the rate of the past. A model that can't beat it knows nothing."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array


def climatology(training: Training, inputs: Array) -> Array:
    """Return the training rate for every row."""
    return bounded(np.full(len(inputs), training.rate))
