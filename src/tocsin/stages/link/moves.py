"""Moves through the partitions of one large component: Gibbs steps for records, split-merge steps for clusters.

Compiled with Numba; the weights and the words are those of `kernels.py`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Bits, Flags, Floats, Ints
from tocsin.stages.link.kernels import NEVER, SMALL_SPLIT, likelihood, next_uniform, prior_with_patterns, subset_weights

#: Log odds so low that no further record of a cluster makes up for them.
FAR = -25.0


@njit(cache=True, nogil=True)
def judged_with(judged: Floats, j: int, members: Ints, n: int) -> float:
    """Return what judgements add when `j` joins the members."""
    total = 0.0
    for row in range(judged.shape[0]):
        a, b = int(judged[row, 0]), int(judged[row, 1])
        if a == j or b == j:
            other = b if a == j else a
            for place in range(n):
                if members[place] == other:
                    total += judged[row, 2]
    return total


@njit(cache=True, nogil=True)
def gibbs_scan(
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
) -> None:
    """Give each record in turn a cluster drawn from its distribution given all others.

    `total` holds the log odds of each two records over all comparisons; a cluster whose every record lies below FAR is not weighed.
    """
    k, lists = odds.shape[1], prior.shape[1]
    members = np.zeros((k, k + 1), np.int64)
    size = np.zeros(k, np.int64)
    held = np.zeros((k, lists), np.int64)
    work, place = np.empty((k, k)), np.empty(k, np.int64)
    value, base = np.zeros(k), np.zeros(k)
    for r in range(k):
        members[label[r], size[label[r]]] = r
        size[label[r]] += 1
        held[label[r], files[r]] += 1
    for slot in range(k):
        if size[slot] > 0:
            value[slot] = likelihood(odds, known, members[slot], size[slot], work, place)
            base[slot] = prior_with_patterns(held[slot], prior, patterns)
    score, joined, joined_prior = np.empty(k), np.empty(k), np.empty(k)
    for j in range(k):
        slot = label[j]
        with_j, with_prior = value[slot], base[slot]
        take_out(members[slot], size[slot], j)
        size[slot] -= 1
        held[slot, files[j]] -= 1
        if size[slot] > 0:
            value[slot] = likelihood(odds, known, members[slot], size[slot], work, place)
            base[slot] = prior_with_patterns(held[slot], prior, patterns)
        fresh = -1
        for c in range(k):
            score[c] = -np.inf
            if size[c] == 0:
                if fresh >= 0:
                    continue
                fresh = c
                value[c], base[c] = 0.0, 0.0
            said = judged_with(judged, j, members[c], size[c])
            near = nearest(total, members[c], size[c], j)
            if near < FAR and size[c] > 0 and said <= 0.0 and c != slot:
                continue
            if c == slot and size[c] > 0:
                joined[c], joined_prior[c] = with_j, with_prior
            else:
                held[c, files[j]] += 1
                joined_prior[c] = prior_with_patterns(held[c], prior, patterns)
                held[c, files[j]] -= 1
                joined[c] = near if size[c] == 1 else 0.0
                if size[c] > 1 and joined_prior[c] > NEVER / 2:
                    members[c, size[c]] = j
                    joined[c] = likelihood(odds, known, members[c], size[c] + 1, work, place)
            score[c] = temper * (joined[c] - value[c]) + joined_prior[c] - base[c] + said
        chosen = pick(score, next_uniform(state))
        members[chosen, size[chosen]] = j
        size[chosen] += 1
        held[chosen, files[j]] += 1
        value[chosen], base[chosen] = joined[chosen], joined_prior[chosen]
        label[j] = chosen


@njit(cache=True, nogil=True)
def nearest(total: Floats, members: Ints, n: int, j: int) -> float:
    """Return the largest log odds between record `j` and one of the `n` members."""
    best = -np.inf
    for at in range(n):
        best = max(best, total[j, members[at]])
    return best


@njit(cache=True, nogil=True)
def take_out(members: Ints, n: int, j: int) -> None:
    """Take record `j` out of a cluster of `n` members."""
    for place in range(n):
        if members[place] == j:
            members[place] = members[n - 1]
            return


@njit(cache=True, nogil=True)
def pick(score: Floats, uniform: float) -> int:
    """Return a place with probability proportional to exp(score)."""
    largest = score.max()
    total = 0.0
    for c in range(score.shape[0]):
        total += np.exp(score[c] - largest)
    reached = 0.0
    chosen = 0
    for c in range(score.shape[0]):
        if score[c] > -np.inf:
            reached += np.exp(score[c] - largest)
            chosen = c
            if reached >= uniform * total:
                break
    return chosen


@njit(cache=True, nogil=True)
def split_merge(
    odds: Floats,
    known: Flags,
    files: Ints,
    judged: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    state: Bits,
    label: Ints,
    i: int,
    j: int,
) -> None:
    """Split or merge the clusters of records `i` and `j`: a Gibbs step over all splits where they are small, else a proposal."""
    k = label.shape[0]
    members = np.empty(k, np.int64)
    n = 0
    for r in range(k):
        if label[r] == label[i] or label[r] == label[j]:
            members[n] = r
            n += 1
    free = label[j]
    if label[i] == label[j]:
        free = empty_slot(label)
        if free < 0:
            return
    if n <= SMALL_SPLIT:
        small_split(odds, known, files, judged, prior, patterns, temper, state, label, i, j, members[:n], free)
    else:
        large_split(odds, known, files, judged, prior, patterns, temper, state, label, i, j, members[:n], free)


@njit(cache=True, nogil=True)
def empty_slot(label: Ints) -> int:
    """Return a cluster number that no record has, or -1."""
    used = np.zeros(label.shape[0], np.bool_)
    for r in range(label.shape[0]):
        used[label[r]] = True
    for slot in range(label.shape[0]):
        if not used[slot]:
            return slot
    return -1


@njit(cache=True, nogil=True)
def inside(judged: Floats, members: Ints) -> Floats:
    """Return the judgements inside `members`, by place among them."""
    kept = np.empty((judged.shape[0], 3))
    n = 0
    for row in range(judged.shape[0]):
        a, b = -1, -1
        for place in range(members.shape[0]):
            if members[place] == int(judged[row, 0]):
                a = place
            if members[place] == int(judged[row, 1]):
                b = place
        if a >= 0 and b >= 0:
            kept[n, 0], kept[n, 1], kept[n, 2] = a, b, judged[row, 2]
            n += 1
    return kept[:n]


@njit(cache=True, nogil=True)
def small_split(
    odds: Floats,
    known: Flags,
    files: Ints,
    judged: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    state: Bits,
    label: Ints,
    i: int,
    j: int,
    members: Ints,
    free: int,
) -> None:
    """Choose among "all together" and every split with `i` and `j` apart, by their weight."""
    n = members.shape[0]
    part = np.empty((odds.shape[0], n, n))
    part_known = np.empty((odds.shape[0], n), np.bool_)
    part_files = np.empty(n, np.int64)
    at_i, at_j = 0, 0
    for a in range(n):
        part_known[:, a] = known[:, members[a]]
        part_files[a] = files[members[a]]
        at_i = a if members[a] == i else at_i
        at_j = a if members[a] == j else at_j
        for b in range(n):
            for f in range(odds.shape[0]):
                part[f, a, b] = odds[f, members[a], members[b]]
    psi = subset_weights(part, part_known, part_files, inside(judged, members), prior, patterns, temper)
    full = (1 << n) - 1
    score = np.full(full + 1, -np.inf)
    score[full] = psi[full]
    for s in range(1, full):
        if (s >> at_i) & 1 and not (s >> at_j) & 1:
            score[s] = psi[s] + psi[full ^ s]
    chosen = pick(score, next_uniform(state))
    mine = label[i]
    for a in range(n):
        label[members[a]] = mine if (chosen >> a) & 1 else free


@njit(cache=True, nogil=True)
def large_split(
    odds: Floats,
    known: Flags,
    files: Ints,
    judged: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    state: Bits,
    label: Ints,
    i: int,
    j: int,
    members: Ints,
    free: int,
) -> None:
    """Propose a sequentially allocated split, or the merge, and accept it by Metropolis and Hastings (Dahl 2005)."""
    n = members.shape[0]
    apart = label[i] != label[j]
    order = np.empty(n, np.int64)
    count = 0
    for a in range(n):
        if members[a] != i and members[a] != j:
            order[count] = members[a]
            count += 1
    for a in range(count - 1, 0, -1):
        b = int(next_uniform(state) * (a + 1))
        order[a], order[b] = order[b], order[a]
    work, spot = np.empty((n, n)), np.empty(n, np.int64)
    sides = np.zeros((2, n + 1), np.int64)
    size = np.ones(2, np.int64)
    held = np.zeros((2, prior.shape[1]), np.int64)
    sides[0, 0], sides[1, 0] = i, j
    held[0, files[i]] += 1
    held[1, files[j]] += 1
    psi = np.zeros(2)
    for side in range(2):
        psi[side] = prior_with_patterns(held[side], prior, patterns)
    value, chance = np.zeros(2), 0.0
    gain, joined, ahead = np.zeros(2), np.zeros(2), np.zeros(2)
    for place in range(count):
        r = order[place]
        for side in range(2):
            sides[side, size[side]] = r
            joined[side] = likelihood(odds, known, sides[side], size[side] + 1, work, spot)
            held[side, files[r]] += 1
            ahead[side] = prior_with_patterns(held[side], prior, patterns) + judged_with(judged, r, sides[side], size[side])
            held[side, files[r]] -= 1
            before = prior_with_patterns(held[side], prior, patterns)
            gain[side] = temper * (joined[side] - value[side]) + ahead[side] - before
        first = 1.0 / (1.0 + np.exp(min(700.0, max(-700.0, gain[1] - gain[0]))))
        side = 0 if label[r] == label[i] else 1
        if not apart:
            side = 0 if next_uniform(state) < first else 1
        chance += np.log(max(first if side == 0 else 1.0 - first, 1e-300))
        sides[side, size[side]] = r
        size[side] += 1
        held[side, files[r]] += 1
        value[side] = joined[side]
        psi[side] += gain[side]
    whole = whole_weight(odds, known, files, judged, prior, patterns, temper, members)
    ratio = whole - psi[0] - psi[1] + chance if apart else psi[0] + psi[1] - whole - chance
    if np.log(next_uniform(state)) >= ratio:
        return
    mine = label[i]
    if apart:
        for a in range(n):
            label[members[a]] = mine
    else:
        for place in range(size[1]):
            label[sides[1, place]] = free


@njit(cache=True, nogil=True)
def whole_weight(
    odds: Floats, known: Flags, files: Ints, judged: Floats, prior: Floats, patterns: Floats, temper: float, members: Ints
) -> float:
    """Return log psi of one cluster made of `members`."""
    n = members.shape[0]
    work, place = np.empty((n, n)), np.empty(n, np.int64)
    held = np.zeros(prior.shape[1], np.int64)
    judgement = 0.0
    for at in range(n):
        judgement += judged_with(judged, members[at], members, at)
        held[files[members[at]]] += 1
    value = likelihood(odds, known, members, n, work, place)
    return temper * value + prior_with_patterns(held, prior, patterns) + judgement
