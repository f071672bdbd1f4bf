"""Holds what was learned about the comparisons: how often each level is seen in matches (m) and in others (u)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.stages.link.arrays import Floats


@dataclass(frozen=True)
class Field:
    """Holds one comparison: labels, m and u by level (0 is "different", the highest the closest), and which levels weigh rarity."""

    name: str
    labels: tuple[str, ...]
    m: Floats
    u: Floats
    rarity: tuple[str | None, ...]


@dataclass(frozen=True)
class Model:
    """Holds the trained comparisons and the share of all pairs that are one person.

    The weight of a level is log(m/u) (Fellegi and Sunter 1969); where a level weighs rarity, agreement on a value counts
    by how common it is: log of the column's chance of agreement over the more common of the two values' shares.
    """

    fields: tuple[Field, ...]
    prior: float

    def field(self, name: str) -> Field:
        """Return the comparison called `name`."""
        return next(f for f in self.fields if f.name == name)

    def weights(self) -> list[Floats]:
        """Return log(m/u) by level for each comparison."""
        return [np.log(f.m / f.u) for f in self.fields]

    @property
    def prior_weight(self) -> float:
        """Return the log odds that two records taken at random are one person."""
        return float(np.log(self.prior) - np.log1p(-self.prior))


class Rarity:
    """Knows how common each record's values are, and what agreement on them adds to the weight."""

    def __init__(self, table: pa.Table, fields: Sequence[Field]) -> None:
        self._fields = fields
        wanted = sorted({column for f in fields for column in f.rarity if column is not None})
        self.shares = {column: _shares(table.column(column)) for column in wanted}
        self._rare = {column: _log_odds(*shares) for column, shares in self.shares.items()}

    def adjustments(self, left: npt.NDArray[Any], right: npt.NDArray[Any], levels: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
        """Return what rarity adds to the weight of each comparison of each pair (log units)."""
        added = np.zeros(levels.shape[::-1], dtype=np.float32).T  # read by comparison
        for place, known in enumerate(self._fields):
            for level, column in enumerate(known.rarity):
                if column is None:
                    continue
                at = np.flatnonzero(levels[:, place] == level)
                rarer = self._rare[column]
                commoner = np.minimum(rarer[left[at]], rarer[right[at]])
                added[at, place] = np.where(np.isinf(commoner), 0.0, commoner)
        return added


def _log_odds(shares: Floats, chance: float) -> npt.NDArray[np.float32]:
    """Return what agreement on each record's value adds (log units), infinite where it has none."""
    rarer = np.log(chance / np.maximum(shares, 1e-12)).astype(np.float32)
    return np.where(shares > 0, np.round(rarer, 5), np.float32(np.inf))


def _shares(column: pa.ChunkedArray) -> tuple[Floats, float]:
    """Return each record's share of its value among records that have one, and the chance that two of them agree."""
    codes = column.combine_chunks().dictionary_encode()
    places = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counts = np.bincount(places[places >= 0], minlength=max(1, len(codes.dictionary)))
    total = max(1, int(counts.sum()))
    shares = np.where(places >= 0, counts[np.maximum(places, 0)] / total, 0.0)
    chance = float((counts * (counts - 1.0)).sum() / max(1.0, total * (total - 1.0)))
    return shares, max(chance, 1.0 / (total * max(total, 1)))


def untrained(comparisons: Sequence[dict[str, Any]]) -> tuple[Field, ...]:
    """Return the comparisons before training: the closest level is the usual one in a match."""
    fields = []
    for comparison in comparisons:
        levels = comparison["comparison_levels"][:0:-1]
        size = len(levels)
        m = np.full(size, 0.1 / max(1, size - 1))
        m[-1] = 0.9
        labels = tuple(str(level["label_for_charts"]) for level in levels)
        rarity = tuple(level.get("rarity") for level in levels)
        fields.append(Field(comparison["output_column_name"], labels, m / m.sum(), np.full(size, 1.0 / size), rarity))
    return tuple(fields)
