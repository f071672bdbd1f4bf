"""The interval score of a central interval, and whether it held what was observed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.panel import Array

#: The challenge scores the 90% interval.
ALPHA = 0.1


@dataclass(frozen=True)
class IntervalScores:
    """Holds for each row the ends of the interval, its score, and whether it held the observation."""

    low: Array
    high: Array
    score: Array
    covered: np.ndarray


def interval_scores(draws: Array, observed: Array, alpha: float = ALPHA) -> IntervalScores:
    """Return (U - L) + 2/a (L - y) 1{y < L} + 2/a (y - U) 1{y > U}, with L and U the a/2 and 1 - a/2 quantiles of the draws.

    Quantiles are linear between draws. Reference: Gneiting and Raftery 2007, J. Am. Stat. Assoc. 102, section 6.2.
    For the forecast "zero everywhere" the score is 2/a times its CRPS.

    >>> interval_scores(np.zeros((1, 10)), np.array([3.0])).score.tolist()
    [60.0]
    """
    low, high = np.quantile(draws, [alpha / 2, 1 - alpha / 2], axis=1)
    below, above = np.maximum(low - observed, 0), np.maximum(observed - high, 0)
    return IntervalScores(low, high, high - low + 2 / alpha * (below + above), (observed >= low) & (observed <= high))
