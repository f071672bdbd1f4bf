"""Weighs how two accounts compare: how much more often a level occurs among accounts of one event than among any two."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from zlib import crc32

from tocsin.stages.link.event_levels import APART, DISTRICT, UNKNOWN, Account, harm_level, place_level, set_level, time_level

Levels = Mapping[str, str]
#: Among two accounts of one event: how often each level occurs. Stated, not fitted; what is left over goes to `apart`.
AMONG_SAME: Mapping[str, Mapping[str, float]] = {
    "time": {"same day": 0.70, "1 day": 0.16, "2 days": 0.06, "within a week": 0.05, "within a month": 0.02},
    "place": {
        "same place": 0.60, DISTRICT: 0.20, "within 10 km": 0.08, "within 25 km": 0.06, "within 50 km": 0.03, "within 100 km": 0.02,
    },
    "actors": {"same": 0.80, "partly": 0.10, "different": 0.10},
    "acts": {"same": 0.60, "partly": 0.25, "different": 0.15},
    "harm": {"equal": 0.45, "same": 0.30, "close": 0.15, "conflict": 0.10},
}  # fmt: skip
#: The same for any two accounts, where files are too small to tell; it counts as much as this many observed pairs.
AMONG_ANY: Mapping[str, Mapping[str, float]] = {
    "time": {"same day": 0.003, "1 day": 0.006, "2 days": 0.006, "within a week": 0.03, "within a month": 0.1},
    "place": {"same place": 0.02, DISTRICT: 0.08, "within 10 km": 0.03, "within 25 km": 0.05, "within 50 km": 0.1, "within 100 km": 0.15},
    "actors": {"same": 0.35, "partly": 0.15, "different": 0.5},
    "acts": {"same": 0.3, "partly": 0.2, "different": 0.5},
    "harm": {"equal": 0.25, "same": 0.2, "close": 0.2, "conflict": 0.35},
}
_BELIEF = 500
_SAMPLE = 220
#: Share of the smaller datasets' accounts that is expected to have a partner before anything is compared, and its bounds.
START, BOUNDS = 0.3, (0.02, 0.95)


@dataclass(frozen=True)
class Weights:
    """Holds the weight (in bits) of each level of each field, and what is expected before two accounts are compared.

    `possible` is the number of pairs there are for each one that could be a match, `expected` the share of these
    that is.
    """

    of: Mapping[str, Mapping[str, float]]
    possible: float
    expected: float = START

    def total(self, levels: Levels) -> float:
        """Return the sum of weights: unknown and conflicting harm weigh nothing, so that a conflict is kept and shown."""
        return sum(self.of[name].get(level, 0.0) for name, level in levels.items())

    def odds(self, total: float, one_to_one: bool) -> float:
        """Return the odds that two accounts with this sum of weights are of one event, under the stated rates.

        Fellegi and Sunter (1969): posterior odds = prior odds x product over fields of m / u. Where a record has at most one
        partner the prior compares having this partner with having none.
        """
        share = self.expected / (self.possible * (1 - self.expected)) if one_to_one else min(0.5, self.expected / self.possible)
        prior = math.log2(share if one_to_one else share / (1 - share))
        return float(2.0 ** max(-500.0, min(500.0, total + prior)))

    def expecting(self, share: float) -> Weights:
        """Return the same weights where another share is expected to have a partner."""
        return replace(self, expected=min(BOUNDS[1], max(BOUNDS[0], share)))


def compare(one: Account, other: Account, share: float, count: float) -> dict[str, str]:
    """Return the level of every field."""
    return {
        "time": time_level(one, other),
        "place": place_level(one, other),
        "actors": set_level(one.actor_keys, other.actor_keys),
        "acts": set_level(one.act_keys, other.act_keys),
        "harm": harm_level(one, other, share, count),
    }


def weigh(accounts: Sequence[Account], within: bool, share: float, count: float) -> Weights:
    """Return the weights for a set of accounts: how often two of them agree by chance is counted on a fixed sample.

    Args:
        accounts: all accounts; their order does not matter.
        within: whether accounts of one dataset are compared as well.
        share: tolerance of harm as a share.
        count: tolerance of harm as a number.
    """
    datasets: dict[str, list[Account]] = {}
    for one in sorted(accounts, key=lambda a: (crc32(a.id.encode()), a.id)):
        datasets.setdefault(one.dataset, []).append(one)
    names = sorted(datasets)
    sampled = {name: datasets[name][:_SAMPLE] for name in names}
    pairs = [pair for a, b in combinations(names, 2) for pair in product(sampled[a], sampled[b])]
    if within:
        pairs += [pair for name in names for pair in combinations(sampled[name], 2)]
    counted: dict[str, Counter[str]] = {name: Counter() for name in AMONG_SAME}
    for one, other in pairs:
        for name, level in compare(one, other, share, count).items():
            counted[name][level] += 1
    weights = {name: _of_field(name, counted[name]) for name in AMONG_SAME}
    weights["harm"]["conflict"] = 0.0
    return Weights(weights, _possible([len(datasets[name]) for name in names], within))


def _of_field(name: str, counted: Counter[str]) -> dict[str, float]:
    known = sum(times for level, times in counted.items() if level != UNKNOWN)
    weights = {}
    for level, among_same in AMONG_SAME[name].items():
        among_any = (counted[level] + _BELIEF * AMONG_ANY[name][level]) / (known + _BELIEF)
        weights[level] = math.log2(among_same / among_any)
    return weights | {UNKNOWN: 0.0, APART: -math.inf}


def could_match(sizes: Sequence[int], within: bool) -> int:
    """Return how many matches there could be at most: the smaller of each two datasets, and one for each account within one."""
    return sum(min(a, b) for a, b in combinations(sizes, 2)) + (sum(sizes) if within else 0)


def _possible(sizes: Sequence[int], within: bool) -> float:
    pairs = sum(a * b for a, b in combinations(sizes, 2)) + (sum(n * (n - 1) // 2 for n in sizes) if within else 0)
    return max(1.0, pairs / max(1, could_match(sizes, within)))
