"""Puts pairs into the order in which people should judge them: one that calibrates, then those whose answer narrows most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.judged import Stratum, random_order, strata_of_pairs
from tocsin.stages.estimate.tabulate import captures_from_clusters
from tocsin.stages.estimate.worth import histories, slopes, worth_of_pairs

#: Every so manieth pair of the queue is a random one.
RANDOM_EVERY = 2


@dataclass(frozen=True, eq=False)
class Linked:
    """Holds what the queue needs of a linkage.

    Pairs by id, their two records by place, their probability; for each record its list and its cluster in the best single answer.
    """

    pairs: Sequence[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    probability: NDArray[np.float64]
    lists: Sequence[str]
    clusters: NDArray[np.int64]


@dataclass(frozen=True)
class Order:
    """Holds the order of the pairs, what each answer is worth, and the strata that the random pairs are drawn from.

    `worth` is the part of the variance of log N that an answer takes away, by pair; empty where nothing can be estimated.
    """

    pairs: tuple[str, ...]
    worth: dict[str, float]
    strata: tuple[Stratum, ...]


def order_pairs(linked: Linked) -> Order:
    """Return the pairs in the order to judge them: random ones and those worth most in turn, each once."""
    _, cluster = np.unique(linked.clusters, return_inverse=True)
    joined = cluster[linked.left] == cluster[linked.right]
    strata = strata_of_pairs(linked.pairs, linked.probability.tolist(), joined.tolist())
    worth = _worth(linked, cluster)
    by_chance = random_order(strata)
    by_worth = sorted(worth, key=lambda pair: (-worth[pair], pair))
    return Order(tuple(_in_turn(by_chance, by_worth)), worth, strata)


def _worth(linked: Linked, cluster: NDArray[np.int64]) -> dict[str, float]:
    table = captures_from_clusters(linked.lists, cluster)[""]
    slope = slopes(table)
    if slope is None or not len(linked.pairs):
        return {}
    whole = histories(linked.lists, cluster, table.lists)
    own = histories(linked.lists, np.arange(len(linked.lists)), table.lists)
    members: dict[int, list[int]] = {}
    for record, number in enumerate(cluster.tolist()):
        members.setdefault(number, []).append(record)
    left = [_without(whole, own, cluster, members, i, j) for i, j in zip(linked.left.tolist(), linked.right.tolist(), strict=True)]
    right = [
        int(own[j] if cluster[i] == cluster[j] else whole[j]) for i, j in zip(linked.left.tolist(), linked.right.tolist(), strict=True)
    ]
    found = worth_of_pairs(slope, left, right, linked.probability.tolist())
    return dict(zip(linked.pairs, found.tolist(), strict=True))


def _without(
    whole: NDArray[np.int64], own: NDArray[np.int64], cluster: NDArray[np.int64], members: dict[int, list[int]], i: int, j: int
) -> int:
    """Return the lists of the cluster of record `i` as bits, without record `j` where both are in one cluster."""
    if cluster[i] != cluster[j]:
        return int(whole[i])
    rest = [int(own[k]) for k in members[int(cluster[i])] if k != j]
    return int(np.bitwise_or.reduce(rest)) if rest else int(own[i])


def _in_turn(by_chance: Sequence[str], by_worth: Sequence[str]) -> Iterator[str]:
    """Yield each pair once: every `RANDOM_EVERY`th from `by_chance`, the others from `by_worth`."""
    streams = {True: iter(by_chance), False: iter(by_worth)}
    taken: set[str] = set()
    for number in range(len(by_chance) + len(by_worth) + RANDOM_EVERY):
        for stream in (streams[number % RANDOM_EVERY == 0], streams[number % RANDOM_EVERY != 0]):
            pair = next((one for one in stream if one not in taken), None)
            if pair is not None:
                taken.add(pair)
                yield pair
                break
        else:
            return
