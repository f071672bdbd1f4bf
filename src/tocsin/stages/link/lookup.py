"""Holds some records against all others by looking their bounds up: a table of distinct values for each comparison with few of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from numba import njit

from tocsin.stages.link.arrays import Codes, Floats, Ints

#: A comparison gets a table where each distinct value stands for so many records.
FEW = 16
#: So many records are tried to see what tables leave; a pair that they leave costs as much as so many values of a table.
TRIED, DEAR = 16, 8


@dataclass(frozen=True)
class Step:
    """Bounds one comparison: `add` adds its bound to the totals of pairs, `most` is the largest it can be for each record.

    Records that are equal in all that it `reads` have equal bounds, but for given and family names in each other's place.
    """

    add: Callable[[Ints, Ints, Floats], None]
    most: Floats
    reads: tuple[npt.NDArray[Any], ...]


@dataclass(frozen=True)
class Tables:
    """Bounds the comparisons that have few distinct values, of some records with each value.

    `codes` has a row for each of these comparisons, with the number of every record's value; `rest` is the most that all comparisons
    after it, and all that have no table, can add for each record; `shown` names a record for each value.
    """

    steps: tuple[Step, ...]
    shown: tuple[Ints, ...]
    codes: Codes
    rest: Floats

    def partners(self, records: Ints, prior: float, least: float) -> tuple[Ints, Ints]:
        """Return the pairs of one of `records` (first) with any record (second) whose bounds may add up to more than `least`."""
        said = np.concatenate([_bounds(step, records, shown) for step, shown in zip(self.steps, self.shown, strict=True)], axis=1)
        starts = np.cumsum([0, *(len(shown) for shown in self.shown[:-1])])
        return reaching(self.codes, records, said, starts, self.rest, (prior, least - 1e-3))


def _bounds(step: Step, records: Ints, shown: Ints) -> Floats:
    total = np.zeros(len(records) * len(shown))
    step.add(np.repeat(records, len(shown)), np.tile(shown, len(records)), total)
    return total.reshape(len(records), len(shown))


def tables(steps: Sequence[Step], records: int, prior: float, least: float) -> Tables:
    """Return tables of the comparisons with few distinct values, and of others as long as too many pairs are left without them.

    What a table of many values costs a record is set against the pairs that some records, evenly spaced, leave to be bounded one by one.
    """
    numbered = [coded(step.reads) for step in steps]
    size = np.array([len(shown) for _, shown in numbered])
    by_size = np.argsort(size, kind="stable").tolist()
    taken = by_size[: max(1, int((size * FEW <= records).sum()))]
    some = np.unique(np.linspace(0, records - 1, TRIED).astype(np.int64))
    while True:
        made = _tables(steps, numbered, sorted(taken))
        left = len(made.partners(some, prior, least)[0]) / len(some)
        if len(taken) == len(steps) or left * DEAR <= size[by_size[len(taken)]]:
            return made
        taken = by_size[: len(taken) + 1]


def _tables(steps: Sequence[Step], numbered: Sequence[tuple[Codes, Ints]], taken: Sequence[int]) -> Tables:
    most = np.array([step.most for step in steps])
    rest = most.sum(axis=0) - np.cumsum(most[taken], axis=0)
    codes = np.stack([numbered[place][0] for place in taken])
    return Tables(tuple(steps[place] for place in taken), tuple(numbered[place][1] for place in taken), codes, rest)


def coded(columns: Sequence[npt.NDArray[Any]]) -> tuple[npt.NDArray[np.int32], Ints]:
    """Return a number for each distinct combination of values, and the first record that has each."""
    joined = pd.factorize(columns[0])[0].astype(np.int64)
    for column in columns[1:]:
        other = pd.factorize(column)[0].astype(np.int64)
        joined = pd.factorize(joined * (int(other.max(initial=0)) + 1) + other)[0].astype(np.int64)
    return joined.astype(np.int32), np.unique(joined, return_index=True)[1].astype(np.int64)


@njit(cache=True, nogil=True)
def reaching(codes: Codes, records: Ints, said: Floats, starts: Ints, rest: Floats, limits: tuple[float, float]) -> tuple[Ints, Ints]:
    """Return the pairs of each of `records` with every record whose bounds, read from its tables, can add up to more than `least`.

    The first comparison is summed for all without a branch, since which records it spares can't be foretold.
    """
    prior, least = limits
    count, fields = codes.shape[1], codes.shape[0]
    one, other, size = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    alive, total = np.empty(count, np.int64), np.empty(count)
    for r in range(records.shape[0]):
        record, own = records[r], said[r]
        last = min(1, fields - 1)
        needed = least - rest[last, record]
        left = 0
        for b in range(count):
            sum_ = prior + own[codes[0, b]]
            if last > 0:
                sum_ += own[starts[last] + codes[last, b]]
            alive[left] = b
            total[left] = sum_
            left += sum_ > needed
        for f in range(2, fields):
            needed = least - rest[f, record]
            still = 0
            for at in range(left):
                b = alive[at]
                sum_ = total[at] + own[starts[f] + codes[f, b]]
                alive[still] = b
                total[still] = sum_
                still += sum_ > needed
            left = still
        if size + left > one.shape[0]:
            one, other = _longer(one, 2 * (size + left)), _longer(other, 2 * (size + left))
        for at in range(left):
            one[size], other[size] = record, alive[at]
            size += 1
    return one[:size].copy(), other[:size].copy()


@njit(cache=True, nogil=True)
def _longer(values: Ints, size: int) -> Ints:
    longer = np.empty(size, np.int64)
    longer[: values.shape[0]] = values
    return longer


class Exchanged:
    """Knows which records have as one name what a record has as the other."""

    def __init__(self, given: Codes, family: Codes) -> None:
        self._given, self._family = given, family
        self._by_given, self._by_family = np.argsort(given, kind="stable"), np.argsort(family, kind="stable")
        self._givens, self._families = given[self._by_given], family[self._by_family]

    def partners(self, records: Ints) -> tuple[Ints, Ints]:
        """Return the pairs of one of `records` (first) with each record that has its given name as family name, or the reverse."""
        first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for own, sorted_, order in ((self._given, self._families, self._by_family), (self._family, self._givens, self._by_given)):
            asked = records[own[records] >= 0]
            begin, end = np.searchsorted(sorted_, own[asked], "left"), np.searchsorted(sorted_, own[asked], "right")
            size = end - begin
            first.append(np.repeat(asked, size))
            second.append(order[np.arange(int(size.sum())) + np.repeat(begin - np.cumsum(size) + size, size)])
        return np.concatenate(first), np.concatenate(second)
