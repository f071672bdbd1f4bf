"""The count mixture: own recent history, over-dispersion, similar cases and rare jumps, weighted by what served before.

Each part is a distribution of the count of one month. Their weights are fitted for each class of places on earlier
origins whose outcomes were known, so that a forecast depends on nothing after its origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.count_models.history import CountHistory, Cumulative, Draws, Ints
from tocsin.stages.forecast.count_models.levels import LEVELS, WIDTHS, read_off
from tocsin.stages.forecast.count_models.memory import Looked, Memory
from tocsin.stages.forecast.count_models.parts import NAMES, PARTS, Parts
from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.state import CLASSES
from tocsin.stages.forecast.count_models.weights import Evidence, simplex_weights
from tocsin.stages.forecast.evaluation.ignorance import EDGES
from tocsin.stages.forecast.panel import Array

#: Steps are weighted in groups; those of a group that earlier origins are scored on.
GROUPS: tuple[tuple[int, ...], ...] = ((1, 2), (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), (15, 18, 21, 24, 27, 30, 33, 36))
#: Months between earlier origins, months of history the first needs, and the half-life of their weight in months.
EVERY, FIRST, FADE = 12, 60, 72.0
#: Index of the highest level in each bin of the binned ignorance but the last.
TOPS = np.searchsorted(LEVELS, np.array(EDGES[1:]), side="right") - 1
BLOCK = 500
#: Places with a death without which no weights are learned.
LEAST_PLACES = 20
#: Months of history without which nothing can be learned for 36 steps.
NEEDED = 60


@dataclass(frozen=True)
class Fitted:
    """Holds the parts and their weights (class x part) for one group of steps."""

    parts: Parts
    weights: Array

    @classmethod
    def of(cls, past: Past, steps: Sequence[int], memory: Memory) -> Fitted:
        """Return the mixture of one group of steps, fitted up to the origin."""
        return cls(Parts.of(past, steps), fitted_weights(past, steps, memory))

    def at(self, rows: Ints, steps: Sequence[int]) -> Cumulative:
        """Return P(count <= level) of the mixture, place x step x level."""
        weights = self.weights[self.parts.past.now.classes[rows]].astype(np.float32)
        return np.asarray(np.einsum("kpsl,pk->psl", self.parts.at(rows, steps), weights))


class CountMixture:
    """Gives draws of the mixture; what it learned is fitted once for each group of steps, when it is first asked for."""

    def __init__(self, past: Past, memory: Memory | None = None) -> None:
        """Keep what may be learned from."""
        self._past = past
        self._memory = memory or Memory()
        self._fitted: dict[int, Fitted] = {}

    def __call__(self, rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        """Return counts by place, step and draw."""
        result = np.empty((len(rows), len(steps), draws), dtype=np.int32)
        for group in sorted({group_of(step) for step in steps}):
            columns = [i for i, step in enumerate(steps) if group_of(step) == group]
            for start in range(0, len(rows), BLOCK):
                block = rows[start : start + BLOCK]
                mixed = self._of(group).at(block, [steps[i] for i in columns])
                drawn = read_off(mixed.reshape(-1, len(LEVELS)), draws)
                result[start : start + len(block), columns] = drawn.reshape(len(block), len(columns), draws)
        return result

    def weights(self, steps: Sequence[int]) -> list[dict[str, Any]]:
        """Return the weight of each part for each group of steps and class of places, as plain values."""
        return [
            {
                "steps": [GROUPS[group - 1][-1] + 1 if group else 1, GROUPS[group][-1]],
                "class": name,
                "parts": {part: round(float(weight), 4) for part, weight in zip(NAMES, row, strict=True)},
            }
            for group in sorted({group_of(step) for step in steps})
            for name, row in zip(CLASSES, self._of(group).weights, strict=True)
        ]

    def _of(self, group: int) -> Fitted:
        if group not in self._fitted:
            self._fitted[group] = Fitted.of(self._past, GROUPS[group], self._memory)
        return self._fitted[group]


def count_mixture(history: CountHistory, memory: Memory | None = None) -> CountMixture:
    """Return the mixture fitted on a history.

    Args:
        history: counts up to the origin.
        memory: shared by the forecasts from many origins of one history, it saves most of their time and changes nothing.

    Raises:
        BadInput: the history is too short to learn from.
    """
    if len(history.months) < NEEDED:
        todo = "Load earlier months, or choose conflictology_12 or nb_moments."
        raise BadInput("too short a history for the mixture", "history", f"at least {NEEDED} months", str(len(history.months)), todo)
    return CountMixture(Past.of(history.values), memory)


def group_of(step: int) -> int:
    """Return which group a step belongs to; steps beyond the last belong to it."""
    return next((i for i, group in enumerate(GROUPS) if step <= group[-1]), len(GROUPS) - 1)


def fitted_weights(past: Past, steps: Sequence[int], memory: Memory) -> Array:
    """Return weights by class and part, from earlier origins and from outcomes up to this one.

    Where fewer than `LEAST_PLACES` places ever saw a death, all parts weigh alike: a handful of places would choose a part
    that happened to be right about them.
    """
    if (np.nan_to_num(past.values).max(axis=1) > 0).sum() < LEAST_PLACES:
        return np.full((len(CLASSES), PARTS), 1 / PARTS)
    evidence: list[list[Evidence]] = [[] for _ in CLASSES]
    for month in range(past.origin - EVERY, FIRST - 1, -EVERY):
        known = [step for step in steps if month + step <= past.origin]
        if known:
            fade = 0.5 ** ((past.origin - month) / FADE)
            for group, one in enumerate(memory.recall(past, month, known, _look_back).faded(fade)):
                evidence[group] += one
    return np.array([simplex_weights(one, PARTS) for one in evidence])


def _look_back(past: Past, month: int, steps: list[int]) -> Looked:
    then = past.until(month)
    there = ~np.isnan(then.values[then.teachers, -1])
    rows, stands_for = then.teachers[there], then.weights[there]
    outcome = past.values[rows][:, [month + step for step in steps]]
    at, column = np.nonzero(~np.isnan(outcome))
    came = outcome[at, column]
    given = Parts.of(then, steps).at(rows, steps)[:, at, column]
    state = then.states[month].rows(rows[at])
    scale = stands_for[at] / np.sqrt(1 + state.levels[:, 1])
    miss = (given - (came[:, None] <= LEVELS)) * np.sqrt(WIDTHS * scale[:, None])
    binned = _bin_chances(given, came)
    crps = float(np.square(miss[0], dtype=np.float64).sum())
    bits = float(-np.log2(np.maximum(binned[0], 1e-3)) @ stands_for[at])
    classes: list[tuple[Array, Array, Array] | None] = []
    for number in range(len(CLASSES)):
        of_class = state.classes == number
        flat = miss[:, of_class].reshape(PARTS, -1).astype(np.float32)
        found = ((flat @ flat.T).astype(np.float64), binned[:, of_class], stands_for[at][of_class])
        classes.append(found if of_class.any() else None)
    return Looked(crps, bits, tuple(classes))


def _bin_chances(given: Cumulative, came: Array) -> Array:
    upto = np.concatenate([np.zeros((*given.shape[:2], 1)), given[:, :, TOPS], np.ones((*given.shape[:2], 1))], axis=2)
    place = np.searchsorted(np.array(EDGES[1:]), came, side="right")
    rows = np.arange(len(came))
    return np.asarray(upto[:, rows, place + 1] - upto[:, rows, place])
