"""Last observed: the last month goes on, with no more uncertainty than chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import poisson

from tocsin.stages.forecast.count_models.history import CountHistory, Draws, Ints, Sampler, spread


def last_poisson(history: CountHistory) -> Sampler:
    """Return Poisson counts with the mean of the last observed month (a benchmark of the 2023 challenge)."""

    def sample(rows: Ints, steps: Sequence[int], draws: int) -> Draws:
        mean = history.values[rows, -1]
        return over_steps(poisson.ppf(spread(draws), mean[:, None]), len(steps))

    return sample


def over_steps(counts: np.ndarray, steps: int) -> Draws:
    """Return the same counts (place x draw) for every step."""
    whole = counts.astype(np.int32)
    return np.ascontiguousarray(np.broadcast_to(whole[:, None, :], (len(whole), steps, whole.shape[1])))
