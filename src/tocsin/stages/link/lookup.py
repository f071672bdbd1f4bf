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


@njit(cache=True, nogil=True)
def reaching(
    codes: Codes, said: Floats, starts: Ints, rest: Floats, limits: tuple[float, float], names: tuple[Codes, Codes, int, int]
) -> Ints:
    """Return the records whose bounds, read from the tables of one record, add up to more than `least`, or whose names are exchanged."""
    prior, least = limits
    given, family, own_given, own_family = names
    found = np.empty(codes.shape[1], np.int64)
    size = 0
    for b in range(codes.shape[1]):
        exchanged = (own_given >= 0 and family[b] == own_given) or (own_family >= 0 and given[b] == own_family)
        if not exchanged:
            total = prior
            for f in range(codes.shape[0]):
                total += said[starts[f] + codes[f, b]]
                if total + rest[f] <= least:
                    total = -np.inf
                    break
            if total <= least:
                continue
        found[size] = b
        size += 1
    return found[:size]
