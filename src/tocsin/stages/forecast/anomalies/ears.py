"""Judges each week of a series against the few weeks before it: EARS C1, C2 and C3, which need almost no history."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Array = npt.NDArray[np.float64]
#: Weeks between the baseline and the week judged, so that the start of a rise does not raise its own threshold.
GUARD = {"C1": 0, "C2": 2, "C3": 2}
_HISTORY, _LARGE, _FLAT = 52, 10_000, 1.0001
#: Values of the dispersion over which a p-value is averaged.
_SPREAD = 24


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
    unusual and cases go on. Reference: Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008.

    The p-value of C1 and C2 is that of negative binomial counts of one mean: given the sum T of the week and its n
    weeks of baseline, the count is beta-binomial with T, k and n k, where k = mean / (variance/mean - 1) is taken
    from up to 52 reported weeks before; for k without bound it is binomial with 1 / (n + 1). It is averaged over what
    the variance may be, given how few those weeks are.

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
        total, limit = sum(e or 0.0 for e in excess), _quantile(settings.alpha_c3)
        bound = max(0.0, float(observed[at]) + deviation * (limit - total)) if math.isfinite(total) else 0.0
        return EarsWeek(mean, bound, bool(observed[at] > bound), None)
    bound = mean + deviation * _quantile(settings.alpha)
    return EarsWeek(mean, bound, bool(observed[at] > bound), _p_value(observed, at, (mean, weeks)))


@cache
def _quantile(alpha: float) -> float:
    """Return the normal quantile at 1 - alpha."""
    return float(stats.norm.isf(alpha))


def expected_rate(method: str, settings: EarsSettings | None = None) -> float:
    """Return the share of calm weeks in which C1 or C2 alarms, where counts are independent and normal.

    With 7 weeks of baseline the nominal 0.001 is 0.014 in truth: P(t6 > 3.09 / sqrt(8/7)). Skewed counts raise more.

    >>> round(expected_rate("C1"), 4)
    0.0138
    """
    settings = settings or EarsSettings()
    n = settings.baseline
    return float(stats.t.sf(stats.norm.isf(settings.alpha) / math.sqrt(1 + 1 / n), n - 1))


def share_alarmed(method: str, weeks: Array, settings: EarsSettings | None = None) -> float:
    """Return the share of rows whose last week raises an alarm; each row is one series without gaps."""
    settings = settings or EarsSettings()
    n, last = settings.baseline, weeks.shape[1] - 1

    def standing(at: int) -> tuple[Array, Array]:
        base = weeks[:, at - GUARD[method] - n : at - GUARD[method]]
        return base.mean(axis=1), np.maximum(base.std(axis=1, ddof=1), settings.min_sigma)

    mean, deviation = standing(last)
    if method != "C3":
        return float((weeks[:, last] > mean + deviation * stats.norm.isf(settings.alpha)).mean())
    excess = np.zeros(len(weeks))
    for at in (last - 1, last - 2):
        m, s = standing(at)
        gap = weeks[:, at] - m
        excess += np.where(s > 0, np.maximum(0.0, gap / np.where(s > 0, s, 1.0) - 1), np.where(gap > 0, math.inf, 0.0))
    with np.errstate(invalid="ignore"):
        bound = np.maximum(0.0, weeks[:, last] + deviation * (stats.norm.isf(settings.alpha_c3) - excess))
    return float((weeks[:, last] > np.nan_to_num(bound, nan=0.0)).mean())


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


def _p_value(observed: Array, at: int, base: tuple[float, int]) -> float:
    """Return P(count or more) given the sum of the week and its baseline of `base[1]` weeks with the mean `base[0]`.

    The dispersion is an estimate from few weeks, so the value is the mean over what the true one may be: as the
    estimated variance of m normal values, times m - 1 over a chi-square of m - 1 degrees, at `_SPREAD` equal quantiles.
    """
    mean, weeks = base
    count, total = round(float(observed[at])), round(float(observed[at]) + mean * weeks)
    if count == 0:
        return 1.0
    before = observed[:at]
    before = before[~np.isnan(before)][-_HISTORY:]
    center = float(before.mean())
    ratios = float(before.var(ddof=1)) / center * _factors(len(before)) if center > 0 else np.ones(1)
    over = ratios[ratios > _FLAT]
    values = [float(special.bdtrc(count - 1, total, 1 / (weeks + 1)))] * (len(ratios) - len(over))
    sizes = center / (over - 1)
    if total > _LARGE:
        values += [float(v) for v in special.betainc(weeks * sizes, sizes, 1 - (count - 0.5) / total)]
    else:
        values += [float(v) for v in _beta_binomial_tail(count, total, sizes, weeks * sizes)]
    return min(1.0, sum(values) / len(values))


@cache
def _factors(weeks: int) -> Array:
    """Return by how much the true variance may exceed that of `weeks` values, at equal quantiles."""
    places = (np.arange(_SPREAD) + 0.5) / _SPREAD
    return np.asarray((weeks - 1) / stats.chi2.ppf(places, weeks - 1), dtype=np.float64)


def _beta_binomial_tail(count: int, total: int, a: Array, b: Array) -> Array:
    """Return P(Y >= count) of beta-binomials: sum over j of C(T, j) B(j + a, T - j + b) / B(a, b), over the shorter tail.

    >>> tail = _beta_binomial_tail(4, 12, np.array([1.5]), np.array([9.0]))
    >>> round(float(tail[0]), 6) == round(float(stats.betabinom.sf(3, 12, 1.5, 9.0)), 6)
    True
    """
    upper = total - count < count
    j = np.arange(count, total + 1) if upper else np.arange(0, count)
    choose = special.gammaln(total + 1) - special.gammaln(j + 1) - special.gammaln(total - j + 1)
    mass = np.exp(choose + special.betaln(j + a[:, None], total - j + b[:, None]) - special.betaln(a, b)[:, None]).sum(axis=1)
    return np.asarray(np.minimum(1.0, mass) if upper else np.maximum(0.0, 1.0 - mass), dtype=np.float64)
