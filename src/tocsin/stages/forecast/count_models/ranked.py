"""Cases with the same expectation: what followed where a regression on the past expected as much as it does here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.count_models.analogs import distribution
from tocsin.stages.forecast.count_models.history import Cumulative
from tocsin.stages.forecast.count_models.levels import LEVELS
from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.panel import Array

#: How many of the cases whose expectation is nearest.
NEAR = 300
#: Quadratic penalty on standardised coefficients.
PENALTY = 5.0
#: Steps at which cases are taken, evenly over those of the group.
STEPS = 4


@dataclass(frozen=True)
class Ranked:
    """Holds a ridge regression of log(1 + count) and, by step, the expectations of earlier cases with what came.

    The forecast moves the outcomes of the nearest cases by the difference of the two expectations, on the log scale.

    Args:
        center: mean of each input.
        spread: standard deviation of each input.
        coefficients: intercept first.
        cases: step -> expectations in ascending order, and counts.
    """

    center: Array
    spread: Array
    coefficients: Array
    cases: Mapping[int, tuple[Array, Array]]

    @classmethod
    def of(cls, past: Past, steps: Sequence[int]) -> Ranked:
        """Return the regression fitted on places that ever saw a death, the more the more they saw."""
        used = np.unique(np.linspace(min(steps), max(steps), STEPS).round().astype(int)).tolist()
        found = {step: _cases(past, step) for step in used}
        inputs, counts, weights = (np.concatenate(column) for column in zip(*found.values(), strict=True))
        if not len(counts):
            return cls(np.zeros(1), np.ones(1), np.zeros(2), {})
        center, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
        design = _design(inputs, center, spread)
        squares = (design * weights[:, None]).T @ design + PENALTY * np.eye(design.shape[1])
        coefficients = np.linalg.solve(squares, (design * weights[:, None]).T @ np.log1p(counts))
        fitted = cls(center, spread, coefficients, {})
        ordered = {step: fitted.ordered(one[0], one[1]) for step, one in found.items() if len(one[1])}
        return cls(center, spread, coefficients, ordered)

    def expected(self, inputs: Array) -> Array:
        """Return the expectation of log(1 + count)."""
        return np.asarray(_design(inputs, self.center, self.spread) @ self.coefficients)

    def ordered(self, inputs: Array, counts: Array) -> tuple[Array, Array]:
        """Return expectations in ascending order, and the counts that came."""
        expected = self.expected(inputs)
        order = np.argsort(expected, kind="stable")
        return expected[order], counts[order]

    def after(self, state: State, steps: Sequence[int]) -> Cumulative:
        """Return P(count <= level), place x step x level; zero for a place that never saw a death."""
        result = np.ones((len(state.active), len(steps), len(LEVELS)), dtype=np.float32)
        some = np.flatnonzero(state.classes > 0)
        if self.cases and len(some):
            for column, step in enumerate(steps):
                cases = self.cases[min(self.cases, key=lambda known: (abs(known - step), known))]
                result[some, column] = _moved(self.expected(_inputs(state.rows(some), step)), *cases)
        return result


def _moved(wanted: Array, expected: Array, counts: Array) -> Array:
    near = min(NEAR, len(expected))
    first = np.clip(np.searchsorted(expected, wanted) - near // 2, 0, len(expected) - near)
    at = first[:, None] + np.arange(near)
    distance = np.abs(expected[at] - wanted[:, None])
    furthest = distance.max(axis=1, keepdims=True) * 1.001 + 1e-9
    moved = np.expm1(np.log1p(counts[at]) + wanted[:, None] - expected[at])
    return distribution(np.where(counts[at] > 0, np.maximum(moved, 1.0), 0.0), 1 - (distance / furthest) ** 2 + 0.02)


def _cases(past: Past, step: int) -> tuple[Array, Array, Array]:
    teacher, month = past.cases(step)
    state = past.states_of(teacher, month)
    counts = past.values[past.teachers[teacher], month + step]
    chosen = ~np.isnan(counts) & (state.classes > 0)
    some = state.rows(chosen)
    return _inputs(some, step), counts[chosen], np.log1p(some.levels[:, 1]) + 0.05


def _design(inputs: Array, center: Array, spread: Array) -> Array:
    return np.column_stack([np.ones(len(inputs)), (inputs - center) / spread])


def _inputs(state: State, step: int) -> Array:
    levels, quiet = np.log1p(state.levels), np.log1p(state.quiet)
    ahead = np.full(len(quiet), np.log(step))
    own = [levels, levels[:, :2] ** 2, state.active, state.often, quiet, state.active == 0]
    return np.column_stack([*own, ahead, ahead * levels[:, 1], ahead * state.active, ahead * state.often, quiet * state.often])
