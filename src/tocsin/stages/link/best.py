"""Finds the best single clustering from draws: the partition that agrees with them most often, pair by pair."""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Codes, Flags, Floats, Ints


@njit(cache=True, nogil=True)
def best_partition(gain: Floats, label: Ints) -> None:
    """Improve `label` by single moves until no record gains; `gain[i, j]` is what holding i and j together is worth.

    With gain = co-clustering share - 1/2 the optimum minimises the expected number of pairs wrongly joined or
    parted (Binder 1978), so a chain of weak links is never followed.
    """
    k = label.shape[0]
    score = np.zeros(k)
    for _ in range(50):
        moved = False
        for j in range(k):
            score[:] = 0.0
            size = 0
            for r in range(k):
                if r != j:
                    score[label[r]] += gain[j, r]
                    size += label[r] == label[j]
            chosen, top = label[j], score[label[j]] + 1e-9
            for slot in range(k):
                if score[slot] > top:
                    top, chosen = score[slot], slot
            if top < 0 and size > 0:
                used = np.zeros(k, np.bool_)
                for r in range(k):
                    used[label[r]] = True
                for slot in range(k):
                    if not used[slot]:
                        chosen = slot
                        break
            if chosen != label[j]:
                label[j] = chosen
                moved = True
        if not moved:
            break


@njit(cache=True, nogil=True)
def total_gain(gain: Floats, label: Ints) -> float:
    """Return what a partition is worth."""
    total = 0.0
    for i in range(label.shape[0]):
        for j in range(i + 1, label.shape[0]):
            if label[i] == label[j]:
                total += gain[i, j]
    return total


@njit(cache=True, nogil=True)
def best_range(
    first: int,
    last: int,
    starts: Ints,
    blocks: Ints,
    together: Codes,
    kept: float,
    files: Ints,
    single: Flags,
    judged: Floats,
    judged_starts: Ints,
    drawn: Ints,
    label: Ints,
) -> None:
    """Write the best partition of components first..last-1 into `label`; starts from the last draw and from singles."""
    for c in range(first, last):
        a, b = starts[c], starts[c + 1]
        k = b - a
        gain = np.zeros((k, k))
        for i in range(k):
            for j in range(i + 1, k):
                value = together[blocks[c] + i * k + j] / kept - 0.5
                if files[a + i] == files[a + j] and single[files[a + i]]:
                    value = -1e6
                gain[i, j], gain[j, i] = value, value
        for row in range(judged_starts[c], judged_starts[c + 1]):
            i, j = int(judged[row, 0]), int(judged[row, 1])
            value = 1e6 if judged[row, 2] > 0 else -1e6
            gain[i, j], gain[j, i] = value, value
        one = drawn[a:b].copy()
        best_partition(gain, one)
        two = np.arange(k)
        best_partition(gain, two)
        label[a:b] = one if total_gain(gain, one) >= total_gain(gain, two) else two
