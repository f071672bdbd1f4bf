"""Holds one record against all others by looking its bounds up: one table of distinct values for each comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from numba import njit

from tocsin.stages.link.arrays import Codes, Floats, Ints

#: A bound below this says that two records disagree.
AGAINST = -0.5


@dataclass(frozen=True)
class Step:
    """Bounds one comparison: `add` adds its bound to the totals of pairs, `most` is the largest it can be for each record.

    Records that are equal in all that it `reads` have equal bounds, but for given and family names in each other's place.
    """

    add: Callable[[Ints, Ints, Floats], None]
    most: Floats
    reads: tuple[npt.NDArray[Any], ...]


@dataclass(frozen=True)
class Table:
    """Bounds one comparison of one record with each distinct value, shown by a record that has it."""

    step: Step
    shown: Ints

    def of(self, record: int) -> Floats:
        """Return the bound of `record` with each distinct value."""
        total = np.zeros(len(self.shown))
        self.step.add(np.full(len(self.shown), record), self.shown, total)
        return total


def coded(columns: Sequence[npt.NDArray[Any]]) -> tuple[npt.NDArray[np.int32], Ints]:
    """Return a number for each distinct combination of values, and the first record that has each."""
    joined = pd.factorize(columns[0])[0].astype(np.int64)
    for column in columns[1:]:
        other = pd.factorize(column)[0].astype(np.int64)
        joined = pd.factorize(joined * (int(other.max(initial=0)) + 1) + other)[0].astype(np.int64)
    return joined.astype(np.int32), np.unique(joined, return_index=True)[1].astype(np.int64)


@dataclass(frozen=True)
class Index:
    """Lists the records that have each distinct value of the two comparisons that tell strangers apart best.

    The records with value v of the first are order[starts[v]:starts[v + 1]], those with value v of the second likewise.
    """

    order: Codes
    starts: Ints
    second_order: Codes
    second_starts: Ints

    @staticmethod
    def of(codes: npt.NDArray[np.int32]) -> Index:
        """Return the lists of the first two rows of `codes`; of the one row twice where there is no other."""
        first, second = codes[0], codes[min(1, len(codes) - 1)]
        return Index(*_listed(first), *_listed(second))


def _listed(codes: Codes) -> tuple[Codes, Ints]:
    counts = np.bincount(codes, minlength=1)
    return np.argsort(codes, kind="stable").astype(np.int32), np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


@njit(cache=True, nogil=True)
def reaching(
    codes: Codes,
    index: tuple[Codes, Ints, Codes, Ints],
    said: Floats,
    starts: Ints,
    rest: Floats,
    limits: tuple[float, float],
    names: tuple[Codes, Codes, int, int],
) -> Ints:
    """Return the records whose bounds, read from the tables of one record, add up to more than `least`, or whose names are exchanged.

    Records that agree in the first comparison are looked at one by one. Of the others only those whose value of the second comparison
    could still make up for that, so that most records are never touched.
    """
    prior, least = limits
    given, family, own_given, own_family = names
    order, first, second_order, second = index
    several = codes.shape[0] > 1
    found = np.empty(codes.shape[1], np.int64)
    size, disagree = 0, -np.inf
    for value in range(first.shape[0] - 1):
        if several and said[value] < AGAINST:
            disagree = max(disagree, said[value])
            continue
        for at in range(first[value], first[value + 1]):
            if bounded(codes, order[at], said, starts, rest, limits):
                found[size] = order[at]
                size += 1
    for value in range(second.shape[0] - 1 if several else 0):
        if prior + disagree + said[starts[1] + value] + rest[1] <= least - 1e-6:
            continue
        for at in range(second[value], second[value + 1]):
            b = second_order[at]
            if said[codes[0, b]] < AGAINST and bounded(codes, b, said, starts, rest, limits):
                found[size] = b
                size += 1
    for b in range(codes.shape[1]):
        exchanged = (own_given >= 0 and family[b] == own_given) or (own_family >= 0 and given[b] == own_family)
        if exchanged and not bounded(codes, b, said, starts, rest, limits):
            found[size] = b
            size += 1
    return np.sort(found[:size])


@njit(cache=True, nogil=True)
def bounded(codes: Codes, b: int, said: Floats, starts: Ints, rest: Floats, limits: tuple[float, float]) -> bool:
    """Return whether the bounds of record `b` add up to more than `least`."""
    total, least = limits
    for f in range(codes.shape[0]):
        total += said[starts[f] + codes[f, b]]
        if total + rest[f] <= least:
            return False
    return bool(total > least)
