"""Exactly zero: nobody dies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Ints, Sampler


def exactly_zero(history: CountHistory) -> Sampler:
    """Return the forecast of no death anywhere; its CRPS is the mean of the actuals (a benchmark of the 2023 challenge)."""

    def sample(rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        return np.zeros((len(rows), len(steps), draws), dtype=np.int32)

    return sample
