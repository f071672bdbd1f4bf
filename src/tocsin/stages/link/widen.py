"""Chooses blocking rules by what they catch for what they cost, where the broad rules would bring more pairs than can be borne.

A first set of narrow rules trains the model. Then records taken at random are held against all others without any rule, and the pairs
that the model takes for one person show what each rule would catch. Rules are taken one by one: always the one that catches the
most matches that no rule yet catches for the pairs it brings, until none catches any more or the pairs are spent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Floats
from tocsin.stages.link.blocking import CANDIDATES, PAIRS_PER_RECORD, Blocking, Rule, possible
from tocsin.stages.link.compounds import COMPOUNDS

#: The first rules bring so many pairs a record together, and each at most a quarter of that.
FIRST_PAIRS = 5
#: A rule that brings more pairs than this for each new match is not worth them.
DEAREST = 20_000.0


@dataclass(frozen=True)
class Priced:
    """Holds rules that could be taken, with the number of pairs each brings."""

    rules: tuple[Rule, ...]
    pairs: tuple[int, ...]

    def first(self, records: int) -> Blocking:
        """Return the narrow rules to begin with, as many as bring bearable pairs."""
        order = sorted(range(len(self.rules)), key=lambda at: (self.pairs[at], at))
        taken: list[int] = []
        spent = 0
        for at in order:
            if spent + self.pairs[at] <= FIRST_PAIRS * records and self.pairs[at] <= FIRST_PAIRS * records / 4:
                taken.append(at)
                spent += self.pairs[at]
        return Blocking(tuple(self.rules[at] for at in taken), tuple(self.pairs[at] for at in taken), ())

    def best(self, first: Blocking, caught: npt.NDArray[np.bool_], chance: Floats, stands_for: float, records: int) -> Blocking:
        """Return `first` with the rules that catch most for what they cost.

        `caught` says which pairs of the sample each of `rules` catches, `chance` that each pair is one person, and `stands_for` how
        many pairs of the whole set one pair of the sample stands for.
        """
        taken = [self.rules.index(rule) for rule in first.rules]
        free = ~caught[:, taken].any(axis=1)
        spent = sum(first.pairs)
        cost = np.array(self.pairs, np.float64)
        while True:
            gain = stands_for * (chance * free) @ caught
            worth = np.where((spent + cost <= PAIRS_PER_RECORD * records) & (cost > 0), gain / np.maximum(cost, 1.0), 0.0)
            worth[taken] = 0.0
            at = int(np.argmax(worth))
            if worth[at] * DEAREST < 1.0:
                break
            taken.append(at)
            spent += self.pairs[at]
            free &= ~caught[:, at]
        out = tuple((rule.name, f"brings {self.pairs[at]:,} pairs") for at, rule in enumerate(self.rules) if at not in taken)
        return Blocking(tuple(self.rules[at] for at in taken), tuple(self.pairs[at] for at in taken), first.left_out + out)


def priced(fields: frozenset[str], records: int, brought: Callable[[Sequence[Rule]], list[int]]) -> Priced:
    """Return all rules that the fields allow and that alone are bearable; `brought` says how many pairs each brings."""
    rules = [rule for rule in (*CANDIDATES, *COMPOUNDS) if possible(rule, fields)]
    kept = [(rule, count) for rule, count in zip(rules, brought(rules), strict=True) if 0 < count <= PAIRS_PER_RECORD * records]
    return Priced(tuple(rule for rule, _ in kept), tuple(count for _, count in kept))
