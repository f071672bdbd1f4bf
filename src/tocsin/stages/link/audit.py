"""Holds records against all others, without blocking, and says how many true pairs, and joins of clusters, linking is expected to have lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Floats, Ints
from tocsin.stages.link.given import Judged
from tocsin.stages.link.joining import joining_odds
from tocsin.stages.link.sampler import State
from tocsin.stages.link.score import Scored, weigh
from tocsin.stages.link.splink import Pairs

#: Pairs with lower log odds than this hold next to no true pair.
LEAST = -5.0
#: No more records of a cluster than this are weighed.
LARGEST = 12
#: How often what lost pairs look like is learned anew.
ROUNDS = 4


@dataclass(frozen=True)
class Answered:
    """Holds what linking found: the best single clustering, the share of draws that hold each pair, lists, and the state at the end."""

    label: Ints
    share: Floats
    lists: Ints
    state: State
    judged: Judged

    def alone(self) -> npt.NDArray[np.bool_]:
        """Return which records stand alone."""
        return np.asarray(np.bincount(self.label, minlength=len(self.label))[self.label] == 1, np.bool_)


@dataclass(frozen=True)
class Couples:
    """Holds couples of clusters: of a record `one` that was looked at, and of the record `other` that it might be.

    Couple q has the records members[starts[q]:starts[q + 1]], the first `first_sizes[q]` of them from the cluster of `one`;
    `one` and `other` stand first among theirs.
    """

    one: Ints
    other: Ints
    members: Ints
    starts: Ints
    first_sizes: Ints


@dataclass(frozen=True)
class Lost:
    """Holds, for each record looked at, how many true pairs were lost with it, and how many joins of two clusters into one person.

    A join makes one person fewer. Two clusters of several records each are met from each of their records, so each counts its share.
    """

    pairs: Floats
    joins: Floats


@dataclass(frozen=True)
class Laid:
    """Holds the levels and the rarity of all pairs of records of each couple, in blocks as the sampler has them."""

    levels: npt.NDArray[np.int8]
    added: npt.NDArray[np.float32]
    blocks: Ints
    known: npt.NDArray[np.bool_]


def what_was_lost(scored: Scored, answered: Answered, looked: Ints, stands_for: Floats, threads: int) -> Lost:
    """Return, for each record looked at, what it is expected to have lost; what the other end counts is left out.

    `stands_for` says how many records each of them stands for. Pairs that rules caught agree more often than true pairs do, so m and
    the chance of a match are learned again with the lost pairs among them, in turn with the chance of each that it is one.
    """
    couples = _couples(answered.label, *_strongest(scored, answered, looked, threads))
    lost: Floats = np.zeros(len(looked))
    if len(couples.one) == 0:
        return Lost(lost, lost)
    place = np.searchsorted(looked, couples.one)
    whole, single = _not_caught(scored, couples)
    own, share = _counted_here(answered.alone(), couples)
    found, weights, more = float(answered.share.sum()), answered.state.weights, 0.0
    laid = _laid_out(scored, couples)
    for _ in range(ROUNDS):
        odds = _odds(laid, answered, couples, weights) + more
        chance = np.exp(np.clip(odds, -500, 500))
        every = 1.0 + np.bincount(place, chance.sum(axis=1), len(looked))
        gained = own * ((chance[:, 0] + chance[:, 1]) * whole + chance[:, 2] * single) / every[place]
        joined = share * chance[:, 0] * (whole > 0) / every[place]
        lost = np.bincount(place, gained, len(looked)).astype(np.float64)
        weights = _learned(scored, answered, laid, couples, gained * stands_for[place], found)
        more = float(np.log1p((lost * stands_for).sum() / found))
    return Lost(lost, np.bincount(place, joined, len(looked)).astype(np.float64))


def _counted_here(alone: npt.NDArray[np.bool_], couples: Couples) -> tuple[Floats, Floats]:
    """Return which share of each couple's pairs, and of its join, is counted from the record that was looked at."""
    same = alone[couples.one] == alone[couples.other]
    joins = np.where(same, 1.0 / np.diff(couples.starts), alone[couples.one])
    return np.where(same, 0.5, alone[couples.one]), joins


def _learned(scored: Scored, answered: Answered, laid: Laid, couples: Couples, counts: Floats, found: float) -> Floats:
    """Return the weights of all levels where `counts` lost pairs, with the levels of each, stand among those found."""
    first = laid.levels[laid.blocks + couples.first_sizes]
    weights = answered.state.weights.copy()
    for place, field in enumerate(scored.model.fields):
        size = len(field.m)
        m = field.u * np.exp(weights[place, :size])
        known = first[:, place] >= 0
        lost = np.bincount(first[known, place], counts[known], size)
        said = found * float((answered.share @ (scored.pairs.levels[:, place] >= 0)) / found)
        both = m / m.sum() * said + lost
        weights[place, :size] = np.log((both / both.sum()).clip(1e-9) / field.u)
    return weights


def _strongest(scored: Scored, answered: Answered, looked: Ints, threads: int) -> tuple[Ints, Ints]:
    """Return, for each record looked at and each cluster outside its component that it might belong to, the likeliest record of it."""
    one, other = scored.bound.partners(looked, LEAST, threads)
    apart = _apart(scored, one, other, answered.judged)
    one, other = one[apart], other[apart]
    weight = _weighed(scored, one, other)
    strong = np.flatnonzero(weight > LEAST)
    key = one[strong] * len(answered.label) + answered.label[other[strong]]
    order = np.lexsort((other[strong], -weight[strong], key))
    first = strong[order[np.unique(key[order], return_index=True)[1]]]
    return one[first], other[first]


def _apart(scored: Scored, one: Ints, other: Ints, judged: Judged) -> npt.NDArray[np.bool_]:
    """Return which pairs no component holds and nobody judged."""
    count = len(scored.known)
    component = -1 - np.arange(count)
    component[scored.parts.order] = np.repeat(np.arange(len(scored.parts.sizes)), scored.parts.sizes)
    asked = np.minimum(judged.left, judged.right) * count + np.maximum(judged.left, judged.right)
    unasked = ~np.isin(np.minimum(one, other) * count + np.maximum(one, other), asked)
    return np.asarray((component[one] != component[other]) & unasked, np.bool_)


def _weighed(scored: Scored, one: Ints, other: Ints) -> Floats:
    pairs, at, added = _compared(scored, one, other)
    return weigh(scored.model, pairs, added)[at]


def _compared(scored: Scored, one: Ints, other: Ints) -> tuple[Pairs, Ints, npt.NDArray[np.float32]]:
    """Return each distinct pair compared once, its place for every pair asked, and what rarity adds."""
    count = len(scored.known)
    key, at = np.unique(np.minimum(one, other) * count + np.maximum(one, other), return_inverse=True)
    pairs = scored.engine.compare(key // count, key % count)
    return pairs, at.ravel(), scored.rarity.adjustments(pairs.left, pairs.right, pairs.levels)


def _couples(label: Ints, one: Ints, other: Ints) -> Couples:
    order = np.argsort(label, kind="stable")
    begin, end = np.searchsorted(label[order], label, side="left"), np.searchsorted(label[order], label, side="right")

    def cluster(record: int) -> Ints:
        members = order[begin[record] : end[record]]
        return np.concatenate(([record], members[members != record][: LARGEST - 1]))

    firsts, seconds = [cluster(a) for a in one.tolist()], [cluster(b) for b in other.tolist()]
    members = np.concatenate([part for couple in zip(firsts, seconds, strict=True) for part in couple]) if firsts else one
    first_sizes = np.array([len(part) for part in firsts], np.int64)
    starts = np.concatenate(([0], np.cumsum(first_sizes + [len(part) for part in seconds]))).astype(np.int64)
    return Couples(one, other, members, starts, first_sizes)


def _laid_out(scored: Scored, couples: Couples) -> Laid:
    """Return all pairs of the records of each couple, compared."""
    sizes = np.diff(couples.starts)
    blocks = np.concatenate(([0], np.cumsum(sizes**2))).astype(np.int64)
    lefts, rights, places = [], [], []
    for size in np.unique(sizes):
        of = np.flatnonzero(sizes == size)
        i, j = np.triu_indices(int(size), 1)
        lefts.append(couples.members[couples.starts[of][:, None] + i].ravel())
        rights.append(couples.members[couples.starts[of][:, None] + j].ravel())
        places.append((blocks[of][:, None] + i * size + j).ravel())
    pairs, at, rarity = _compared(scored, np.concatenate(lefts), np.concatenate(rights))
    place = np.concatenate(places)
    levels = np.full((int(blocks[-1]), pairs.levels.shape[1]), -1, np.int8)
    added = np.zeros(levels.shape, np.float32)
    levels[place], added[place] = pairs.levels[at], rarity[at]
    return Laid(levels, added, blocks[:-1], np.ascontiguousarray(scored.known[couples.members]))


def _odds(laid: Laid, answered: Answered, couples: Couples, weights: Floats) -> Floats:
    """Return the log odds of `joining.py` for each couple."""
    state = answered.state
    where = (couples.starts, laid.blocks, couples.first_sizes, np.zeros(len(couples.one), np.int64), couples.first_sizes)
    compared = (laid.levels, laid.added, laid.known, answered.lists[couples.members])
    return np.asarray(joining_odds(where, compared, (weights, state.prior, state.patterns, float(state.temper))), np.float64)


def _not_caught(scored: Scored, couples: Couples) -> tuple[Ints, Ints]:
    """Return how many pairs of `one` with the records of the other cluster no rule catches, and whether that with `other` is one."""
    sizes = np.diff(couples.starts) - couples.first_sizes
    couple = np.repeat(np.arange(len(sizes)), sizes)
    offset = np.arange(len(couple)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    second = couples.members[couples.starts[couple] + couples.first_sizes[couple] + offset]
    first = couples.one[couple]
    free = scored.engine.outside(np.minimum(first, second), np.maximum(first, second))
    return np.bincount(couple, free, len(sizes)), free[offset == 0].astype(np.float64)
