"""Runs one sweep over a range of components and keeps what the next step needs: labels, co-clustering, levels against centres."""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Added, Bits, Codes, Flags, Floats, Ints, Levels
from tocsin.stages.link.kernels import EXACT_UP_TO, draw_from, next_uniform, partition_sums, stream, subset_weights
from tocsin.stages.link.moves import gibbs_scan, memory, split_merge


@njit(cache=True, nogil=True)
def sweep_range(
    first: int,
    last: int,
    starts: Ints,
    blocks: Ints,
    levels: Levels,
    added: Added,
    known: Flags,
    files: Ints,
    judged: Floats,
    judged_starts: Ints,
    close: Ints,
    close_starts: Ints,
    weights: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    seed: int,
    sweep: int,
    label: Ints,
    kept: Codes,
    together: Codes,
    seen: Ints,
) -> None:
    """Draw new partitions for components first..last-1 into `label`, and as many as `kept` has rows into its rows.

    All arrays are laid out component by component.
    """
    rows = kept.shape[0]
    for c in range(first, last):
        a, b = starts[c], starts[c + 1]
        k = b - a
        odds, total = component_odds(levels, added, blocks[c], weights, k)
        state = stream(seed, sweep, c)
        seen_by = np.ascontiguousarray(known[a:b].T)
        inner = judged[judged_starts[c] : judged_starts[c + 1]]
        small = k <= EXACT_UP_TO
        psi = subset_weights(odds, seen_by, files[a:b], inner, prior, patterns, temper) if small else np.empty(0)
        z = partition_sums(psi, k) if small else psi
        pairs = close[close_starts[c] : close_starts[c + 1]]
        remembered = memory(0 if small else k, 0 if small else pairs.shape[0])
        for row in range(max(1, rows)):
            if small:
                draw_from(psi, z, state, label[a:b])
            else:
                wander(odds, total, seen_by, files[a:b], inner, prior, patterns, temper, state, label[a:b], pairs, remembered)
            if rows > 0:
                kept[row, a:b] = label[a:b]
                hold_together(label[a:b], together, blocks[c])
        tally(odds, seen_by, levels, blocks[c], label[a:b], seen)


@njit(cache=True, nogil=True)
def hold_together(label: Ints, together: Codes, block: int) -> None:
    """Count each pair of records that one cluster holds."""
    k = label.shape[0]
    for i in range(k):
        for j in range(i + 1, k):
            if label[i] == label[j]:
                together[block + i * k + j] += 1


@njit(cache=True, nogil=True)
def wander(
    odds: Floats,
    total: Floats,
    known: Flags,
    files: Ints,
    judged: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    state: Bits,
    label: Ints,
    pairs: Ints,
    remembered: tuple[Bits, Bits, Floats, Bits, Floats],
) -> None:
    """Move a large component: a Gibbs step for every record, then a split-merge step for every two records."""
    gibbs_scan(odds, total, known, files, judged, prior, patterns, temper, state, label, remembered)
    if pairs.shape[0] > 0:
        for _ in range((label.shape[0] + 1) // 2):
            at = int(pairs.shape[0] * next_uniform(state))
            split_merge(odds, known, files, judged, prior, patterns, temper, state, label, pairs, at, remembered)


@njit(cache=True, nogil=True)
def component_odds(levels: Levels, added: Added, block: int, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Return the Bayes factor of each comparison of each two records of one component, and their log over all comparisons."""
    fields = weights.shape[0]
    odds = np.ones((fields, k, k))
    total = np.zeros((k, k))
    for i in range(k):
        for j in range(i + 1, k):
            at = block + i * k + j
            for f in range(fields):
                level = levels[at, f]
                if level >= 0:
                    weight = weights[f, level] + added[at, f]
                    total[i, j] += weight
                    odds[f, i, j] = np.exp(weight)
                    odds[f, j, i] = odds[f, i, j]
            total[j, i] = total[i, j]
    return odds, total


@njit(cache=True, nogil=True)
def tally(odds: Floats, known: Flags, levels: Levels, block: int, label: Ints, seen: Ints) -> None:
    """Count, for each comparison, the levels along the likeliest tree that joins the records of each cluster (Prim 1957)."""
    k = label.shape[0]
    best, nearest = np.empty(k), np.empty(k, np.int64)
    for f in range(odds.shape[0]):
        for root in range(k):
            if not known[f, root] or not first_known(known[f], label, root):
                continue
            for r in range(root + 1, k):
                inside = label[r] == label[root] and known[f, r]
                best[r] = odds[f, root, r] if inside else -1.0
                nearest[r] = root
            while True:
                taken, top = -1, 0.0
                for r in range(root + 1, k):
                    if best[r] > top:
                        taken, top = r, best[r]
                if taken < 0:
                    break
                low, high = min(taken, nearest[taken]), max(taken, nearest[taken])
                level = levels[block + low * k + high, f]
                if level >= 0:
                    seen[f, level] += 1
                best[taken] = -1.0
                for r in range(root + 1, k):
                    if best[r] > 0 and odds[f, taken, r] > best[r]:
                        best[r] = odds[f, taken, r]
                        nearest[r] = taken


@njit(cache=True, nogil=True)
def first_known(known: Flags, label: Ints, root: int) -> bool:
    """Return whether no earlier record of the cluster of `root` says anything."""
    return not np.any((label[:root] == label[root]) & known[:root])
