"""The onset model: the chance of any death in a month ahead, from how long it is quiet and how it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.panel import Array

#: Inverse strength of the quadratic penalty; weak, since there are thousands of cases for a dozen coefficients.
C = 1.0
#: At most so many steps are taken from each earlier case.
STEPS = 4


@dataclass(frozen=True)
class Onset:
    """Holds a logistic regression fitted on earlier cases, or the rate of deaths where only one answer was ever seen."""

    model: LogisticRegression | None
    rate: float

    @classmethod
    def of(cls, past: Past, steps: Sequence[int]) -> Onset:
        """Return the model of deaths in months `steps` ahead."""
        used = np.unique(np.linspace(min(steps), max(steps), STEPS).round().astype(int))
        cases = [_cases(past, int(step)) for step in used]
        inputs, truth, weights = (np.concatenate(column) for column in zip(*cases, strict=True))
        rate = float((truth @ weights + 0.5) / (weights.sum() + 1))
        if len(np.unique(truth)) < 2:
            return cls(None, rate)
        return cls(LogisticRegression(C=C, max_iter=300).fit(inputs, truth, weights), rate)

    def chance(self, state: State, steps: Sequence[int]) -> Array:
        """Return P(count > 0), place x step."""
        if self.model is None:
            return np.full((len(state.active), len(steps)), self.rate)
        return np.column_stack([self.model.predict_proba(_inputs(state, step))[:, 1] for step in steps])


def _cases(past: Past, step: int) -> tuple[Array, Array, Array]:
    teacher, month = past.cases(step)
    outcome = past.values[past.teachers[teacher], month + step]
    known = ~np.isnan(outcome)
    inputs = _inputs(past.states_of(teacher, month), step)
    return inputs[known], (outcome[known] > 0).astype(float), past.weights[teacher[known]]


def _inputs(state: State, step: int) -> Array:
    ahead = np.full(len(state.active), np.log(step))
    quiet = np.log1p(state.quiet)
    own = [*np.log1p(state.levels).T, state.active, state.often, quiet, state.active == 0]
    return np.column_stack([*own, ahead, ahead * state.active, ahead * state.often, quiet * state.often])
