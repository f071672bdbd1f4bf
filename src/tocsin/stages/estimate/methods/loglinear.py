"""Fits log-linear models with effects of two lists, chosen stepwise or by BIC.

log E n_x = theta_0 + sum_j theta_j x_j + sum_{j<k} theta_jk x_j x_k; the number unseen is exp(theta_0).
References: Fienberg (1972), Biometrika 59:591-603; Chan, Silverman and Vincent (2021), JRSS A 184:1223-1246.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, pdtr, pdtrc

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.methods.design import Cells, ModelFit, Pair, cells_of, fit_model, why_unfit
from tocsin.stages.estimate.result import DRAWS, Estimate, refusal

Array = NDArray[np.float64]
Selection = Callable[[Cells, Sequence[str]], ModelFit | str]

#: A pair enters while its one-sided Poisson p-value is below this.
THRESHOLD = 0.02
MOST_LISTS = 10
#: Choosing the model anew in every resample takes minutes with more lists than this; then the interval is asymptotic.
MOST_LISTS_RESAMPLED = 5
RESAMPLES = 200
ASYMPTOTIC = "The interval is asymptotic: doubt about which model is right is not in it."
#: A bootstrap with more failed fits than this says nothing about the interval.
FAILED_ALLOWED = 0.1
Z95 = 1.959963984540054


def estimates(table: CaptureTable, seed: int, resamples: int = RESAMPLES) -> list[Estimate]:
    """Estimate the total with a model chosen stepwise, and with the one of the best BIC.

    Args:
        table: at least 3 lists.
        seed: of the bootstrap.
        resamples: bootstrap samples, each with its own choice of model; 0 gives the asymptotic interval.
    """
    if len(lists_in_use(table).lists) > MOST_LISTS_RESAMPLED:
        resamples = 0
    return [_estimate(table, f"stepwise p<{THRESHOLD:g}", stepwise, seed, resamples), _estimate(table, "BIC", best_bic, seed, resamples)]


def with_pairs(table: CaptureTable, pairs: Sequence[tuple[str, str]]) -> Estimate:
    """Estimate the total with the model that has exactly these effects of two lists, or say why it can't be fitted.

    >>> from tocsin.stages.estimate.capture import from_mapping
    >>> sparse = from_mapping("ABC", {"100": 40, "010": 30, "001": 20, "110": 6})  # Chan, Silverman, Vincent, table 2
    >>> "No maximum-likelihood estimate" in with_pairs(sparse, [("A", "B")]).refused
    True
    >>> "not identified" in with_pairs(sparse, [("A", "B"), ("A", "C"), ("B", "C")]).refused
    True
    >>> with_pairs(sparse, [("A", "C")]).refused is None
    True
    """

    def chosen(cells: Cells, names: Sequence[str]) -> ModelFit | str:
        return fit_model(cells, [_indices(pair, names) for pair in pairs], names)

    label = "pairs " + ", ".join(f"{a}-{b}" for a, b in pairs) if pairs else "main effects"
    return _estimate(table, label, chosen, 0, 0)


def stepwise(cells: Cells, names: Sequence[str], threshold: float = THRESHOLD) -> ModelFit | str:
    """Add pairs one by one, lowest p-value first, while it is below `threshold` and the model can be fitted.

    The p-value is the smaller Poisson tail of the number of people on both lists, given the model so far.
    """
    current = fit_model(cells, (), names)
    while not isinstance(current, str):
        candidates = [pair for pair in combinations(range(cells.lists), 2) if pair not in current.pairs]
        ranked = sorted((_p_value(cells, current, pair), pair) for pair in candidates)
        grown = None
        for p_value, pair in ranked:
            if p_value >= threshold:
                break
            grown = _grown(cells, current, pair, names)
            if grown is not None:
                break
        if grown is None:
            return current
        current = grown
    return current


def best_bic(cells: Cells, names: Sequence[str]) -> ModelFit | str:
    """Add or drop the pair that lowers BIC most, until none does."""
    current = fit_model(cells, (), names)
    if isinstance(current, str):
        return current
    while True:
        best = current
        for pair in combinations(range(cells.lists), 2):
            if pair in current.pairs:
                other = fit_model(cells, [p for p in current.pairs if p != pair], names)
            else:
                other = fit_model(cells, [*current.pairs, pair], names)
            if not isinstance(other, str) and other.bic(cells.counts) < best.bic(cells.counts) - 1e-9:
                best = other
        if best is current:
            return current
        current = best


def _grown(cells: Cells, current: ModelFit, pair: Pair, names: Sequence[str]) -> ModelFit | None:
    if why_unfit(cells, tuple(sorted((*current.pairs, pair)))):
        return None
    grown = fit_model(cells, [*current.pairs, pair], names)
    return None if isinstance(grown, str) else grown


def _p_value(cells: Cells, fitted: ModelFit, pair: Pair) -> float:
    both = cells.together(pair)
    seen, expected = float(cells.counts[both].sum()), float(fitted.expected[both].sum())
    return float(min(pdtr(seen, expected), pdtrc(seen - 1, expected) if seen > 0 else 1.0))


def _estimate(table: CaptureTable, settings: str, choose: Selection, seed: int, resamples: int) -> Estimate:
    used = lists_in_use(table)
    why = reason_to_refuse(table)
    if why is None and len(used.lists) > MOST_LISTS:
        why = f"{len(used.lists)} lists have too many histories for this model; {MOST_LISTS} is the most."
    if why is not None:
        return refusal("loglinear", settings, table.documented, why)
    cells = cells_of(used.dense(), len(used.lists))
    fitted = choose(cells, used.lists)
    if isinstance(fitted, str):
        return refusal("loglinear", settings, table.documented, fitted)
    pairs = [f"{used.lists[i]}-{used.lists[j]}" for i, j in fitted.pairs]
    details: dict[str, object] = {"pairs": pairs, "interval": "bootstrap (BCa)" if resamples else "asymptotic"}
    if resamples:
        draws = _bootstrap(cells, used.lists, fitted, choose, np.random.default_rng(seed), resamples)
    else:
        error = float(np.sqrt(fitted.fit.covariance[0, 0]))
        details["interval_of_the_mean"] = [table.documented + fitted.unseen * np.exp(sign * Z95 * error) for sign in (-1, 1)]
        error = float(np.sqrt(error**2 + 1 / max(fitted.unseen, 1e-9)))  # how many were missed is itself a matter of chance
        draws = cells.counts.sum() + fitted.unseen * np.exp(error * ndtri((np.arange(DRAWS) + 0.5) / DRAWS))
    if draws is None:
        why = "In more than a tenth of resampled lists no model could be fitted, so no interval can be given."
        return refusal("loglinear", settings, table.documented, why, details)
    point = table.documented + fitted.unseen
    found = Estimate(
        "loglinear",
        settings,
        table.documented,
        point,
        converged=True,
        draws=draws,
        details=details,
        notes=() if resamples else (ASYMPTOTIC,),
    )
    low, high = (float(q) for q in np.quantile(draws, (0.025, 0.975)))
    if not resamples:
        low, high = (float(table.documented + fitted.unseen * np.exp(sign * Z95 * error)) for sign in (-1, 1))
    return replace(found, low=min(low, point), high=max(high, point))


def _bootstrap(
    cells: Cells, names: Sequence[str], fitted: ModelFit, choose: Selection, rng: np.random.Generator, resamples: int
) -> Array | None:
    """Draw the total by resampling people and choosing the model anew; bias-corrected and accelerated.

    The resamples say how sure the expected number unseen is; how many were in fact missed is a Poisson number around it.
    Reference: Efron (1987), JASA 82:171-185; acceleration from leaving out one person of each history.
    """
    total = round(cells.counts.sum())
    found = []
    for _ in range(resamples):
        counts = rng.multinomial(total, cells.counts / total).astype(np.float64)
        again = choose(Cells(cells.patterns, counts), names)
        if not isinstance(again, str) and again.unseen < 1e6 * total:
            found.append(again.unseen)
    if len(found) < (1 - FAILED_ALLOWED) * resamples:
        return None
    unseen = np.sort(np.array(found))
    bias = float(ndtri(np.clip((unseen < fitted.unseen).mean(), 0.5 / len(unseen), 1 - 0.5 / len(unseen))))
    acceleration = _acceleration(cells, names, choose, fitted.unseen)
    z = ndtri((np.arange(DRAWS) + 0.5) / DRAWS)
    levels = ndtr(bias + (bias + z) / np.maximum(1 - acceleration * (bias + z), 1e-3))
    expected = np.quantile(unseen, np.clip(levels, 0.0, 1.0))
    return np.sort(total + rng.poisson(expected).astype(np.float64))


def _acceleration(cells: Cells, names: Sequence[str], choose: Selection, whole: float) -> float:
    values, weights = [], []
    for index in np.flatnonzero(cells.counts > 0):
        counts = cells.counts.copy()
        counts[index] -= 1
        again = choose(Cells(cells.patterns, counts), names)
        values.append(whole if isinstance(again, str) else again.unseen)
        weights.append(cells.counts[index])
    weight, value = np.array(weights), np.array(values)
    gap = (weight @ value) / weight.sum() - value
    spread = float(weight @ gap**2)
    return float(weight @ gap**3 / (6 * spread**1.5)) if spread > 0 else 0.0


def _indices(pair: tuple[str, str], names: Sequence[str]) -> Pair:
    first, second = sorted((list(names).index(pair[0]), list(names).index(pair[1])))
    return first, second
