"""Combines estimates of several imputations by Rubin's rule on the logarithm of the number unseen, as verdata does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from tocsin.stages.estimate.result import Estimate


@dataclass(frozen=True)
class Combined:
    """Holds the combined total with its interval, and the degrees of freedom of the t distribution behind it."""

    median: float
    low: float
    high: float
    freedom: float


def t_rule(parts: Sequence[Estimate], level: float = 0.95) -> Combined | None:
    """Combine m imputations; None for fewer than two, or where one gave no number.

    With theta_j and W_j the mean and variance of log n0 in imputation j, W the mean of the W_j and B the variance of
    the theta_j: T = W + (1 + 1/m) B, df = (m - 1) (1 + W / ((1 + 1/m) B))^2, interval exp(mean theta -+ t sqrt T), added
    to the mean number documented.

    Reference: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.3; HRDAG verdata, combine_estimates.

    >>> import numpy as np
    >>> from tocsin.stages.estimate.result import DRAWS
    >>> def part(unseen):
    ...     return Estimate("lcm", "", 100, draws=100 + np.full(DRAWS, unseen))
    >>> found = t_rule([part(np.exp(1.0)), part(np.exp(3.0))])  # W = 0, B = 2: T = 3, df = 1, t = 12.706
    >>> round(found.median - 100, 3), round(found.freedom, 3)
    (7.389, 1.0)
    """
    if len(parts) < 2 or any(e.refused for e in parts):
        return None
    logs = [np.log(np.maximum(e.draws - e.documented, 0.5)) for e in parts]
    m = len(parts)
    means = np.array([values.mean() for values in logs])
    within = float(np.mean([values.var(ddof=1) for values in logs]))
    between = float(means.var(ddof=1)) * (1 + 1 / m)
    freedom = (m - 1) * (1 + within / between) ** 2 if between > 0 else np.inf
    half = float(student.ppf(0.5 + level / 2, freedom)) * np.sqrt(within + between)
    middle, documented = float(means.mean()), float(np.mean([e.documented for e in parts]))
    low, median, high = (documented + float(np.exp(middle + step)) for step in (-half, 0.0, half))
    return Combined(median, low, high, float(freedom))
