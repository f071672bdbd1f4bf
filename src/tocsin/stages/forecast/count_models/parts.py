"""The parts of the count mixture at one origin: own history, similar cases, cases with the same expectation, and jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.count_models.analogs import Analogs
from tocsin.stages.forecast.count_models.history import Cumulative, Ints
from tocsin.stages.forecast.count_models.levels import LEVELS
from tocsin.stages.forecast.count_models.onset import Onset
from tocsin.stages.forecast.count_models.past import Past
from tocsin.stages.forecast.count_models.ranked import Ranked
from tocsin.stages.forecast.count_models.recency import recent_history

#: Own history: half-life in months (None weighs alike), spread between months, months back. The first is the baseline.
OWN: tuple[tuple[float | None, float, int], ...] = (
    (None, 0.0, 12),
    (None, 0.4, 12),
    (2.0, 0.4, 240),
    (4.0, 0.25, 240),
    (4.0, 0.7, 240),
    (8.0, 0.25, 240),
    (16.0, 0.25, 240),
    (None, 0.4, 120),
)
#: How many similar cases.
CASES = 200
NAMES = (
    *(f"own, {f'half-life {h:g}' if h else 'alike'}, spread {s:g}, {m} months" for h, s, m in OWN),
    "similar cases",
    "same expectation",
    "jumps at the rate of the onset model",
)
PARTS = len(NAMES)


@dataclass(frozen=True)
class Parts:
    """Holds what was learned up to one origin for one group of steps."""

    past: Past
    analogs: Analogs
    ranked: Ranked
    onset: Onset

    @classmethod
    def of(cls, past: Past, steps: Sequence[int]) -> Parts:
        """Return the parts fitted for `steps` months ahead."""
        return cls(past, Analogs.of(past, min(steps)), Ranked.of(past, steps), Onset.of(past, steps))

    def at(self, rows: Ints, steps: Sequence[int]) -> Cumulative:
        """Return P(count <= level) of each part, part x place x step x level."""
        state = self.past.now.rows(rows)
        result = np.empty((PARTS, len(rows), len(steps), len(LEVELS)), dtype=np.float32)
        for part, (half_life, spread, months) in enumerate(OWN):
            result[part] = recent_history(self.past.values[rows], half_life, spread, months)[:, None]
        result[-3] = self.analogs.after(state, steps, CASES)
        result[-2] = self.ranked.after(state, steps)
        result[-1] = _with_chance(result[-3], self.onset.chance(state, steps)[:, :, None])
        return result


def _with_chance(similar: Cumulative, chance: np.ndarray) -> np.ndarray:
    """Return the sizes of similar cases with deaths, at another chance that there are any."""
    none = similar[:, :, :1]
    return np.where(none < 1, 1 - chance * (1 - similar) / np.maximum(1 - none, 1e-6), 1.0)
