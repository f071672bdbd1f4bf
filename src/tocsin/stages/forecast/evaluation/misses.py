"""The list of misses: events that stood too low in the order of their year, named one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.evaluation.recall import chance_in_top
from tocsin.stages.forecast.panel import Array


@dataclass(frozen=True)
class Miss:
    """Names one event that a list of the k highest would have left out, with its rank (ties at their middle)."""

    place: str
    year: int
    rank: float
    probability: float


def misses(probability: Array, label: Array, places: np.ndarray, years: np.ndarray, k: int) -> list[Miss]:
    """Return the events with less than an even chance to be among the `k` highest of their year, in order of time."""
    chance = chance_in_top(probability, years, k)
    found = []
    for row in np.flatnonzero((label == 1) & (chance < 0.5)).tolist():
        same = probability[years == years[row]]
        rank = float((same > probability[row]).sum() + ((same == probability[row]).sum() + 1) / 2)
        found.append(Miss(str(places[row]), int(years[row]), rank, float(probability[row])))
    return sorted(found, key=lambda miss: (miss.year, miss.place))
