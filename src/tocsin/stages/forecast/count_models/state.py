"""What a place's own past says at an origin: levels over several half-lives, how often there were deaths, how long it is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.count_models.history import Ints
from tocsin.stages.forecast.panel import Array

#: Half-lives, in months, of the four levels.
HALF_LIVES = (2.0, 6.0, 24.0, 120.0)
#: Bounds of the classes of places: deaths a month, weighted with a half-life of six months.
BOUNDS = (3.0, 20.0)
CLASSES = ("never", "quiet", "low", "middle", "high")


@dataclass(frozen=True)
class State:
    """Holds the state of each place at one origin.

    Args:
        levels: place x half-life, weighted mean deaths a month.
        active: share of the last 12 months with a death.
        often: the same over all years, with a half-life of four years.
        quiet: months since the last death, counted from the first known month where there was none.
    """

    levels: Array
    active: Array
    often: Array
    quiet: Array

    @property
    def classes(self) -> Ints:
        """Return the class of each place: never a death, a quiet year, and three by level."""
        by_level = 2 + np.searchsorted(BOUNDS, self.levels[:, 1], side="right")
        return np.where(self.levels[:, 3] <= 0, 0, np.where(self.active == 0, 1, by_level)).astype(np.int64)

    @property
    def size(self) -> Array:
        """Return the level that outcomes are compared with: mostly that of the last months."""
        return np.asarray(self.levels[:, :3] @ np.array([0.35, 0.45, 0.2]))

    def rows(self, chosen: np.ndarray) -> State:
        """Return the state of some places."""
        return State(self.levels[chosen], self.active[chosen], self.often[chosen], self.quiet[chosen])

    @classmethod
    def joined(cls, parts: Sequence[State]) -> State:
        """Return the states of several origins, one after the other."""
        names = ("levels", "active", "often", "quiet")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def states(values: Array) -> list[State]:
    """Return the state of every place at the end of every month, each from that month and those before alone."""
    known = ~np.isnan(values)
    counts = np.where(known, values, 0.0)
    some = counts > 0
    levels = np.stack([_weighted(counts, known, half_life) for half_life in HALF_LIVES], axis=-1)
    often = _weighted(some.astype(float), known, 48.0)
    active = _last_year(some) / np.maximum(_last_year(known), 1)
    quiet = np.empty_like(counts)
    since = np.zeros(len(values))
    for month in range(values.shape[1]):
        since = np.where(some[:, month], 0.0, since + known[:, month])
        quiet[:, month] = since
    return [State(levels[:, m], active[:, m], often[:, m], quiet[:, m]) for m in range(values.shape[1])]


def _weighted(counts: Array, known: np.ndarray, half_life: float) -> Array:
    keep = 0.5 ** (1 / half_life)
    total, weight = np.zeros(len(counts)), np.zeros(len(counts))
    result = np.empty_like(counts)
    for month in range(counts.shape[1]):
        total = keep * total + counts[:, month]
        weight = keep * weight + known[:, month]
        result[:, month] = total / np.maximum(weight, 1e-9)
    return result


def _last_year(values: np.ndarray) -> Array:
    sums = np.cumsum(values, axis=1, dtype=np.float64)
    return sums - np.pad(sums, ((0, 0), (12, 0)))[:, : values.shape[1]]
