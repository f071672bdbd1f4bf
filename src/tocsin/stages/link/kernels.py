"""Draws partitions of one component: exactly where it is small, by Gibbs and split-merge moves where it is large.

Compiled with Numba. A component of k records has, for each of F comparisons, a k x k block of Bayes factors `odds[f, i, j]`, m/u of
the level with the rarity of the value. What one comparison says for a cluster c is a sum over all trees that could join its
records, each record a copy of its neighbour in the tree, by the matrix-tree theorem (Kirchhoff 1847; Meila and Jaakkola 2006):

    log psi(c) = prior(c) + temper * sum_f log( sum over trees T of c  prod over edges (a, b) of T  odds[f, a, b] / |c|^(|c|-2) ) + judgements

with c restricted to the records that say anything in f. For two records this is the Fellegi-Sunter weight; k equal values count k-1
times; a coincidence that two persons share counts once; a value that a person bears besides another (a second address, a
nickname) costs once, however often it was copied. Random numbers come from a stream of their own for each component and sweep
(SplitMix64), so that no result depends on the number of threads.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Bits, Flags, Floats, Ints

EXACT_UP_TO = 9
SMALL_SPLIT = 6
NEVER = -1e9
#: Products outside of these are carried on as logarithms.
SMALL, LARGE = 1e-120, 1e120


@njit(cache=True, nogil=True)
def tree_sum(odds: Floats, known: Flags, members: Ints, n: int, work: Floats, place: Ints) -> tuple[float, float]:
    """Return the mean over all trees that join those of the `n` members that are `known`, of the product of their odds.

    It is a factor and the log of another, so that neither overflows. Records are eliminated one by one as in a star-mesh transform:
    nothing is subtracted, so nothing cancels.
    """
    size = 0
    for a in range(n):
        if known[members[a]]:
            place[size] = members[a]
            size += 1
    if size < 2:
        return 1.0, 0.0
    if size == 2:
        return odds[place[0], place[1]], 0.0
    if size == 3:
        one, two, three = odds[place[0], place[1]], odds[place[0], place[2]], odds[place[1], place[2]]
        return (one * two + one * three + two * three) / 3.0, 0.0
    for a in range(1, size):
        for b in range(a):
            work[a, b] = odds[place[a], place[b]]
    product, total = 1.0, 0.0
    for v in range(size - 1, 0, -1):
        strength = 0.0
        for b in range(v):
            strength += work[v, b]
        for a in range(1, v):
            share = work[v, a] / strength
            for b in range(a):
                work[a, b] += share * work[v, b]
        product *= strength
        if product > LARGE or product < SMALL:
            total += np.log(product)
            product = 1.0
    return product, total - (size - 2) * np.log(size)


@njit(cache=True, nogil=True)
def likelihood(odds: Floats, known: Flags, members: Ints, n: int, work: Floats, place: Ints) -> float:
    """Return the log likelihood ratio of one cluster: what all comparisons say, added."""
    product, total = 1.0, 0.0
    for f in range(odds.shape[0]):
        factor, log = tree_sum(odds[f], known[f], members, n, work, place)
        product *= factor
        total += log
        if product > LARGE or product < SMALL:
            total += np.log(product)
            product = 1.0
    return total + np.log(product)


@njit(cache=True, nogil=True, inline="never")
def next_uniform(state: Bits) -> float:
    """Return the next number in (0, 1) of the stream `state` (SplitMix64; Steele, Lea, Flood 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (np.float64(z >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def stream(seed: int, sweep: int, component: int) -> Bits:
    """Return the state of the stream that belongs to this seed, sweep and component."""
    state = np.empty(1, np.uint64)
    state[0] = np.uint64(seed) * np.uint64(0xD1342543DE82EF95) + np.uint64(sweep) * np.uint64(0xDABA0B6EB09322E3)
    next_uniform(state)
    state[0] ^= np.uint64(component + 1) * np.uint64(0xA0761D6478BD642F)
    next_uniform(state)
    return state


@njit(cache=True, nogil=True)
def prior_of(counts: Ints, prior: Floats) -> float:
    """Return the log prior of a cluster with `counts[l]` records of each list.

    prior rows: 0 log chance that a list holds the person, 1 that it does not, 2 log of repeats, 3 repeats expected,
    4 whether the list is free of duplicates; row 5 begins with log lambda.
    The inclusion pattern counts by list here; where few lists allow it, its own table is added by `pattern_of`.
    """
    total = prior[5, 0]
    for place in range(counts.shape[0]):
        held = counts[place]
        if held == 0:
            total += prior[1, place]
        else:
            total += prior[0, place] - prior[3, place]
            if held > 1:
                if prior[4, place] > 0:
                    return NEVER
                total += np.log(held) + (held - 1) * prior[2, place]
    return total


@njit(cache=True, nogil=True)
def prior_with_patterns(counts: Ints, prior: Floats, patterns: Floats) -> float:
    """Return the log prior of a cluster; `patterns` holds the log chance of each inclusion pattern, or is empty."""
    total = prior_of(counts, prior)
    if patterns.shape[0] > 0:
        mask = 0
        for place in range(counts.shape[0]):
            if counts[place] > 0:
                mask |= 1 << place
        total += patterns[mask]
    return total


@njit(cache=True, nogil=True)
def exact_draw(
    odds: Floats, known: Flags, files: Ints, judged: Floats, prior: Floats, patterns: Floats, temper: float, state: Bits, label: Ints
) -> float:
    """Draw one partition of at most EXACT_UP_TO records from its exact distribution, into `label`; return log Z."""
    psi = subset_weights(odds, known, files, judged, prior, patterns, temper)
    z = partition_sums(psi, label.shape[0])
    draw_from(psi, z, state, label)
    return z[-1]


@njit(cache=True, nogil=True)
def partition_sums(psi: Floats, k: int) -> Floats:
    """Return log Z(S) for the subsets that drawing needs: Z(S) = sum over T in S that hold the top record of S of psi(T) Z(S without T)."""
    full = (1 << k) - 1
    z = np.full(full + 1, -np.inf)
    z[0] = 0.0
    for s in range(1, full + 1):
        if s >= (1 << (k - 1)) and s != full:
            continue
        z[s] = log_sum(s, psi, z)
    return z


@njit(cache=True, nogil=True)
def draw_from(psi: Floats, z: Floats, state: Bits, label: Ints) -> None:
    """Draw one partition into `label`: the cluster of the top record, then that of the top record of the rest, and so on."""
    rest, cluster = z.shape[0] - 1, 0
    while rest:
        top = highest(rest)
        others = rest ^ (1 << top)
        target = next_uniform(state)
        reached, chosen = 0.0, 0
        t = others
        while True:
            subset = t | (1 << top)
            reached += np.exp(psi[subset] + z[rest ^ subset] - z[rest])
            chosen = subset
            if reached >= target or t == 0:
                break
            t = (t - 1) & others
        for r in range(label.shape[0]):
            if (chosen >> r) & 1:
                label[r] = cluster
        cluster += 1
        rest ^= chosen


@njit(cache=True, nogil=True)
def highest(s: int) -> int:
    """Return the place of the highest bit of `s`."""
    top = 0
    while s > 1:
        s >>= 1
        top += 1
    return top


@njit(cache=True, nogil=True)
def log_sum(s: int, psi: Floats, z: Floats) -> float:
    """Return log Z(s) from psi and the smaller Z."""
    top = 1 << highest(s)
    others = s ^ top
    largest = -np.inf
    t = others
    while True:
        value = psi[t | top] + z[s ^ (t | top)]
        if value > largest:
            largest = value
        if t == 0:
            break
        t = (t - 1) & others
    total = 0.0
    t = others
    while True:
        total += np.exp(psi[t | top] + z[s ^ (t | top)] - largest)
        if t == 0:
            break
        t = (t - 1) & others
    return largest + np.log(total)


@njit(cache=True, nogil=True)
def subset_weights(odds: Floats, known: Flags, files: Ints, judged: Floats, prior: Floats, patterns: Floats, temper: float) -> Floats:
    """Return log psi of every subset of a small set of records."""
    k = odds.shape[1]
    size = 1 << k
    psi = np.zeros(size)
    held = np.zeros(prior.shape[1], np.int64)
    members, place, work = np.empty(k, np.int64), np.empty(k, np.int64), np.empty((k, k))
    for s in range(1, size):
        held[:] = 0
        n = 0
        for r in range(k):
            if (s >> r) & 1:
                held[files[r]] += 1
                members[n] = r
                n += 1
        psi[s] = prior_with_patterns(held, prior, patterns)
        if n > 1 and psi[s] > NEVER / 2:
            psi[s] += temper * likelihood(odds, known, members, n, work, place)
        for row in range(judged.shape[0]):
            if (s >> int(judged[row, 0])) & 1 and (s >> int(judged[row, 1])) & 1:
                psi[s] += judged[row, 2]
    return psi
