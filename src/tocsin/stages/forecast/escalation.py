"""Escalation: the chance that the deaths of twelve months reach a level, in places that were below it for two years.

Two ways to say it are averaged, how many courses of the count model get there and a regression on how places rose before,
and the mean is moved by how far it ran below the world at early origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from sklearn.linear_model import LogisticRegression

from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Ints
from tocsin.stages.forecast.count_models.past import EVERY, Past
from tocsin.stages.forecast.count_models.state import State
from tocsin.stages.forecast.count_targets import BELOW, LEVELS, SUM, WINDOWS, CountTarget, below, year_sums
from tocsin.stages.forecast.methods.recalibrate import recalibrate
from tocsin.stages.forecast.panel import Array

#: Every way to say the chance, baselines first.
METHODS = ("climatology", "present_level", "regression", "paths", "pooled", "recalibrated")
#: The one that is shown.
CHOSEN = METHODS[-1]
#: Inverse strength of the regression's quadratic penalty on standardised inputs. Chosen, like its inputs and the plain mean
#: of the pool, by the log score of origins from 1995 to 2003.
C = 0.01
#: Shares of a level between which `present_level` tells places apart, beside those without a death; and how many cases
#: at the common rate each class starts with.
SHARES, PRIOR = (0.1, 0.3, 0.6), 5.0
#: Log-odds added to the pool by level: how far it ran below the world at origins from 1995 to 2003, over all kinds and both
#: windows, held near none by a normal prior with a standard deviation of 0.15. They fall with the level, so a higher level
#: never becomes likelier than a lower one.
SHIFTS = {25: 0.27, 100: 0.15, 1000: -0.06}
#: No chance lies nearer to 0 or 1: with 1,000 courses nothing is certain.
FLOOR = 5e-4


def escalation_targets(kind: str) -> tuple[CountTarget, ...]:
    """Return the questions about one kind of violence, as `COUNT_TARGETS` holds them.

    >>> [target.name for target in escalation_targets("one_sided")][:2]
    ['one_sided_escalation_25_in_12', 'one_sided_escalation_25_in_24']
    """
    return tuple(
        CountTarget(f"{kind}_escalation_{level}_in_{months}", kind, "escalation", 1, months, level)
        for level in LEVELS
        for months in WINDOWS
    )


def path_chances(history: CountHistory, rows: Ints, draws: Draws, target: CountTarget) -> Array:
    """Return the share of courses in which the sum of twelve months reaches the level; NaN where it is not asked.

    The sums of the first months ahead hold the months before the origin as they were.

    Args:
        history: counts up to the origin.
        rows: places.
        draws: place x step x draw, from the first month ahead on, at least to the target's last.
        target: level and window.
    """
    known = history.values[rows][:, -(SUM - 1) :]
    result = np.full(len(rows), np.nan)
    for row in np.flatnonzero(below(history.values[rows], target.level)):
        course = np.concatenate([np.repeat(known[row][:, None], draws.shape[2], axis=1), draws[row, : target.last]])
        upto = np.concatenate([np.zeros((1, draws.shape[2])), np.cumsum(course, axis=0)])
        result[row] = ((upto[SUM:] - upto[:-SUM]).max(axis=0) >= target.level).mean()
    return result


@dataclass(frozen=True)
class Escalations:
    """Holds what may be learned up to an origin about how places rose above a level."""

    history: CountHistory
    past: Past
    sums: Array
    _learned: dict[CountTarget, _Lessons] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, history: CountHistory) -> Escalations:
        """Return the past of a history; nothing after its last month is ever looked at."""
        return cls(history, Past.of(history.values), year_sums(history.values))

    def chances(self, rows: Ints, draws: Draws, target: CountTarget) -> Mapping[str, Array]:
        """Return the chance by each of `METHODS`; NaN where the question is not asked.

        `climatology` is the rate of earlier cases with a known answer, `present_level` the rate among those with a similar
        sum of the last twelve months, `regression` a logistic regression on that sum, levels over two half-lives and months of
        quiet, `paths` the share of courses, `pooled` the mean of the last two, and `recalibrated` that mean with its log-odds moved by
        the shift of its level.
        """
        paths = path_chances(self.history, rows, draws, target)
        asked = ~np.isnan(paths)
        if target not in self._learned:
            self._learned[target] = self._lessons(target)
        lessons = self._learned[target]
        now = _inputs(self.past.now.rows(rows[asked]), self.sums[rows[asked], -1])
        found = {
            "climatology": np.full(len(now), lessons.rate),
            "present_level": lessons.by_level(np.expm1(now[:, 0]), target.level),
            "regression": lessons.fitted(now),
            "paths": np.clip(paths[asked], FLOOR, 1 - FLOOR),
        }
        found["pooled"] = (found["regression"] + found["paths"]) / 2
        found["recalibrated"] = recalibrate(found["pooled"], SHIFTS[target.level])
        return {name: _spread(np.clip(found[name], FLOOR, 1 - FLOOR), asked) for name in METHODS}

    def _lessons(self, target: CountTarget) -> _Lessons:
        """Return the earlier cases that were asked and whose window was over by the origin."""
        inputs, answers, weights = [np.empty((0, 4))], [np.empty(0)], [np.empty(0)]
        teachers = self.past.teachers
        for month in range(self.past.origin - target.last, BELOW + SUM - 2, -EVERY):
            ahead = self.sums[teachers, month + 1 : month + target.last + 1]
            asked = below(self.past.values[teachers, : month + 1], target.level) & ~np.isnan(ahead).any(axis=1)
            inputs.append(_inputs(self.past.states[month].rows(teachers[asked]), self.sums[teachers[asked], month]))
            answers.append((ahead[asked].max(axis=1, initial=0) >= target.level).astype(float))
            weights.append(self.past.weights[asked])
        return _Lessons(np.concatenate(inputs), np.concatenate(answers), np.concatenate(weights))


@dataclass(frozen=True)
class _Lessons:
    """Holds earlier cases: inputs, whether the level was reached, and how many places each stands for."""

    inputs: Array
    answers: Array
    weights: Array

    @property
    def rate(self) -> float:
        return float((self.answers @ self.weights + 0.5) / (self.weights.sum() + 1))

    def by_level(self, sums: Array, level: int) -> Array:
        """Return the rate among cases whose last twelve months were in the same class, shrunk to the common rate."""
        edges = np.array([0.5, *(share * level for share in SHARES)])
        classes = np.searchsorted(edges, np.expm1(self.inputs[:, 0]))
        count, came = (np.bincount(classes, w, len(edges) + 1) for w in (self.weights, self.weights * self.answers))
        rates = (came + PRIOR * self.rate) / (count + PRIOR)
        return np.asarray(rates[np.searchsorted(edges, sums)])

    @cached_property
    def model(self) -> tuple[LogisticRegression, Array, Array] | None:
        """Return the regression with center and spread of its inputs; None where only one answer was ever seen."""
        if len(np.unique(self.answers)) < 2:
            return None
        center, spread = self.inputs.mean(axis=0), self.inputs.std(axis=0) + 1e-9
        return LogisticRegression(C=C, max_iter=500).fit((self.inputs - center) / spread, self.answers, self.weights), center, spread

    def fitted(self, wanted: Array) -> Array:
        """Return what the regression says; the common rate where there is none."""
        if self.model is None or not len(wanted):
            return np.full(len(wanted), self.rate)
        model, center, spread = self.model
        return np.asarray(model.predict_proba((wanted - center) / spread)[:, 1])


def _inputs(state: State, sums: Array) -> Array:
    return np.column_stack([np.log1p(sums), np.log1p(SUM * state.levels[:, 0]), np.log1p(SUM * state.levels[:, 3]), np.log1p(state.quiet)])


def _spread(values: Array, asked: np.ndarray) -> Array:
    result = np.full(len(asked), np.nan)
    result[asked] = values
    return result
