"""Draws partitions of one component: exactly where it is small, by Gibbs and split-merge moves where it is large.

Compiled with Numba. A component of k records has, for each of F comparisons, a k x k block of weights `w[f, i, j]` (0 where one of
the two is missing). The weight of a set of records is, with the entity-centred (hit-miss) form of Copas and Hilton (1990),

    log psi(c) = prior(c) + temper * sum_f max_{a in c, f known} ( P_f(a) - damp(N_f(a)) ) + judgements inside c,

P and N the sums of the positive and the negative weights between a and the others of c. `damp(x)` is x up to FULL and grows slowly
beyond where lists repeat a person often: there the same departure from the centre returns because it was copied, and is no new evidence.
For two records psi is the Fellegi-Sunter weight. Random numbers come from a stream of their own for each component
and sweep (SplitMix64), so that no result depends on the number of threads.
"""

from __future__ import annotations

import numpy as np
from numba import njit

EXACT_UP_TO = 10
SMALL_SPLIT = 8
NEVER = -1e9
#: Disagreement in one comparison of one cluster counts in full up to this many nats, and by the slope in prior[6, 0] beyond.
FULL = 4.0


@njit(cache=True, nogil=True)
def damped(positive, negative, slope):  # type: ignore[no-untyped-def]
    """Return what one comparison says for a centre: agreement, less disagreement with its repetitions damped by `slope`."""
    if negative < -FULL:
        return positive - FULL + slope * (negative + FULL)
    return positive + negative


@njit(cache=True, nogil=True, inline="never")
def next_uniform(state):  # type: ignore[no-untyped-def]
    """Return the next number in (0, 1) of the stream `state` (SplitMix64; Steele, Lea, Flood 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (np.float64(z >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def stream(seed, sweep, component):  # type: ignore[no-untyped-def]
    """Return the state of the stream that belongs to this seed, sweep and component."""
    state = np.empty(1, np.uint64)
    state[0] = np.uint64(seed) * np.uint64(0xD1342543DE82EF95) + np.uint64(sweep) * np.uint64(0xDABA0B6EB09322E3)
    next_uniform(state)
    state[0] ^= np.uint64(component + 1) * np.uint64(0xA0761D6478BD642F)
    next_uniform(state)
    return state


@njit(cache=True, nogil=True)
def prior_of(counts, prior):  # type: ignore[no-untyped-def]
    """Return the log prior of a cluster with `counts[l]` records of each list.

    prior rows: 0 log chance that a list holds the person, 1 that it does not, 2 log of repeats, 3 repeats expected,
    4 whether the list is free of duplicates; row 5 begins with log lambda, row 6 with the slope of `damped`.
    The inclusion pattern counts by list here; where few lists allow it, its own table is added by `pattern_of`.
    """
    total = prior[5, 0]
    for place in range(counts.shape[0]):
        held = counts[place]
        if held == 0:
            total += prior[1, place]
        else:
            if held > 1 and prior[4, place] > 0:
                return NEVER
            total += prior[0, place] + np.log(held) + (held - 1) * prior[2, place] - prior[3, place]
    return total


@njit(cache=True, nogil=True)
def prior_with_patterns(counts, prior, patterns):  # type: ignore[no-untyped-def]
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
def exact_draw(w, known, files, judged, prior, patterns, temper, state, label):  # type: ignore[no-untyped-def]
    """Draw one partition of at most EXACT_UP_TO records from its exact distribution, into `label`.

    Z(S) = sum over T in S that hold the top record of S of psi(T) Z(S without T); then sets are drawn from the top.
    """
    k = known.shape[0]
    full = (1 << k) - 1
    psi = subset_weights(w, known, files, judged, prior, patterns, temper)
    z = np.full(full + 1, -np.inf)
    z[0] = 0.0
    for s in range(1, full + 1):
        if s >= (1 << (k - 1)) and s != full:
            continue
        z[s] = log_sum(s, psi, z)
    rest, cluster = full, 0
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
        for r in range(k):
            if (chosen >> r) & 1:
                label[r] = cluster
        cluster += 1
        rest ^= chosen
    return z[full]


@njit(cache=True, nogil=True)
def highest(s):  # type: ignore[no-untyped-def]
    """Return the place of the highest bit of `s`."""
    top = 0
    while s > 1:
        s >>= 1
        top += 1
    return top


@njit(cache=True, nogil=True)
def log_sum(s, psi, z):  # type: ignore[no-untyped-def]
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
def subset_weights(w, known, files, judged, prior, patterns, temper):  # type: ignore[no-untyped-def]
    """Return log psi of every subset of a small set of records."""
    fields, k = w.shape[0], w.shape[1]
    size = 1 << k
    psi = np.zeros(size)
    best = np.empty(size)
    held = np.zeros(prior.shape[1], np.int64)
    for f in range(fields):
        best[:] = -np.inf
        for a in range(k):
            if not known[a, f]:
                continue
            good, bad = np.zeros(size), np.zeros(size)
            for s in range(1, size):
                low = 0
                while not (s >> low) & 1:
                    low += 1
                rest, weight = s & (s - 1), w[f, low, a]
                good[s] = good[rest] + max(weight, 0.0)
                bad[s] = bad[rest] + min(weight, 0.0)
                if (s >> a) & 1:
                    best[s] = max(best[s], damped(good[s], bad[s], prior[6, 0]))
        for s in range(1, size):
            if best[s] > -np.inf:
                psi[s] += temper * best[s]
    for s in range(1, size):
        held[:] = 0
        for r in range(k):
            if (s >> r) & 1:
                held[files[r]] += 1
        psi[s] += prior_with_patterns(held, prior, patterns)
        for row in range(judged.shape[0]):
            if (s >> int(judged[row, 0])) & 1 and (s >> int(judged[row, 1])) & 1:
                psi[s] += judged[row, 2]
    return psi
