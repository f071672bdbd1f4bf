"""What a fitted model may learn from: counts and states up to an origin, and the places that lessons are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.count_models.history import Ints
from tocsin.stages.forecast.count_models.state import State, states
from tocsin.stages.forecast.panel import Array

#: Months between the cases of one place, and months of history the first case needs.
EVERY, FIRST = 3, 36
#: At most so many places that never saw a death are learned from; each then stands for several.
NEVER = 300


@dataclass(frozen=True)
class Past:
    """Holds the counts up to one origin, the states at every month until then, and the places to learn from with their weights."""

    values: Array
    states: list[State]
    teachers: Ints
    weights: Array

    @classmethod
    def of(cls, values: Array) -> Past:
        """Return the past with every place that ever saw a death, and at most `NEVER` others, evenly picked."""
        seen = np.nan_to_num(values).max(axis=1) > 0
        never = np.flatnonzero(~seen)
        picked = never[np.unique(np.linspace(0, len(never) - 1, min(NEVER, len(never))).astype(int))] if len(never) else never
        teachers = np.sort(np.concatenate([np.flatnonzero(seen), picked]))
        share = len(never) / max(len(picked), 1)
        return cls(values, states(values), teachers, np.where(seen[teachers], 1.0, share))

    @property
    def origin(self) -> int:
        """Return the column of the origin."""
        return self.values.shape[1] - 1

    @property
    def now(self) -> State:
        """Return the state at the origin."""
        return self.states[self.origin]

    def until(self, month: int) -> Past:
        """Return the same as it stood at the end of column `month`."""
        return Past(self.values[:, : month + 1], self.states[: month + 1], self.teachers, self.weights)

    def cases(self, step: int) -> tuple[Ints, Ints]:
        """Return teacher (its number) and month of each earlier case whose outcome `step` months on is not after the origin."""
        last = self.origin - step
        months = np.arange(last, min(FIRST, last) - 1, -EVERY)[::-1]
        month, teacher = np.nonzero(~np.isnan(self.values[self.teachers][:, months].T))
        return teacher.astype(np.int64), months[month].astype(np.int64)

    def states_of(self, teacher: Ints, month: Ints) -> State:
        """Return the states of cases, given in the order of their months."""
        found = [self.states[m].rows(self.teachers[teacher[month == m]]) for m in np.unique(month)]
        return State.joined(found)
