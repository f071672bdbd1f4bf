"""Conflictology: the last twelve months of a place are the forecast. Hard to beat, so it is what others are measured against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Ints, Sampler
from tocsin.stages.forecast.count_models.last_poisson import over_steps

MONTHS = 12


def conflictology(history: CountHistory) -> Sampler:
    """Return the values of the last 12 months, the known ones repeated equally often up to the draws asked for.

    Reference: Hegre et al. 2025, J. Peace Research 62(6); the benchmark `conflictology_country12` of the challenge.
    """

    def sample(rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        ordered = np.sort(history.recent(rows, MONTHS), axis=1)  # NaN last
        known = (~np.isnan(ordered)).sum(axis=1)
        picks = ((np.arange(draws) + 0.5) / draws * known[:, None]).astype(np.int64)
        return over_steps(np.take_along_axis(ordered, picks, axis=1), len(steps))

    return sample
