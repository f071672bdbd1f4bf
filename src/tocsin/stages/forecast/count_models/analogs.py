"""Similar cases: what followed in the places, and at the times, that looked most like this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from tocsin.stages.forecast.count_models.history import Cumulative, Ints
from tocsin.stages.forecast.count_models.levels import LEVELS, level_of
from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.panel import Array

#: Weights of the inputs in the distance: four levels (log), share of active months in a year and over all years.
WEIGHTS = np.array([1.0, 1.2, 0.5, 0.25, 1.8, 1.2])
#: Added to levels before they are compared, so that nothing is divided by nothing.
FLOOR = 0.5


@dataclass(frozen=True)
class Analogs:
    """Holds earlier cases of all places that ever saw a death by then, to be searched; and what followed in those that never had.

    What followed a case is scaled by the ratio of the two levels; nearer cases weigh more. Only outcomes that are known at
    the origin count.
    """

    past: Past
    teacher: Ints
    month: Ints
    sizes: Array
    tree: cKDTree | None
    never: tuple[Ints, Ints]

    @classmethod
    def of(cls, past: Past, step: int) -> Analogs:
        """Return the cases whose outcome `step` months on is known."""
        teacher, month = past.cases(step)
        state = past.states_of(teacher, month)
        some = state.classes > 0
        tree = cKDTree(_inputs(state.rows(some))) if some.any() else None
        return cls(past, teacher[some], month[some], state.size[some], tree, (teacher[~some], month[~some]))

    def after(self, state: State, steps: Sequence[int], cases: int) -> Cumulative:
        """Return P(count <= level), place x step x level, from the `cases` nearest cases of each state."""
        result = np.ones((len(state.active), len(steps), len(LEVELS)), dtype=np.float32)
        some = state.classes > 0
        if self.tree is not None and some.any():
            near, weights = _nearest(self.tree, _inputs(state.rows(some)), cases)
            ratio = (state.size[some][:, None] + FLOOR) / (self.sizes[near] + FLOOR)
            for column, step in enumerate(steps):
                outcome = self._outcome(self.teacher[near], self.month[near] + step)
                result[some, column] = distribution(np.where(outcome > 0, np.maximum(outcome * ratio, 1.0), outcome), weights)
        teacher, month = self.never
        if len(teacher) and not some.all():
            for column, step in enumerate(steps):
                outcome = self._outcome(teacher, month + step)[None]
                result[~some, column] = distribution(outcome, self.past.weights[teacher][None])
        return result

    def _outcome(self, teacher: Ints, month: Ints) -> Array:
        origin = self.past.origin
        return np.where(month <= origin, self.past.values[self.past.teachers[teacher], np.minimum(month, origin)], np.nan)


def _nearest(tree: cKDTree, wanted: Array, cases: int) -> tuple[Ints, Array]:
    distance, near = tree.query(wanted, k=np.arange(1, min(cases, tree.n) + 1))
    squared = distance**2
    furthest = squared.max(axis=1, keepdims=True) + 1e-9
    return near, (1 - squared / (furthest * 1.0001)) ** 2 + 0.02


def _inputs(state: State) -> Array:
    return np.column_stack([np.log1p(state.levels), state.active, state.often]) * WEIGHTS


def distribution(counts: Array, weights: Array) -> Array:
    """Return P(count <= level) of the weighted counts of each row; zero deaths where no count is known."""
    known = ~np.isnan(counts)
    at = level_of(np.where(known, np.round(counts), 0.0)) + len(LEVELS) * np.arange(len(counts))[:, None]
    shares = np.bincount(at.ravel(), np.where(known, weights, 0.0).ravel(), minlength=len(counts) * len(LEVELS))
    cumulative = np.cumsum(shares.reshape(len(counts), -1), axis=1)
    total = cumulative[:, -1:]
    return np.where(total > 0, cumulative / np.maximum(total, 1e-12), 1.0)
