"""The onset model: the chance of any death in a month ahead, from how long it is quiet and how it was before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from tocsin.stages.forecast.count_models.analogs import earlier_cases
from tocsin.stages.forecast.count_models.history import Ints
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.panel import Array

#: Inverse strength of the quadratic penalty; weak, since there are thousands of cases for a dozen coefficients.
C = 1.0
#: At most so many steps are taken from each earlier case.
STEPS = 4


def chance_of_deaths(values: Array, past: Sequence[State], rows: Ints, steps: Sequence[int]) -> Array:
    """Return P(count > 0), place x step, from a logistic regression on earlier cases of all places.

    Args:
        values: place x month up to the origin.
        past: state at each month.
        rows: places to forecast.
        steps: months ahead.
    """
    used = np.unique(np.linspace(min(steps), max(steps), STEPS).round().astype(int))
    inputs, labels = zip(*(_cases(values, past, int(step)) for step in used), strict=True)
    truth = np.concatenate(labels)
    wanted = [_inputs(past[values.shape[1] - 1].rows(rows), step) for step in steps]
    if len(np.unique(truth)) < 2:
        return np.full((len(rows), len(steps)), (truth.sum() + 0.5) / (len(truth) + 1))
    model = LogisticRegression(C=C, max_iter=300).fit(np.concatenate(inputs), truth)
    return np.column_stack([model.predict_proba(one)[:, 1] for one in wanted])


def _cases(values: Array, past: Sequence[State], step: int) -> tuple[Array, Array]:
    place, month = earlier_cases(values, step)
    outcome = values[place, month + step]
    inputs = np.concatenate([_inputs(past[m].rows(place[month == m]), step) for m in np.unique(month)])
    known = ~np.isnan(outcome)
    return inputs[known], (outcome[known] > 0).astype(float)


def _inputs(state: State, step: int) -> Array:
    ahead = np.full(len(state.active), np.log(step))
    quiet = np.log1p(state.quiet)
    own = [*np.log1p(state.levels).T, state.active, state.often, quiet, state.active == 0]
    return np.column_stack([*own, ahead, ahead * state.active, ahead * state.often, quiet * state.often])
