"""Estimates the total from sample coverage: how often a person on one list is also on another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.methods.independence import CHANCE, chance_if_independent
from tocsin.stages.estimate.result import Estimate, refusal

Array = NDArray[np.float64]

#: Below this coverage the correction for dependence is too unstable to be given as an estimate.
ENOUGH_COVERAGE = 0.55
RESAMPLES = 1000


def estimate(table: CaptureTable, seed: int) -> Estimate:
    """Estimate the total from sample coverage; for three lists with a correction for dependence between them.

    C = 1 - (1/J) sum_j u_j / n_j, with u_j the people on list j only and n_j all on it. Without dependence
    N = D / C, D = n - (1/J) sum_j u_j. For three lists, with A_jk = people on j + people on k among those who are
    not on the third list, N solves
    N = D/C + (1/3C) sum_{j<k} A_jk (N n_jk / (n_j n_k) - 1).

    Reference: Chao and Tsay (1998), Biometrics 54:283-293; Chao, Tsay, Lin, Shau and Chao (2001), Statistics in
    Medicine 20:3123-3157, where the hepatitis A lists have C = 51.3% and N = 971.

    >>> from tocsin.stages.estimate.capture import from_mapping
    >>> hepatitis = {"111": 28, "110": 21, "101": 17, "100": 69, "011": 18, "010": 55, "001": 63}
    >>> c, low, high = sample_coverage(from_mapping("PQE", hepatitis))
    >>> round(100 * c, 1), round(high)
    (51.3, 971)

    With more than three lists nothing corrects for dependence, so it is refused where the overlaps of two lists are not those of
    independent lists (`independence.py`, 5%).
    """
    used = lists_in_use(table)
    three = len(used.lists) == 3
    settings = "corrected for dependence" if three else "without correction for dependence"
    why = reason_to_refuse(table)
    if why is not None:
        return refusal("coverage", settings, table.documented, why)
    coverage, plain, corrected = sample_coverage(used)
    details = {"coverage": coverage}
    point = corrected if three else plain
    if coverage < ENOUGH_COVERAGE:
        why = f"Sample coverage is {coverage:.0%}; below {ENOUGH_COVERAGE:.0%} the lists overlap too little for this method."
        return refusal("coverage", settings, table.documented, why, details)
    draws = _bootstrap(used, point, three, seed)
    if point is None or draws is None:
        why = "The correction for dependence has no finite solution." if point is None else "Resampled lists give no stable interval."
        return refusal("coverage", settings, table.documented, why, details)
    why = _not_independent(used)
    if why is not None and not three:
        why = f"{why}, and with more than three lists this method is not corrected for it."
        return refusal("coverage", settings, table.documented, why, details)
    low, high = (float(np.quantile(draws, q)) for q in (0.025, 0.975))
    notes = (f"{why}. The correction is for the first; if the second is so, the total is higher.",) if why else ()
    return Estimate(
        "coverage", settings, table.documented, point, min(low, point), max(high, point), 0.95, True, None, draws, notes, details
    )


def _not_independent(table: CaptureTable) -> str | None:
    """Return that the overlaps are such as independent lists do not show, in plain words; None where nothing shows it."""
    chance = chance_if_independent(table)
    if chance is None or chance >= CHANCE:
        return None
    said = "less than 0.1%" if chance < 0.001 else f"{chance:.1%}"
    return (
        f"The lists depend on each other, or people differ in how visible they are: independent lists overlap like this in {said} of cases"
    )


def sample_coverage(table: CaptureTable) -> tuple[float, float, float | None]:
    """Return the coverage, the estimate without dependence, and for three lists the one with it (None: no solution)."""
    coverage, plain, corrected = _all_at_once(table, table.counts[None, :].astype(np.float64))
    solved = len(table.lists) == 3 and np.isfinite(corrected[0])
    return float(coverage[0]), float(plain[0]), float(corrected[0]) if solved else None


def _all_at_once(table: CaptureTable, counts: Array) -> tuple[Array, Array, Array]:
    """Return coverage, plain and corrected estimate for each row of `counts`; infinity where there is no solution."""
    patterns = table.patterns.astype(np.float64)
    once = table.times_seen == 1
    unique = counts[:, once] @ patterns[once]
    sizes = counts @ patterns
    named = np.maximum(sizes, 1.0)
    lists = np.maximum((sizes > 0).sum(axis=1), 1)
    coverage = 1 - (unique / named).sum(axis=1) / lists
    documented = counts.sum(axis=1)
    average = documented - unique.sum(axis=1) / lists
    covered = np.where(coverage > 0, coverage, np.nan)
    plain = np.nan_to_num(np.maximum(average / covered, documented), nan=np.inf)
    if len(table.lists) != 3:
        return coverage, plain, np.full(len(counts), np.inf)
    slope, level = np.zeros(len(counts)), average.copy()
    for j, k, third in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        elsewhere = patterns[:, third] == 0
        either = counts[:, elsewhere] @ patterns[elsewhere][:, [j, k]].sum(axis=1)
        both = counts @ (patterns[:, j] * patterns[:, k])
        slope += either * both / (named[:, j] * named[:, k])
        level -= either / 3
    left = 1 - slope / (3 * covered)
    corrected = np.maximum(level / covered / np.where(left > 0, left, np.nan), documented)
    return coverage, plain, np.nan_to_num(corrected, nan=np.inf)


def _bootstrap(table: CaptureTable, point: float | None, three: bool, seed: int) -> Array | None:
    """Draw lists again from a population of the estimated size; None where too many draws have no solution."""
    if point is None or not np.isfinite(point):
        return None
    size = round(point)
    shares = np.append(table.counts, max(size - table.documented, 0)) / max(size, table.documented)
    counts = np.random.default_rng(seed).multinomial(size, shares, RESAMPLES)[:, :-1].astype(np.float64)
    _, plain, corrected = _all_at_once(table, counts)
    found = corrected if three else plain
    found = np.sort(found[np.isfinite(found)])
    return found if len(found) >= 0.9 * RESAMPLES else None
