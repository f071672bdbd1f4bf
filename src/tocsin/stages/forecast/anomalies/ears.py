"""Judges each week of a series against the few weeks before it: EARS C1, C2 and C3, which need almost no history."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Array = npt.NDArray[np.float64]
#: Weeks between the baseline and the week judged, so that the start of a rise does not raise its own threshold.
GUARD = {"C1": 0, "C2": 2, "C3": 2}


@dataclass(frozen=True)
class EarsSettings:
    """Holds the settings; the defaults are those of the R package surveillance.

    Args:
        baseline: weeks in the baseline.
        alpha: level of C1 and C2.
        alpha_c3: level of C3.
        min_sigma: least standard deviation; above 0 it keeps a flat baseline from raising an alarm at every case.
        least: weeks of the baseline that must have been reported.
    """

    baseline: int = 7
    alpha: float = 0.001
    alpha_c3: float = 0.025
    min_sigma: float = 0.0
    least: int = 4


@dataclass(frozen=True)
class EarsWeek:
    """Holds the verdict on one week; `p` is None for C3, which adds up three weeks."""

    expected: float
    upperbound: float
    alarm: bool
    p: float | None


def ears(observed: Array, method: str, at: int, settings: EarsSettings | None = None) -> EarsWeek | None:
    """Return the verdict on week `at`, or None where the baseline was not reported well enough to judge.

    C1 takes the mean m and standard deviation s of the 7 weeks before, C2 of the 7 weeks that end 3 weeks before;
    the threshold is m + z s, with z the normal quantile at 1 - alpha. C3 lowers the threshold by what the
    two weeks before exceeded by C2's measure, S = sum over t-1, t-2 of max(0, (y - m)/s - 1); its threshold is
    y + s (z - S), not under 0, as the R package surveillance computes it: an alarm says that the two weeks before were
    unusual and cases go on. Reference: Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008. The p-value allows for a mean and deviation that are
    themselves estimated from n weeks: (y - m) / (s sqrt(1 + 1/n)) is referred to Student's t with n - 1 degrees.

    Args:
        observed: counts; NaN where nothing was reported.
        method: C1, C2 or C3.
        at: index of the week judged; later weeks are not looked at.
        settings: baseline, levels, and how much of a baseline is enough.
    """
    settings = settings or EarsSettings()
    found = _moments(observed, at, GUARD[method], settings)
    if found is None or math.isnan(observed[at]):
        return None
    mean, deviation, weeks = found
    if method == "C3":
        excess = [_excess(observed, week, settings) for week in (at - 1, at - 2)]
        if any(e is None for e in excess):
            return None
        total, limit = sum(e or 0.0 for e in excess), float(stats.norm.isf(settings.alpha_c3))
        bound = max(0.0, float(observed[at]) + deviation * (limit - total)) if math.isfinite(total) else 0.0
        return EarsWeek(mean, bound, bool(observed[at] > bound), None)
    bound = mean + deviation * float(stats.norm.isf(settings.alpha))
    return EarsWeek(mean, bound, bool(observed[at] > bound), _p_value(float(observed[at]), mean, deviation, weeks))


def expected_rate(method: str, settings: EarsSettings | None = None, *, draws: int = 100_000, seed: int = 20130111) -> float:
    """Return the share of calm weeks in which the method alarms, where counts are independent and normal.

    With 7 weeks of baseline C1's nominal 0.001 is 0.014 in truth: P(t6 > 3.09 / sqrt(8/7)). C3 has no closed form
    and is simulated.

    >>> round(expected_rate("C1"), 4)
    0.0138
    """
    settings = settings or EarsSettings()
    n = settings.baseline
    if method != "C3":
        return float(stats.t.sf(stats.norm.isf(settings.alpha) / math.sqrt(1 + 1 / n), n - 1))
    random = np.random.default_rng(seed)
    weeks = random.normal(size=(draws, n + 5))
    excess = np.zeros(draws)
    for back in (2, 1):
        base = weeks[:, 2 - back : n + 2 - back]
        excess += np.maximum(0.0, (weeks[:, n + 4 - back] - base.mean(axis=1)) / base.std(axis=1, ddof=1) - 1)
    return float((excess > stats.norm.isf(settings.alpha_c3)).mean())


def _moments(observed: Array, at: int, guard: int, settings: EarsSettings) -> tuple[float, float, int] | None:
    start = at - guard - settings.baseline
    if start < 0:
        return None
    reported = observed[start : at - guard]
    reported = reported[~np.isnan(reported)]
    if len(reported) < min(settings.least, settings.baseline):
        return None
    return float(reported.mean()), max(float(reported.std(ddof=1)), settings.min_sigma), len(reported)


def _excess(observed: Array, at: int, settings: EarsSettings) -> float | None:
    found = _moments(observed, at, GUARD["C2"], settings) if at >= 0 else None
    if found is None:
        return None
    if math.isnan(observed[at]):
        return 0.0
    mean, deviation, _ = found
    gap = float(observed[at]) - mean
    if deviation == 0:
        return math.inf if gap > 0 else 0.0
    return max(0.0, gap / deviation - 1)


def _p_value(count: float, mean: float, deviation: float, weeks: int) -> float:
    if deviation == 0:
        return 0.0 if count > mean else 1.0
    return float(stats.t.sf((count - mean) / (deviation * math.sqrt(1 + 1 / weeks)), weeks - 1))
