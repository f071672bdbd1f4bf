"""Weighs whether two clusters that no candidate joins are one person after all.

Compiled with Numba; the weights and the words are those of `kernels.py`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Added, Flags, Floats, Ints, Levels
from tocsin.stages.link.kernels import likelihood, prior_with_patterns
from tocsin.stages.link.sweeps import component_odds


@njit(cache=True, nogil=True)
def joining_odds(
    couples: tuple[Ints, Ints, Ints, Ints, Ints], compared: tuple[Levels, Added, Flags, Ints], state: tuple[Floats, Floats, Floats, float]
) -> Floats:
    """Return, for each couple of clusters, three log odds against leaving both as they are.

    Couple q holds the records starts[q]..starts[q + 1] - 1; the first `first_sizes[q]` of them are one cluster, the others the second.
    `left[q]` is a record in the first, `right[q]` one in the second. Column 0: both clusters are one; column 1: the left record alone
    belongs to the second cluster; column 2: the right record alone belongs to the first. `couples` is (starts, blocks, first_sizes, left,
    right), `compared` is (levels, added, known, files), `state` is (weights, prior, patterns, temper).
    """
    starts, blocks, first_sizes, left, right = couples
    levels, added, known, files = compared
    count = starts.shape[0] - 1
    odds = np.full((count, 3), -np.inf)
    for q in range(count):
        a, b = starts[q], starts[q + 1]
        k, n = b - a, first_sizes[q]
        factors, _ = component_odds(levels, added, blocks[q], state[0], k)
        says = np.ascontiguousarray(known[a:b].T)
        weight = np.zeros(7)
        for case in range(7):
            inside = those(case, k, n, left[q], right[q])
            weight[case] = weigh_cluster(inside, factors, says, files[a:b], state)
        apart = weight[0] + weight[1]
        odds[q, 0] = weight[2] - apart
        if n > 1:
            odds[q, 1] = weight[3] + weight[4] - apart
        if k - n > 1:
            odds[q, 2] = weight[5] + weight[6] - apart
    return odds


@njit(cache=True, nogil=True)
def those(case: int, k: int, n: int, left: int, right: int) -> Flags:
    """Return which records a case holds: the first cluster, the second, both; first less left, second with it; second less right, first with it."""
    inside = np.zeros(k, np.bool_)
    if case in (0, 2, 3, 6):
        inside[:n] = True
    if case in (1, 2, 4, 5):
        inside[n:] = True
    if case == 3 or case == 4:
        inside[left] = case == 4
    if case == 5 or case == 6:
        inside[right] = case == 6
    return inside


@njit(cache=True, nogil=True)
def weigh_cluster(inside: Flags, factors: Floats, says: Flags, files: Ints, state: tuple[Floats, Floats, Floats, float]) -> float:
    """Return log psi of the records that are `inside`; 0 for none."""
    _, prior, patterns, temper = state
    members = np.flatnonzero(inside)
    n, k = members.shape[0], inside.shape[0]
    if n == 0:
        return 0.0
    held = np.zeros(prior.shape[1], np.int64)
    for r in members:
        held[files[r]] += 1
    total = prior_with_patterns(held, prior, patterns)
    if n > 1:
        total += temper * likelihood(factors, says, members, n, np.empty((k, k)), np.empty(k, np.int64))
    return total
