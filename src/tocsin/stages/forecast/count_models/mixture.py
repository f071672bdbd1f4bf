"""The count mixture: own recent history, over-dispersion, similar cases and rare jumps, weighted by what served before.

Each part is a distribution of the count of one month. Their weights are fitted for each class of places on earlier
origins whose outcomes were known, so that a forecast depends on nothing after its origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.count_models.analogs import similar_cases
from tocsin.stages.forecast.count_models.history import CountHistory, Cumulative, Draws, Ints, Sampler
from tocsin.stages.forecast.count_models.levels import LEVELS, WIDTHS, read_off
from tocsin.stages.forecast.count_models.onset import chance_of_deaths
from tocsin.stages.forecast.count_models.recency import recent_history
from tocsin.stages.forecast.count_models.state import CLASSES, State, states
from tocsin.stages.forecast.count_models.weights import Evidence, simplex_weights
from tocsin.stages.forecast.evaluation.ignorance import EDGES
from tocsin.stages.forecast.panel import Array

#: Own history: half-life in months (None weighs alike), spread between months, months back. The first is the baseline.
OWN: tuple[tuple[float | None, float, int], ...] = (
    (None, 0.0, 12),
    (None, 0.4, 12),
    (2.0, 0.4, 240),
    (4.0, 0.25, 240),
    (4.0, 0.7, 240),
    (8.0, 0.25, 240),
    (8.0, 0.7, 240),
    (16.0, 0.25, 240),
    (16.0, 0.7, 240),
    (32.0, 0.4, 240),
    (None, 0.4, 120),
)
#: How many similar cases.
CASES = (400, 100)
PARTS = len(OWN) + len(CASES) + 1
#: Steps are weighted in groups; those of a group that earlier origins are scored on.
GROUPS: tuple[tuple[int, ...], ...] = ((1, 2), (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), (15, 18, 21, 24, 27, 30, 33, 36))
#: Months between earlier origins, months of history the first needs, and the half-life of their weight in months.
EVERY, FIRST, FADE = 12, 60, 72.0
#: Index of the highest level in each bin of the binned ignorance but the last.
TOPS = np.searchsorted(LEVELS, np.array(EDGES[1:]), side="right") - 1
BLOCK = 500


@dataclass(frozen=True)
class Past:
    """Holds the counts up to one origin, and the state of every place at every month until then."""

    values: Array
    states: list[State]

    def until(self, month: int) -> Past:
        """Return the same as it stood at the end of column `month`."""
        return Past(self.values[:, : month + 1], self.states[: month + 1])

    @property
    def origin(self) -> int:
        """Return the column of the origin."""
        return self.values.shape[1] - 1


def count_mixture(history: CountHistory) -> Sampler:
    """Return the mixture fitted on a history."""
    past = Past(history.values, states(history.values))
    weights: dict[int, Array] = {}

    def sample(rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        result = np.empty((len(rows), len(steps), draws), dtype=np.int32)
        classes = past.states[past.origin].classes
        for group in sorted({group_of(step) for step in steps}):
            columns = [i for i, step in enumerate(steps) if group_of(step) == group]
            if group not in weights:
                weights[group] = fitted_weights(past, GROUPS[group])
            for start in range(0, len(rows), BLOCK):
                block = rows[start : start + BLOCK]
                mixed = mixed_parts(past, block, [steps[i] for i in columns], weights[group][classes[block]])
                drawn = read_off(mixed.reshape(-1, len(LEVELS)), draws)
                result[start : start + len(block), columns] = drawn.reshape(len(block), len(columns), draws)
        return result

    return sample


def group_of(step: int) -> int:
    """Return which group a step belongs to; steps beyond the last belong to it."""
    return next((i for i, group in enumerate(GROUPS) if step <= group[-1]), len(GROUPS) - 1)


def mixed_parts(past: Past, rows: Ints, steps: Sequence[int], weights: Array) -> Cumulative:
    """Return P(count <= level) of the mixture, place x step x level; weights by place and part."""
    return np.asarray(np.einsum("kpsl,pk->psl", parts(past, rows, steps), weights.astype(np.float32)))


def parts(past: Past, rows: Ints, steps: Sequence[int]) -> Cumulative:
    """Return P(count <= level) of each part, part x place x step x level."""
    result = np.empty((PARTS, len(rows), len(steps), len(LEVELS)), dtype=np.float32)
    for part, (half_life, spread, months) in enumerate(OWN):
        result[part] = recent_history(past.values[rows], half_life, spread, months)[:, None]
    for part, cases in enumerate(CASES, start=len(OWN)):
        result[part] = similar_cases(past.values, past.states, rows, steps, cases)
    chance = chance_of_deaths(past.values, past.states, rows, steps)[:, :, None]
    similar = result[len(OWN)]
    some = np.maximum(1 - similar[:, :, :1], 1e-6)
    result[-1] = np.where(similar[:, :, :1] < 1, 1 - chance * (1 - similar) / some, 1.0)
    return result


def fitted_weights(past: Past, steps: Sequence[int]) -> Array:
    """Return weights by class and part, from earlier origins and from outcomes up to this one."""
    evidence: list[list[Evidence]] = [[] for _ in CLASSES]
    for month in range(past.origin - EVERY, FIRST - 1, -EVERY):
        known = [step for step in steps if month + step <= past.origin]
        if known:
            fade = 0.5 ** ((past.origin - month) / FADE)
            for group, one in enumerate(_evidence(past, month, known, fade)):
                evidence[group] += one
    return np.array([simplex_weights(one, PARTS) for one in evidence])


def _evidence(past: Past, month: int, steps: list[int], fade: float) -> list[list[Evidence]]:
    then = past.until(month)
    rows = np.flatnonzero(~np.isnan(then.values[:, -1]))
    outcome = past.values[rows][:, [month + step for step in steps]]
    at, column = np.nonzero(~np.isnan(outcome))
    came = outcome[at, column]
    given = parts(then, rows, steps)[:, at, column]
    state = then.states[month].rows(rows[at])
    scale = 1 / np.sqrt(1 + state.levels[:, 1])
    miss = (given - (came[:, None] <= LEVELS)) * np.sqrt(WIDTHS * scale[:, None])
    binned = _bin_chances(given, came)
    crps = float(np.square(miss[0], dtype=np.float64).sum())
    bits = float(-np.log2(np.maximum(binned[0], 1e-3)).sum())
    result: list[list[Evidence]] = []
    for number in range(len(CLASSES)):
        of_class = state.classes == number
        flat = miss[:, of_class].reshape(PARTS, -1).astype(np.float32)
        cross = (flat @ flat.T).astype(np.float64)
        result.append([Evidence(cross, binned[:, of_class], fade / max(crps, 1e-9), fade / max(bits, 1e-9))] if of_class.any() else [])
    return result


def _bin_chances(given: Cumulative, came: Array) -> Array:
    upto = np.concatenate([np.zeros((*given.shape[:2], 1)), given[:, :, TOPS], np.ones((*given.shape[:2], 1))], axis=2)
    place = np.searchsorted(np.array(EDGES[1:]), came, side="right")
    rows = np.arange(len(came))
    return np.asarray(upto[:, rows, place + 1] - upto[:, rows, place])
