"""A grid of counts on which distributions are added up, and how whole-number draws are read off them."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.count_models.history import Draws, Ints
from tocsin.stages.forecast.panel import Array

STEP = 1.1
HIGHEST = 2_000_000.0


def _levels() -> Array:
    wide = 21 * STEP ** np.arange(np.ceil(np.log(HIGHEST / 21) / np.log(STEP)) + 1)
    return np.unique(np.concatenate([np.arange(21.0), np.round(wide)]))


#: Every whole number to 20, then steps of a tenth to two million deaths a month.
LEVELS = _levels()
#: Deaths between one level and the next: the weight of each in an integral over counts.
WIDTHS = np.append(np.diff(LEVELS), LEVELS[-1] * (STEP - 1))


def level_of(counts: Array) -> Ints:
    """Return the index of the lowest level that is at least each count: a distribution at that level includes it.

    >>> LEVELS[level_of(np.array([0.0, 20.0, 22.0, 25.0]))].tolist()
    [0.0, 20.0, 23.0, 25.0]
    """
    return np.minimum(np.searchsorted(LEVELS, counts), len(LEVELS) - 1).astype(np.int64)


def read_off(cumulative: np.ndarray, draws: int) -> Draws:
    """Return the quantiles at (i + 0.5) / n of each distribution as whole numbers, spread evenly between two levels.

    Args:
        cumulative: rows x levels, P(count <= level), not falling along a row and ending at 1.
        draws: n, how many to read off.

    >>> row = np.where(LEVELS >= 2, 1.0, 0.5)
    >>> read_off(row[None], 4).tolist()
    [[0, 0, 2, 2]]
    """
    upto = np.floor(cumulative.astype(np.float64) * draws + 0.5).astype(np.int64)
    upto[:, -1] = draws
    upto = np.maximum.accumulate(upto, axis=1)
    held = np.diff(upto, axis=1, prepend=0)
    bins = np.repeat(np.tile(np.arange(len(LEVELS)), len(held)), held.ravel()).reshape(len(held), draws)
    low = np.where(bins > 0, LEVELS[bins - 1], -1.0)
    first = np.take_along_axis(upto, bins, axis=1) - np.take_along_axis(held, bins, axis=1)
    share = (np.arange(draws) - first + 0.5) / np.take_along_axis(held, bins, axis=1)
    return np.ceil(low + share * (LEVELS[bins] - low)).astype(np.int32)
