"""Runs one sweep over a range of components and keeps what the next step needs: labels, co-clustering, levels against centres."""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.kernels import EXACT_UP_TO, damped, exact_draw, next_uniform, stream
from tocsin.stages.link.moves import gibbs_scan, split_merge


@njit(cache=True, nogil=True)
def sweep_range(  # type: ignore[no-untyped-def]
    first, last, starts, blocks, levels, added, known, files, judged, judged_starts, close, close_starts,
    weights, prior, patterns, temper, seed, sweep, label, together, seen, keep,
):  # fmt: skip
    """Draw new partitions for components first..last-1; all arrays are laid out component by component."""
    fields = weights.shape[0]
    for c in range(first, last):
        a, b = starts[c], starts[c + 1]
        k = b - a
        w = component_weights(levels, added, blocks[c], weights, k)
        state = stream(seed, sweep, c)
        inner = judged[judged_starts[c] : judged_starts[c + 1]]
        if k <= EXACT_UP_TO:
            exact_draw(w, known[a:b], files[a:b], inner, prior, patterns, temper, state, label[a:b])
        else:
            pairs = close[close_starts[c] : close_starts[c + 1]]
            wander(w, known[a:b], files[a:b], inner, prior, patterns, temper, state, label[a:b], pairs)
        tally(w, known[a:b], levels, blocks[c], label[a:b], seen, prior[6, 0])
        if keep:
            for i in range(k):
                for j in range(i + 1, k):
                    if label[a + i] == label[a + j]:
                        together[blocks[c] + i * k + j] += 1
    return fields


@njit(cache=True, nogil=True)
def wander(w, known, files, judged, prior, patterns, temper, state, label, pairs):  # type: ignore[no-untyped-def]
    """Move a large component: two Gibbs scans around as many split-merge steps as twice its records."""
    k = label.shape[0]
    gibbs_scan(w, known, files, judged, prior, patterns, temper, state, label)
    if pairs.shape[0] > 0:
        for _ in range(2 * k):
            state_pick = int(pairs.shape[0] * next_uniform(state))
            split_merge(w, known, files, judged, prior, patterns, temper, state, label, pairs[state_pick, 0], pairs[state_pick, 1])
    gibbs_scan(w, known, files, judged, prior, patterns, temper, state, label)


@njit(cache=True, nogil=True)
def component_weights(levels, added, block, weights, k):  # type: ignore[no-untyped-def]
    """Return the weight of each comparison of each two records of one component."""
    fields = weights.shape[0]
    w = np.zeros((fields, k, k))
    for i in range(k):
        for j in range(i + 1, k):
            at = block + i * k + j
            for f in range(fields):
                level = levels[at, f]
                if level >= 0:
                    value = weights[f, level] + added[at, f]
                    w[f, i, j] = value
                    w[f, j, i] = value
    return w


@njit(cache=True, nogil=True)
def tally(w, known, levels, block, label, seen, slope):  # type: ignore[no-untyped-def]
    """Count, for each comparison, the levels between a cluster's centre and its other records."""
    k = label.shape[0]
    for f in range(w.shape[0]):
        for slot in range(k):
            centre, best = -1, -np.inf
            for a in range(k):
                if label[a] != slot or not known[a, f]:
                    continue
                good, bad = 0.0, 0.0
                for r in range(k):
                    if label[r] == slot:
                        good += max(w[f, r, a], 0.0)
                        bad += min(w[f, r, a], 0.0)
                total = damped(good, bad, slope)
                if total > best:
                    best, centre = total, a
            if centre < 0:
                continue
            for r in range(k):
                if label[r] == slot and r != centre:
                    low, high = min(r, centre), max(r, centre)
                    level = levels[block + low * k + high, f]
                    if level >= 0:
                        seen[f, level] += 1
