"""Keeps the share of false alarms low where many series are judged in the same week."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
PROCEDURES = ("bh", "by", "none")


def adjusted(p_values: Array, procedure: str = "bh") -> Array:
    """Return p-values adjusted so that those at most q, taken as alarms, are false at a share of q or less on average.

    Benjamini and Hochberg 1995 (`bh`): with ordered p, the adjusted value is min over j >= i of m p_j / j; valid for
    independent or positively dependent series. Benjamini and Yekutieli 2001 (`by`) multiplies by 1 + 1/2 + ... + 1/m
    and is valid whatever the dependence. `none` returns the values as they are.

    >>> adjusted(np.array([0.01, 0.04, 0.03, 0.005])).tolist()
    [0.02, 0.04, 0.04, 0.02]
    """
    if procedure == "none" or not len(p_values):
        return p_values.copy()
    m = len(p_values)
    order = np.argsort(p_values, kind="stable")
    factor = harmonic(m) if procedure == "by" else 1.0
    raw = p_values[order] * m / np.arange(1, m + 1) * factor
    result = np.empty(m)
    result[order] = np.minimum(1.0, np.minimum.accumulate(raw[::-1])[::-1])
    return result


def harmonic(m: int) -> float:
    """Return 1 + 1/2 + ... + 1/m."""
    return float(np.sum(1.0 / np.arange(1, m + 1)))


def expected_false(tests: int, q: float, procedure: str = "bh") -> float:
    """Return how many false alarms a week to expect at most when nothing unusual happens in any of the series.

    With independent series and m tests the expected number under `bh` rises to q / (1 - q)^2 as m grows (Finner and
    Roters 2002); for one test it is q. `by` has q divided by 1 + 1/2 + ... + 1/m in its place. Without control it is m q.

    >>> round(expected_false(1000, 0.05), 4)
    0.0554
    """
    if tests == 0:
        return 0.0
    if procedure == "none":
        return tests * q
    level = q / harmonic(tests) if procedure == "by" else q
    return level if tests == 1 else level / (1 - level) ** 2
