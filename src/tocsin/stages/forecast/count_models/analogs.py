"""Similar cases: what followed in the places, and at the times, that looked most like this one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from tocsin.stages.forecast.count_models.history import Cumulative, Ints
from tocsin.stages.forecast.count_models.levels import LEVELS, level_of
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.panel import Array

#: Months between the cases of one place, and months of history the first case needs.
EVERY, FIRST = 3, 36
#: Weights of the inputs in the distance: four levels (log), share of active months in a year and over all years.
WEIGHTS = np.array([1.0, 1.2, 0.5, 0.25, 1.8, 1.2])
#: Added to levels before they are compared, so that nothing is divided by nothing.
FLOOR = 0.5


def similar_cases(values: Array, past: Sequence[State], rows: Ints, steps: Sequence[int], cases: int) -> Cumulative:
    """Return P(count <= level), place x step x level, from the `cases` nearest earlier cases of any place.

    What followed a case is scaled by the ratio of the two levels; nearer cases weigh more. Only cases whose outcome is
    known at the origin (the last column of `values`) count.

    Args:
        values: place x month up to the origin.
        past: state at each month.
        rows: places to forecast.
        steps: months ahead.
        cases: how many.
    """
    origin = values.shape[1] - 1
    place, month = earlier_cases(values, min(steps))
    spans = {m: month == m for m in np.unique(month)}
    inputs = np.concatenate([_inputs(past[m].rows(place[at])) for m, at in spans.items()])
    sizes = np.concatenate([past[m].size[place[at]] for m, at in spans.items()])
    near, weights = _nearest(inputs, _inputs(past[origin])[rows], cases)
    ratio = (past[origin].size[rows][:, None] + FLOOR) / (sizes[near] + FLOOR)
    result = np.empty((len(rows), len(steps), len(LEVELS)), dtype=np.float32)
    for column, step in enumerate(steps):
        then = month[near] + step
        outcome = np.where(then <= origin, values[place[near], np.minimum(then, origin)], np.nan)
        result[:, column] = _distribution(outcome, ratio, weights)
    return result


def earlier_cases(values: Array, step: int) -> tuple[Ints, Ints]:
    """Return place and month of each earlier case, every third month, whose outcome `step` months on is not after the origin."""
    last = values.shape[1] - 1 - step
    months = np.arange(last, min(FIRST, last) - 1, -EVERY)[::-1]
    month, place = np.nonzero(~np.isnan(values[:, months].T))
    return place, months[month]


def _inputs(state: State) -> Array:
    return np.column_stack([np.log1p(state.levels), state.active, state.often]) * WEIGHTS


def _nearest(inputs: Array, wanted: Array, cases: int) -> tuple[Ints, Array]:
    distance, near = cKDTree(inputs).query(wanted, k=min(cases, len(inputs)))
    squared = distance**2
    furthest = squared.max(axis=1, keepdims=True) + 1e-9
    return near, (1 - squared / (furthest * 1.0001)) ** 2 + 0.02


def _distribution(outcome: Array, ratio: Array, weights: Array) -> Array:
    known = ~np.isnan(outcome)
    scaled = np.where(outcome > 0, np.maximum(np.round(outcome * ratio), 1.0), 0.0)
    at = level_of(np.where(known, scaled, 0.0)) + len(LEVELS) * np.arange(len(outcome))[:, None]
    shares = np.bincount(at.ravel(), np.where(known, weights, 0.0).ravel(), minlength=len(outcome) * len(LEVELS))
    cumulative = np.cumsum(shares.reshape(len(outcome), -1), axis=1)
    total = cumulative[:, -1:]
    return np.where(total > 0, cumulative / np.maximum(total, 1e-12), 1.0)
