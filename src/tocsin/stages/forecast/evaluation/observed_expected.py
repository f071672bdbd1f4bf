"""Observed against expected events: whether the forecasts, added up, came true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from tocsin.stages.forecast.panel import Array


@dataclass(frozen=True)
class ObservedExpected:
    """Holds both sums, expected / observed, and the exact interval of observed / expected."""

    observed: int
    expected: float
    low: float
    high: float

    @property
    def expected_observed(self) -> float | None:
        """Return expected / observed: 1 is honest, 1.68 says 68 % more than happened; None without an event."""
        return self.expected / self.observed if self.observed else None

    @property
    def consistent(self) -> bool:
        """Return whether 1 lies inside the interval of observed / expected."""
        return self.low <= 1 <= self.high


def poisson_interval(count: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of the mean of a Poisson count (Garwood 1936, Biometrika 28).

    [chi2(a/2; 2n) / 2, chi2(1 - a/2; 2n + 2) / 2] with a = 1 - level; the lower end is 0 for a count of 0.

    >>> [round(x, 2) for x in poisson_interval(10)]
    [4.8, 18.39]
    """
    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return low, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2


def observed_expected(probability: Array, label: Array) -> ObservedExpected:
    """Return observed and expected events; rows that overlap (two-year windows) make the interval too narrow, never too wide."""
    observed, expected = int(label.sum()), float(probability.sum())
    low, high = poisson_interval(observed)
    return ObservedExpected(observed, expected, low / expected if expected else np.inf, high / expected if expected else np.inf)
