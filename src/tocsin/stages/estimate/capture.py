"""The one input of every estimator: who was on which lists, counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.model.errors import BadInput


@dataclass(frozen=True, eq=False)
class CaptureTable:
    """Counts persons by capture history: one row of `patterns` per history seen, 1 where a list names them.

    Build it with `capture_table`, which sorts, adds up equal histories and checks.
    """

    lists: tuple[str, ...]
    patterns: NDArray[np.uint8]
    counts: NDArray[np.int64]

    @property
    def documented(self) -> int:
        """Return how many different persons the lists name together."""
        return int(self.counts.sum())

    @property
    def times_seen(self) -> NDArray[np.int64]:
        """Return, for each history, on how many lists the person stands."""
        return self.patterns.sum(axis=1, dtype=np.int64)

    @property
    def list_sizes(self) -> NDArray[np.int64]:
        """Return how many persons each list names."""
        return self.patterns.T.astype(np.int64) @ self.counts

    @property
    def overlaps(self) -> NDArray[np.int64]:
        """Return the matrix of how many persons two lists share; list sizes on its diagonal."""
        wide = self.patterns.astype(np.int64)
        return wide.T @ (wide * self.counts[:, None])

    def dense(self) -> NDArray[np.int64]:
        """Return the counts of all 2^J histories; list `j` is bit `j`, the history of nobody is 0."""
        cells = np.zeros(1 << len(self.lists), np.int64)
        bits = np.left_shift(1, np.arange(len(self.lists), dtype=np.int64))
        np.add.at(cells, self.patterns.astype(np.int64) @ bits, self.counts)
        return cells

    def digest(self) -> str:
        """Return a hash that is the same for the same counts, whatever the order of lists or rows."""
        return hashlib.sha256(repr((self.lists, self.patterns.tolist(), self.counts.tolist())).encode()).hexdigest()

    def without(self, name: str) -> CaptureTable:
        """Return the table as it would be if list `name` did not exist."""
        keep = [i for i, other in enumerate(self.lists) if other != name]
        return capture_table([self.lists[i] for i in keep], self.patterns[:, keep], self.counts)

    def merged(self, first: str, second: str) -> CaptureTable:
        """Return the table with two lists joined into one."""
        i, j = self.lists.index(first), self.lists.index(second)
        keep = [k for k in range(len(self.lists)) if k not in (i, j)]
        joined = np.maximum(self.patterns[:, [i]], self.patterns[:, [j]])
        names = [*(self.lists[k] for k in keep), f"{first}+{second}"]
        return capture_table(names, np.hstack([self.patterns[:, keep], joined]), self.counts)


def capture_table(lists: Sequence[str], patterns: NDArray[np.generic], counts: NDArray[np.generic]) -> CaptureTable:
    """Build a capture table: equal histories are added up, nobody's history and empty rows fall away.

    Lists stand in the order of their names, so that no result depends on the order of columns or rows.

    Raises:
        BadInput: a count is negative, or a list column holds something other than 0 and 1.
    """
    order = sorted(range(len(lists)), key=lambda i: lists[i])
    shaped = np.asarray(patterns).reshape(len(counts), len(lists))[:, order]
    numbers = np.asarray(counts).astype(np.int64)
    if shaped.size and not np.isin(shaped, (0, 1)).all():
        raise BadInput("a list column holds something other than 0 and 1", "lists", "0 or 1", "another value", "Correct the column.")
    if (numbers < 0).any():
        raise BadInput("a count is negative", "column count", "0 or more", str(int(numbers.min())), "Correct the row.")
    seen = (shaped.sum(axis=1) > 0) & (numbers > 0)
    unique, inverse = np.unique(shaped[seen].astype(np.uint8), axis=0, return_inverse=True)
    sums = np.bincount(inverse.ravel(), weights=numbers[seen], minlength=len(unique)).astype(np.int64)
    return CaptureTable(tuple(lists[i] for i in order), unique.reshape(len(sums), len(lists)), sums)


def canonical_seed(table: CaptureTable, seed: int) -> int:
    """Return a seed that depends on the counts too: equal tables are resampled alike wherever they stand."""
    return int(hashlib.sha256(f"{seed} {table.digest()}".encode()).hexdigest()[:12], 16)


def from_mapping(lists: Sequence[str], cells: Mapping[str, int] | Iterable[tuple[str, int]]) -> CaptureTable:
    """Build a table from histories written as text, such as `{"110": 6}`.

    >>> from_mapping(["A", "B"], {"10": 3, "11": 2}).documented
    5
    """
    items = list(cells.items() if isinstance(cells, Mapping) else cells)
    patterns = np.array([[int(c) for c in history] for history, _ in items], np.int64).reshape(-1, len(lists))
    return capture_table(lists, patterns, np.array([count for _, count in items], np.int64))
