"""Says how often a method alarms where nothing unusual happens, by trying it on calm series like the ones that are watched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tocsin.stages.forecast.anomalies.ears import EarsSettings, share_alarmed
from tocsin.stages.forecast.anomalies.farrington import FarringtonSettings, farrington

Array = npt.NDArray[np.float64]
_EARS_DRAWS, _FARRINGTON_DRAWS = 50_000, 400


def calm_rate(method: str | FarringtonSettings, watched: Sequence[Array], seed: int) -> float:
    """Return the share of simulated calm weeks in which the method alarms.

    The calm series are independent negative binomial counts, with the median mean and the median variance over mean
    of the series that are watched; they have no season, trend or outage. The nominal level of a method is often not
    what it keeps: EARS treats a deviation from 7 weeks as known, and the original Farrington weights half of the past
    down (Noufaily et al. 2013).

    Args:
        method: C1, C2 or C3, or the settings of a Farrington method.
        watched: counts of each series, NaN where nothing was reported.
        seed: of the simulation.
    """
    shapes = [_shape(counts[~np.isnan(counts)]) for counts in watched]
    known = [shape for shape in shapes if shape is not None]
    if not known:
        return 0.0
    mean, ratio = (float(v) for v in np.median(np.array(known), axis=0))
    random = np.random.default_rng(seed)
    if isinstance(method, str):
        return share_alarmed(method, _counts(random, mean, ratio, (_EARS_DRAWS, EarsSettings().baseline + 5)))
    length = method.years * method.season + method.half_window + 1
    weeks = [farrington(row, length - 1, method) for row in _counts(random, mean, ratio, (_FARRINGTON_DRAWS, length))]
    return sum(week is not None and week.alarm for week in weeks) / _FARRINGTON_DRAWS


def _shape(counts: Array) -> tuple[float, float] | None:
    if len(counts) < 2 or counts.sum() == 0:
        return None
    return float(counts.mean()), float(counts.var(ddof=1) / counts.mean())


def _counts(random: np.random.Generator, mean: float, ratio: float, shape: tuple[int, int]) -> Array:
    drawn = random.poisson(mean, shape) if ratio <= 1.0001 else random.negative_binomial(mean / (ratio - 1), 1 / ratio, shape)
    return drawn.astype(np.float64)
