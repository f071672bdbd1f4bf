"""Gives a lower bound of the total from the people who are on one list only and on exactly two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.methods.poisson import PoissonFit, fit_poisson
from tocsin.stages.estimate.result import DRAWS, Estimate, refusal

Array = NDArray[np.float64]

#: Above this many lists the bound with a rate for each list is not fitted: 2^J cells.
MOST_LISTS = 12
NOTE = "A lower bound: the total is at least about this, and may be far above it."


def bounds(table: CaptureTable) -> list[Estimate]:
    """Return the bound that allows each list its own rate, then the two with equal rates."""
    return [unequal_rates(table), equal_rates(table, occasions=True), equal_rates(table, occasions=False)]


def unequal_rates(table: CaptureTable) -> Estimate:
    """Bound the total from below when lists differ in reach and people in visibility.

    A Poisson log-linear model with one rate for each list, and one free term for each number of lists above two,
    so that only people on one or two lists decide the intercept; negative free terms are left out one by one.
    log E n_x = theta_0 + sum theta_j x_j + sum_{l >= 2} eta_l max(0, |x| - l), eta_l >= 0; N >= n + exp(theta_0).

    Reference: Rivest and Baillargeon (2007), Biometrics 63:999-1006 (model Mth, Chao); Rcapture gives
    8,591 (s.e. 214) on the four Kosovo lists of Ball et al. 2002.
    """
    settings = "lower bound, a rate for each list"
    used = lists_in_use(table)
    why = reason_to_refuse(table)
    if why is None and len(used.lists) > MOST_LISTS:
        why = f"{len(used.lists)} lists have too many histories for this model; {MOST_LISTS} is the most."
    fitted = None if why else _fit(used)
    if why is None and fitted is None:
        why = "The model does not fit these lists: too few people are on exactly two of them."
    if why is not None or fitted is None:
        return refusal("chao", settings, table.documented, why or "")
    unseen = float(np.exp(fitted.coefficients[0]))
    if unseen > 1e6 * table.documented:
        return refusal("chao", settings, table.documented, "The fitted number of unseen people has no limit.")
    variance = unseen + unseen**2 * float(fitted.covariance[0, 0])
    return _answer(settings, table.documented, unseen, variance)


def _fit(table: CaptureTable) -> PoissonFit | None:
    lists = len(table.lists)
    histories = np.arange(1, 1 << lists)
    patterns = (histories[:, None] >> np.arange(lists)) & 1
    times = patterns.sum(axis=1)
    counts = table.dense()[1:].astype(np.float64)
    free = list(range(2, lists))
    while True:
        extra = np.maximum(0, times[:, None] - np.array(free, dtype=np.int64)[None, :])
        design = np.hstack([np.ones((len(times), 1)), patterns, extra]).astype(np.float64)
        fitted = fit_poisson(design, counts)
        terms = fitted.coefficients[1 + lists :] if fitted is not None else np.array([-np.inf] * bool(free))
        if len(terms) == 0 or (fitted is not None and terms.min() >= 0):
            return fitted
        free.pop(int(np.argmin(terms)) if fitted is not None else -1)


def equal_rates(table: CaptureTable, *, occasions: bool) -> Estimate:
    """Bound the total from below with the bias-corrected formula of Chao.

    N >= n + f1 (f1 - 1) / (2 (f2 + 1)), with f_k the number of people on exactly k lists; with `occasions` the
    added term is multiplied by (J - 1) / J, which a small number J of lists with equal rates calls for.

    Reference: Chao (1987), Biometrics 43:783-791; variance of the bias-corrected form from Chao (2005).

    >>> from tocsin.stages.estimate.capture import from_mapping
    >>> once, twice, thrice = {"100": 15, "010": 5, "001": 5}, {"110": 12, "011": 10}, {"111": 21}
    >>> found = equal_rates(from_mapping("ABC", once | twice | thrice), occasions=False)
    >>> round(found.median, 2)  # 68 + 25 x 24 / (2 x 23): f1 = 25 and f2 = 22, as for the 68 snowshoe hares
    81.04
    """
    lists = len(lists_in_use(table).lists)
    factor = (lists - 1) / lists if occasions and lists else 1.0
    settings = "lower bound, equal rates, bias-corrected" + (", times (J-1)/J" if occasions else "")
    why = reason_to_refuse(table)
    if why is not None:
        return refusal("chao", settings, table.documented, why)
    f1 = float(table.counts[table.times_seen == 1].sum())
    f2 = float(table.counts[table.times_seen == 2].sum())
    unseen = factor * f1 * (f1 - 1) / (2 * (f2 + 1))
    variance = _variance(f1, f2, factor, unseen, table.documented)
    return _answer(settings, table.documented, max(unseen, 0.0), variance)


def _variance(f1: float, f2: float, factor: float, unseen: float, documented: int) -> float:
    """Return the variance of the bias-corrected bound; without anyone seen twice a term stands in for it."""
    a = factor
    first = a * f1 * (f1 - 1) / (2 * (f2 + 1))
    second = a**2 * f1 * (2 * f1 - 1) ** 2 / (4 * (f2 + 1) ** 2)
    third = a**2 * f1**2 * f2 * (f1 - 1) ** 2 / (4 * (f2 + 1) ** 4)
    if f2 > 0:
        return first + second + third
    return max(first + second - a**2 * f1**4 / (4 * max(documented + unseen, 1.0)), 0.0)


def _answer(settings: str, documented: int, unseen: float, variance: float) -> Estimate:
    """Return the bound with an interval that is log-normal in the number unseen, so that it never falls below n."""
    if unseen <= 0:
        flat = np.full(DRAWS, float(documented))
        return Estimate("chao", settings, documented, documented, documented, documented, converged=True, draws=flat, notes=(NOTE,))
    spread = float(np.sqrt(np.log1p(variance / unseen**2)))
    draws = documented + unseen * np.exp(spread * _normal_quantiles(DRAWS))
    factor = float(np.exp(1.959963984540054 * spread))
    low, high = documented + unseen / factor, documented + unseen * factor
    return Estimate("chao", settings, documented, documented + unseen, low, high, converged=True, draws=draws, notes=(NOTE,))


def _normal_quantiles(count: int) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(count) + 0.5) / count))
