"""What every estimator returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: Methods that give a lower bound and not an estimate.
BOUNDS = ("chao",)
#: Draws of the total that an estimate carries, so that strata and linkage draws can be pooled.
DRAWS = 2000


@dataclass(frozen=True, eq=False)
class Estimate:
    """Holds one method's answer for one table: an interval that converged, or the reason why there is none.

    `draws` are equally likely values of the total, in ascending order; empty where the method refused.
    `details` are plain values for readers and machines, such as the weight of the saturated graph.
    """

    method: str
    settings: str
    documented: int
    median: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    converged: bool | None = None
    refused: str | None = None
    draws: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    notes: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


def refusal(method: str, settings: str, documented: int, why: str, details: Mapping[str, object] | None = None) -> Estimate:
    """Return an estimate that gives no number, and says why in plain words."""
    return Estimate(method, settings, documented, refused=why, converged=False if details else None, details=details or {})


def spread_draws(values: NDArray[np.float64], weights: NDArray[np.float64], count: int = DRAWS) -> NDArray[np.float64]:
    """Return `count` equally likely values of a discrete distribution: its quantiles at (i + 1/2) / count."""
    cumulative = np.cumsum(weights)
    at = np.searchsorted(cumulative / cumulative[-1], (np.arange(count) + 0.5) / count)
    return values[np.minimum(at, len(values) - 1)].astype(np.float64)
