"""Judges each week against the same season of earlier years: the Farrington algorithm, original and improved."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from tocsin.stages.forecast.anomalies.quasi_poisson import Fit, fit

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class FarringtonSettings:
    """Holds the settings; the names in brackets are those of `farringtonFlexible` of the R package surveillance.

    Args:
        years: how many years back (b).
        half_window: weeks on either side of the same week in each year (w).
        periods: levels of the seasonal factor; 1 uses the windows alone (noPeriods).
        left_out: newest weeks left out of the baseline (pastWeeksNotIncluded).
        weights_threshold: standardised residual above which a past week counts less (weightsThreshold).
        trend_level: p-value under which a trend stays (pThresholdTrend); 1 keeps any.
        negative_binomial: True takes the quantile of a negative binomial (nbPlugin), False a two-thirds power (delta).
        alpha: level of the one-sided threshold.
        least_cases: least sum of cases over the newest `case_weeks` (limit54).
        case_weeks: see `least_cases`.
        season: weeks in a year.
    """

    years: int = 4
    half_window: int = 3
    periods: int = 10
    left_out: int = 26
    weights_threshold: float = 2.58
    trend_level: float = 1.0
    negative_binomial: bool = True
    alpha: float = 0.01
    least_cases: int = 5
    case_weeks: int = 4
    season: int = 52


#: Farrington et al. 1996.
ORIGINAL = FarringtonSettings(periods=1, left_out=3, weights_threshold=1.0, trend_level=0.05, negative_binomial=False)
#: Noufaily et al. 2013.
IMPROVED = FarringtonSettings()


@dataclass(frozen=True)
class _Model:
    """Holds the reweighted fit, the row of the design for the week judged, and whether the last column is a trend."""

    fit: Fit
    row: Array
    trend: bool


@dataclass(frozen=True)
class FarringtonWeek:
    """Holds the verdict on one week.

    Args:
        dispersion: variance over mean, at least 1.
        trend: change of the logarithm a week; None where no trend was kept.
        score: (count - expected) / (threshold - expected).
    """

    expected: float
    upperbound: float
    alarm: bool
    p: float
    dispersion: float
    trend: float | None
    score: float


def farrington(observed: Array, at: int, settings: FarringtonSettings = IMPROVED) -> FarringtonWeek | None:
    """Return the verdict on week `at`, or None where history or cases do not suffice; later weeks are not looked at.

    A quasi-Poisson model with trend, and a seasonal factor, is fitted to the same season of earlier years; past
    outbreaks are weighted down by their Anscombe residuals and the model is fitted again. The threshold is the
    upper `alpha` quantile of a new count. References: Farrington, Andrews, Beale and Catchpole 1996, JRSS A 159;
    Noufaily et al. 2013, Statistics in Medicine 32; equality with `farringtonFlexible` is tested.

    Args:
        observed: counts; NaN where nothing was reported: such weeks are left out, never read as 0.
        at: index of the week judged.
        settings: `ORIGINAL`, `IMPROVED`, or others.
    """
    recent = observed[max(0, at - settings.case_weeks + 1) : at + 1]
    if math.isnan(observed[at]) or np.nansum(recent) < settings.least_cases:
        return None
    blocks = _blocks(at, settings)
    if blocks is None:
        return None
    blocks[max(0, at - settings.left_out) :] = 0
    weeks = np.flatnonzero((blocks > 0) & ~np.isnan(observed[: at + 1]))
    if settings.periods not in blocks[weeks]:
        return None
    model = _model(observed[weeks], weeks.astype(np.float64), blocks[weeks], float(at), settings)
    return None if model is None else _verdict(float(observed[at]), model, settings)


def _blocks(at: int, settings: FarringtonSettings) -> npt.NDArray[np.int64] | None:
    """Return the level of the seasonal factor of each week up to `at`; 0 is outside, the windows have the last level."""
    first = at - settings.years * settings.season - settings.half_window
    if first < 0:
        return None
    w, p = settings.half_window, settings.periods
    levels = np.zeros(at + 1, dtype=np.int64)
    levels[at - w : at + 1] = p
    for year in range(1, settings.years + 1):
        middle = at - year * settings.season
        levels[middle - w : middle + w + 1] = p
        if p > 1:
            between = settings.season - 2 * w - 1
            sizes = np.full(p - 1, between // (p - 1))
            sizes[: between % (p - 1)] += 1
            start = middle + w + 1
            levels[start : start + between] = np.repeat(np.arange(1, p), sizes)
    return levels


def _design(weeks: Array, levels: npt.NDArray[np.int64], last: int, trend: bool) -> Array:
    others = [level for level in np.unique(levels) if level != last]
    columns = [np.ones(len(weeks)), *[(levels == level).astype(np.float64) for level in others]]
    return np.column_stack([*columns, weeks] if trend else columns)


def _model(counts: Array, weeks: Array, levels: npt.NDArray[np.int64], now: float, settings: FarringtonSettings) -> _Model | None:
    """Return the reweighted fit, without a trend where none is plausible."""
    for trend in (True, False):
        design = _design(weeks - now, levels, settings.periods, trend)
        model = _reweighted(design, counts, settings.weights_threshold)
        if model is None:
            continue
        row = np.zeros(design.shape[1])
        row[0] = 1.0  # the week judged has the last level, and the time is counted from it
        if not trend:
            return _Model(model, row, False)
        plausible = math.exp(float(row @ model.coefficients)) <= counts.max()
        if settings.years >= 3 and plausible and model.p_value(-1) < settings.trend_level:
            return _Model(model, row, True)
    return None


def _reweighted(design: Array, counts: Array, threshold: float) -> Fit | None:
    first = fit(design, counts)
    if first is None:
        return None
    raw = 1.5 * (counts ** (2 / 3) * first.fitted ** (-1 / 6) - np.sqrt(first.fitted))
    spread = np.sqrt(max(first.dispersion, 1.0) * np.maximum(1 - first.leverage, 1e-12))
    residuals = raw / spread
    unusual = residuals > threshold
    weights = np.where(unusual, np.where(unusual, residuals, 1.0) ** -2.0, 1.0)
    return fit(design, counts, weights * len(weights) / weights.sum())


def _verdict(count: float, found: _Model, settings: FarringtonSettings) -> FarringtonWeek:
    model, row = found.fit, found.row
    mean = math.exp(float(row @ model.coefficients))
    dispersion = max(model.dispersion, 1.0)
    if settings.negative_binomial:
        bound, p = _negative_binomial(count, mean, dispersion, settings.alpha)
    else:
        variance = float(row @ model.covariance @ row) * model.relative_dispersion * mean**2
        error = math.sqrt(4 / 9 * mean ** (1 / 3) * (dispersion + variance / mean))
        bound = (mean ** (2 / 3) + float(stats.norm.isf(settings.alpha)) * error) ** 1.5
        p = float(stats.norm.sf((count ** (2 / 3) - mean ** (2 / 3)) / error))
    trend = float(model.coefficients[-1]) if found.trend else None
    score = (count - mean) / (bound - mean) if bound != mean else math.inf if count > mean else 0.0
    return FarringtonWeek(mean, bound, count > bound, p, dispersion, trend, score)


def _negative_binomial(count: float, mean: float, dispersion: float, alpha: float) -> tuple[float, float]:
    """Return the threshold and P(Y >= count) of a negative binomial with this mean, and this variance over mean."""
    if dispersion > 1:
        size, share = mean / (dispersion - 1), 1 / dispersion
        return float(stats.nbinom.ppf(1 - alpha, size, share)), float(stats.nbinom.sf(count - 1, size, share))
    return float(stats.poisson.ppf(1 - alpha, mean)), float(stats.poisson.sf(count - 1, mean))
