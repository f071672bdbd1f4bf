"""Estimates the total from sample coverage: how often a person on one list is also on another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.capture import CaptureTable, capture_table
from tocsin.stages.estimate.checks import lists_in_use, reason_to_refuse
from tocsin.stages.estimate.result import Estimate, refusal

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
        return refusal("coverage", settings, table.documented, "The correction for dependence has no finite solution.", details)
    low, high = (float(np.quantile(draws, q)) for q in (0.025, 0.975))
    notes = () if three else ("This method is not corrected for dependence between the lists.",)
    return Estimate(
        "coverage", settings, table.documented, point, min(low, point), max(high, point), 0.95, True, None, draws, notes, details
    )


def sample_coverage(table: CaptureTable) -> tuple[float, float, float | None]:
    """Return the coverage, the estimate without dependence, and for three lists the one with it (None: no solution)."""
    lists = len(table.lists)
    once = table.times_seen == 1
    unique = table.patterns[once].T.astype(np.int64) @ table.counts[once]
    sizes = table.list_sizes
    coverage = float(1 - (unique / sizes).mean())
    average = table.documented - float(unique.mean())
    plain = max(average / coverage, float(table.documented)) if coverage > 0 else float("inf")
    if lists != 3 or coverage <= 0:
        return coverage, plain, None
    slope, level = 0.0, average
    for j, k, third in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        elsewhere = table.patterns[:, third] == 0
        either = float(table.counts[elsewhere] @ table.patterns[elsewhere][:, [j, k]].sum(axis=1, dtype=np.int64))
        both = float(table.counts[(table.patterns[:, j] & table.patterns[:, k]) == 1].sum())
        slope += either * both / (float(sizes[j]) * float(sizes[k]))
        level -= either / 3
    left = 1 - slope / (3 * coverage)
    return coverage, plain, max(level / coverage / left, float(table.documented)) if left > 0 else None


def _bootstrap(table: CaptureTable, point: float | None, three: bool, seed: int) -> NDArray[np.float64] | None:
    """Draw lists again from a population of the estimated size; None where too many draws have no solution."""
    if point is None or not np.isfinite(point):
        return None
    rng = np.random.default_rng(seed)
    size = round(point)
    shares = np.append(table.counts, size - table.documented) / size
    found = []
    for _ in range(RESAMPLES):
        counts = rng.multinomial(size, shares)[:-1]
        again = capture_table(table.lists, table.patterns, counts)
        if again.documented == 0 or (again.list_sizes == 0).any():
            continue
        _, plain, corrected = sample_coverage(again)
        value = corrected if three else plain
        if value is not None and np.isfinite(value):
            found.append(value)
    if len(found) < 0.9 * RESAMPLES:
        return None
    return np.sort(np.array(found))
