"""Paired differences: two forecasts of the same rows, compared row by row, with an interval over whole countries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.evaluation.bootstrap import mean_interval
from tocsin.stages.forecast.evaluation.scores import log_losses
from tocsin.stages.forecast.panel import Array

DRAWS = 2000


@dataclass(frozen=True)
class Gain:
    """Holds the mean gain over another forecast with its 95% interval; above 0 is better."""

    mean: float
    low: float
    high: float


def paired_log_gain(probability: Array, other: Array, label: Array, places: np.ndarray, seed: int) -> Gain:
    """Return the mean of the other's log score minus this one's, with the interval of whole countries drawn again.

    Pairing takes away what both find hard. Reference: Diebold and Mariano 1995, J. Business & Economic Statistics 13, with
    the block bootstrap of countries in place of a variance over time.
    """
    gains = log_losses(other, label) - log_losses(probability, label)
    low, high = mean_interval(gains, places, seed, DRAWS)
    return Gain(float(gains.mean()), low, high)
