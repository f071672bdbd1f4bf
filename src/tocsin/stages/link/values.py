"""Asks about each two values once, however many pairs of records bear them.

Names, dates and towns repeat: a million pairs of records hold a few ten thousand pairs of given names. So the database is asked about
rows that hold one value each, every other column empty, and what it says is kept. Given and family names alone read each other, where
one record has in one field what the other has in the other: such records have a row with both, and their pairs are asked about whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.stages.link.arrays import Codes, Flags, Ints, Levels
from tocsin.stages.link.lookup import coded
from tocsin.stages.link.texts import codes, numbers
from tocsin.stages.link.told import Told

Given = TypeVar("Given")
Found = TypeVar("Found")
_SIDE = re.compile(r"\b(\w+)_l\b")
#: The comparisons that read each other's columns, where a name may stand in the other's place.
CROSSED = ("given", "family")
#: Answers rows: given the rows to compare (left, right), returns for each answered pair its two rows and the level of every comparison.
Ask = Callable[[Ints, Ints], tuple[Ints, Ints, Levels]]


def columns_read(comparison: dict[str, Any]) -> list[str]:
    """Return the columns that the conditions of a comparison name."""
    return sorted({column for level in comparison["comparison_levels"] for column in _SIDE.findall(level["sql_condition"])})


def own_columns(comparisons: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return the columns that each comparison reads, less those that are named after another comparison."""
    names = {comparison["output_column_name"] for comparison in comparisons}
    return [
        [column for column in columns_read(one) if column.split("_")[0] not in names - {one["output_column_name"]}] for one in comparisons
    ]


class Values:
    """Knows the distinct values of each comparison, and the level of each two that were asked about.

    `rows` is the table to ask about: a row for each value of the first comparison, then of the second, and so on; then the crossed names.
    """

    def __init__(self, table: pa.Table, comparisons: Sequence[dict[str, Any]], threads: int) -> None:
        self._threads = max(1, threads)
        self._names = [comparison["output_column_name"] for comparison in comparisons]
        own = own_columns(comparisons)
        numbered = self._side_by_side(lambda columns: coded([_numbered(table.column(column)) for column in columns]), own)
        self._codes = [of for of, _ in numbered]
        self._told = [Told(len(first)) for _, first in numbered]
        self._crossed = _crossed(table, self._names, self._codes)
        shown = [*(first for _, first in numbered), self._crossed.shown]
        self._first = np.concatenate(([0], np.cumsum([len(first) for first in shown]))).astype(np.int64)
        self.rows = self._laid_out(table, own, shown)

    def levels(self, left: Ints, right: Ints, ask: Ask) -> Levels:
        """Return the level of every comparison of these pairs of records; what was not asked before is asked of `ask`, at once."""
        fresh = self._side_by_side(lambda place: self._told[place].fresh(self._codes[place], left, right), range(len(self._told)))
        crossing = self._crossed.pairs(left, right)
        one = [low + first for (low, _), first in zip(fresh, self._first, strict=False)]
        other = [high + first for (_, high), first in zip(fresh, self._first, strict=False)]
        names, at = np.unique(self._crossed.keys(left[crossing], right[crossing]), return_inverse=True)
        one.append(names // self._crossed.size + self._first[-2])
        other.append(names % self._crossed.size + self._first[-2])
        asked = np.concatenate(one), np.concatenate(other)
        answered = ask(*asked) if len(asked[0]) else (*asked, np.empty((0, len(self._names)), np.int8))
        of_names = self._take(*answered)
        levels = np.empty((len(self._told), len(left)), np.int8).T
        self._side_by_side(lambda place: self._told[place].read(self._codes[place], left, right, levels[:, place]), range(len(self._told)))
        if len(crossing):
            order = np.argsort(of_names[0])
            found = order[np.searchsorted(of_names[0][order], names)][at]
            for name in CROSSED:
                levels[crossing, self._names.index(name)] = of_names[1][found, self._names.index(name)]
        return levels

    def _take(self, one: Ints, other: Ints, levels: Levels) -> tuple[Ints, Levels]:
        """Keep what was answered about values; return what was answered about crossed names, by the number of the two."""
        group = np.searchsorted(self._first, one, side="right") - 1

        def tell(place: int) -> None:
            at, first = np.flatnonzero(group == place), self._first[place]
            self._told[place].tell(one[at] - first, other[at] - first, levels[at, place])

        self._side_by_side(tell, range(len(self._told)))
        at = np.flatnonzero(group == len(self._told))
        return (one[at] - self._first[-2]) * self._crossed.size + other[at] - self._first[-2], levels[at]

    def _laid_out(self, table: pa.Table, own: Sequence[Sequence[str]], shown: Sequence[Ints]) -> pa.Table:
        """Return the rows, each with the columns of its own comparison; crossed names have those of both."""
        count = int(self._first[-1])
        columns: dict[str, Any] = {"unique_id": pa.array(np.arange(count))}
        for place, (name, read) in enumerate(zip(self._names, own, strict=True)):
            record, empty = np.zeros(count, np.int64), np.ones(count, np.bool_)
            for group in (place, len(own)) if name in CROSSED else (place,):
                inside = slice(self._first[group], self._first[group + 1])
                record[inside], empty[inside] = shown[group], False
            columns |= {column: table.column(column).take(pa.array(record, mask=empty)) for column in read}
        return pa.table(columns)

    def _side_by_side(self, work: Callable[[Given], Found], parts: Sequence[Given]) -> list[Found]:
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(work, parts))


@dataclass(frozen=True)
class Crossed:
    """Knows the records whose given name some other record has as a family name; `number` counts their full names, -1 for all other records."""

    given: Codes
    family: Codes
    number: Codes
    shown: Ints

    @property
    def size(self) -> int:
        """Return how many full names there are."""
        return len(self.shown)

    def pairs(self, left: Ints, right: Ints) -> Ints:
        """Return the places of the pairs whose names cross."""
        if self.size == 0:
            return np.empty(0, np.int64)
        at = np.flatnonzero((self.number[left] >= 0) & (self.number[right] >= 0))
        a, b = left[at], right[at]
        there, back = self.given[a] == self.family[b], self.family[a] == self.given[b]
        half = (self.family[a] < 0) | (self.family[b] < 0)
        return at[(there & back) | (half & (there | back))]

    def keys(self, left: Ints, right: Ints) -> Ints:
        """Return a number for each two full names, whichever comes first."""
        one, other = self.number[left].astype(np.int64), self.number[right].astype(np.int64)
        return np.minimum(one, other) * self.size + np.maximum(one, other)


def _crossed(table: pa.Table, names: Sequence[str], of: Sequence[npt.NDArray[np.int32]]) -> Crossed:
    """Return the records of a table that could cross with any other."""
    given, family = codes(table.column("given_key"), table.column("family_key"))
    number = np.full(table.num_rows, -1, np.int32)
    if not set(CROSSED) <= set(names):
        return Crossed(given, family, number, np.empty(0, np.int64))
    one, other = given.astype(np.int64), family.astype(np.int64)
    size = int(max(one.max(initial=0), other.max(initial=0))) + 1
    whole, half = (one >= 0) & (other >= 0), (one >= 0) & (other < 0)
    turned: Flags = whole & np.isin(one * size + other, (other * size + one)[whole])
    at = np.flatnonzero(turned | (half & np.isin(one, other[whole])) | (whole & np.isin(other, one[half])))
    if len(at):
        number[at], first = coded([of[names.index(name)][at] for name in CROSSED])
        at = at[first]
    return Crossed(given, family, number, at)


def _numbered(column: pa.ChunkedArray) -> Codes:
    """Return equal numbers for equal values, -1 where they are missing."""
    return numbers(column) if pa.types.is_integer(column.type) else codes(column)[0]
