"""The CORP decomposition of a mean score: miscalibration, discrimination and uncertainty, without bins to choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.isotonic import isotonic_regression

from tocsin.stages.forecast.panel import Array

Score = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Corp:
    """Holds the parts: mean score = miscalibration - discrimination + uncertainty; small, large, and given by the world."""

    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float


def recalibrated(probability: Array, label: Array) -> Array:
    """Return the isotonic fit of labels on forecasts: the best that any order-keeping correction could have said.

    Tied forecasts get one value. Reference: Ayer et al. 1955 (pool adjacent violators).

    >>> recalibrated(np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.0, 1.0, 0.0, 1.0])).tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    values, back, sizes = np.unique(probability, return_inverse=True, return_counts=True)
    means = np.bincount(back, weights=label, minlength=len(values)) / sizes
    return np.asarray(isotonic_regression(means, sample_weight=sizes), dtype=float)[back]


def corp(probability: Array, label: Array, score: Score) -> Corp:
    """Return the decomposition of the mean of `score`, a proper score in which lower is better.

    MCB = S(p) - S(r), DSC = S(b) - S(r), UNC = S(b), with r the isotonic fit and b the rate of the events.
    Both MCB and DSC are never negative. Reference: Dimitriadis, Gneiting and Jordan 2021, PNAS 118(8).

    >>> from tocsin.stages.forecast.evaluation.scores import brier
    >>> corp(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0]), brier)
    Corp(score=0.5, miscalibration=0.25, discrimination=0.0, uncertainty=0.25)
    """
    said = float(score(probability, label).mean())
    best = float(score(recalibrated(probability, label), label).mean())
    base = float(score(np.full(len(label), label.mean()), label).mean())
    return Corp(said, said - best, base - best, base)
