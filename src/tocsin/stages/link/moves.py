"""Moves through the partitions of one large component: Gibbs steps for records, split-merge steps for clusters.

Compiled with Numba; the weights and the words are those of `kernels.py`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Bits, Flags, Floats, Ints
from tocsin.stages.link.kernels import NEVER, SMALL_SPLIT, likelihood, next_uniform, prior_with_patterns, stream

#: Log odds so low that no further record of a cluster makes up for them.
FAR = -25.0
#: The marks of no set of records.
NO_RECORDS = np.uint64(1)
#: So many states of a cluster are remembered at each place: a record that comes and goes makes two. A power of two.
STATES = 4
#: What is so much less likely than the likeliest, in log units, is not drawn.
NEXT_TO_NOTHING = 50.0


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
def memory(k: int, pairs: int) -> tuple[Bits, Bits, Floats, Bits, Floats]:
    """Return an empty memory for a component of `k` records and so many pairs that split-merge steps start from.

    Every record has a mark, and a set of records the marks of all of them together. For each record and place of a cluster the memory
    holds the marks of the cluster that was weighed and the log odds, and for each pair the marks of the records that were to be split and
    the weight of every split. It is true as long as weights, prior and temper stay as they are.
    """
    drawn, marks = stream(k, 0, 0), np.empty(k, np.uint64)
    for r in range(k):
        next_uniform(drawn)
        marks[r] = (drawn[0] ^ (drawn[0] >> np.uint64(29))) * np.uint64(0x2545F4914F6CDD1D)
    splits = (1 << (SMALL_SPLIT - 2)) + 1
    return marks, np.full((k, STATES * k), NO_RECORDS), np.empty((k, STATES * k)), np.full(pairs, NO_RECORDS), np.empty((pairs, splits))


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
    remembered: tuple[Bits, Bits, Floats, Bits, Floats],
) -> None:
    """Give each record in turn a cluster drawn from its distribution given all others.

    `total` holds the log odds of each two records over all comparisons; a cluster whose every record lies below FAR is not weighed.
    What a record and a cluster weigh together is `remembered` until the cluster is another: most clusters stay as they are.
    """
    k, lists = odds.shape[1], prior.shape[1]
    own, weighed, odds_of, _, _ = remembered
    members, size, held, marks = gathered(label, files, lists, own)
    valued, value, base = np.full(k, NO_RECORDS), np.zeros(k), np.zeros(k)
    work, place = np.empty((k, k)), np.empty(k, np.int64)
    score, choice = np.empty(k + 1), np.empty(k + 1, np.int64)
    for j in range(k):
        slot = label[j]
        take_out(members[slot], size[slot], j)
        size[slot] -= 1
        held[slot, files[j]] -= 1
        marks[slot] ^= own[j]
        fresh, choices = -1, 0
        for c in range(k):
            if size[c] == 0:
                if fresh >= 0:
                    continue
                fresh = c
            at = STATES * c + int(marks[c] & np.uint64(STATES - 1))
            if weighed[j, at] == marks[c] and (c != slot or odds_of[j, at] > -np.inf):
                if odds_of[j, at] > -np.inf:
                    score[choices], choice[choices] = odds_of[j, at], c
                    choices += 1
                continue
            said = judged_with(judged, j, members[c], size[c])
            near = nearest(total, members[c], size[c], j)
            weighed[j, at], odds_of[j, at] = marks[c], -np.inf
            if near >= FAR or size[c] == 0 or said > 0.0 or c == slot:
                if valued[c] != marks[c]:
                    value[c], base[c] = 0.0, 0.0
                    if size[c] > 0:
                        value[c] = likelihood(odds, known, members[c], size[c], work, place)
                        base[c] = prior_with_patterns(held[c], prior, patterns)
                    valued[c] = marks[c]
                held[c, files[j]] += 1
                joined_prior = prior_with_patterns(held[c], prior, patterns)
                held[c, files[j]] -= 1
                joined = near if size[c] == 1 else 0.0
                if size[c] > 1 and joined_prior > NEVER / 2:
                    members[c, size[c]] = j
                    joined = likelihood(odds, known, members[c], size[c] + 1, work, place)
                odds_of[j, at] = temper * (joined - value[c]) + joined_prior - base[c] + said
                score[choices], choice[choices] = odds_of[j, at], c
                choices += 1
        chosen = choice[pick(score[:choices], next_uniform(state))]
        members[chosen, size[chosen]] = j
        size[chosen] += 1
        held[chosen, files[j]] += 1
        marks[chosen] ^= own[j]
        label[j] = chosen


@njit(cache=True, nogil=True)
def gathered(label: Ints, files: Ints, lists: int, own: Bits) -> tuple[Ints, Ints, Ints, Bits]:
    """Return, for each place of a cluster, its members, how many they are, how many each list holds, and their marks together."""
    k = label.shape[0]
    members, size = np.zeros((k, k + 1), np.int64), np.zeros(k, np.int64)
    held, marks = np.zeros((k, lists), np.int64), np.zeros(k, np.uint64)
    for r in range(k):
        c = label[r]
        members[c, size[c]] = r
        size[c] += 1
        held[c, files[r]] += 1
        marks[c] ^= own[r]
    return members, size, held, marks


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
    least = largest - NEXT_TO_NOTHING
    total = 0.0
    for c in range(score.shape[0]):
        if score[c] > least:
            total += np.exp(score[c] - largest)
    reached = 0.0
    chosen = 0
    for c in range(score.shape[0]):
        if score[c] > least:
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
    pairs: Ints,
    at: int,
    remembered: tuple[Bits, Bits, Floats, Bits, Floats],
) -> None:
    """Split or merge the clusters of pair number `at`: a Gibbs step over all splits where they are small, else a proposal."""
    i, j, k = pairs[at, 0], pairs[at, 1], label.shape[0]
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
        marks = np.uint64(0)
        for a in range(n):
            marks ^= remembered[0][members[a]]
        score = remembered[4][at, : (1 << (n - 2)) + 1]
        if remembered[3][at] != marks:
            weigh_splits(odds, known, files, judged, prior, patterns, temper, members[:n], i, j, score)
            remembered[3][at] = marks
        small_split(score, state, label, members[:n], i, j, free)
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
def weigh_splits(
    odds: Floats,
    known: Flags,
    files: Ints,
    judged: Floats,
    prior: Floats,
    patterns: Floats,
    temper: float,
    members: Ints,
    i: int,
    j: int,
    score: Floats,
) -> None:
    """Write the log weight of every split of `members` with `i` and `j` apart into `score`, and last that of all together.

    The bits of a split's number say which of the others go with `i`.
    """
    n = members.shape[0]
    for split in range(score.shape[0] - 1):
        sides, size, bit = np.empty((2, n), np.int64), np.zeros(2, np.int64), 0
        for r in members:
            side = 0 if r == i else 1
            if r != i and r != j:
                side = 1 - ((split >> bit) & 1)
                bit += 1
            sides[side, size[side]] = r
            size[side] += 1
        score[split] = whole_weight(odds, known, files, judged, prior, patterns, temper, sides[0, : size[0]])
        score[split] += whole_weight(odds, known, files, judged, prior, patterns, temper, sides[1, : size[1]])
    score[-1] = whole_weight(odds, known, files, judged, prior, patterns, temper, members)


@njit(cache=True, nogil=True)
def small_split(score: Floats, state: Bits, label: Ints, members: Ints, i: int, j: int, free: int) -> None:
    """Choose among "all together" and every split with `i` and `j` apart, by the weights of `weigh_splits`."""
    chosen, mine, bit = pick(score, next_uniform(state)), label[i], 0
    together = chosen == score.shape[0] - 1
    for r in members:
        with_i = together or r == i
        if r != i and r != j:
            with_i = together or (chosen >> bit) & 1 == 1
            bit += 1
        label[r] = mine if with_i else free


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
