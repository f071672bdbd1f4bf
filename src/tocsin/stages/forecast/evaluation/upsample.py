"""Up-sampling: a forecast of few draws speaks as 1,000, without a random number."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array

DRAWS = 1000


def upsample(ordered: Array, draws: int = DRAWS) -> Array:
    """Return `draws` draws a row: each given one is repeated equally often, up to one; more than `draws` stay as they are.

    The i-th new draw is the sorted given one at floor((i + 0.5) n / draws), so that the result depends on no seed and on no order.

    Args:
        ordered: rows x given draws, ascending in each row.
        draws: how many there should be.

    >>> upsample(np.array([[1.0, 2.0, 5.0]]), 6).tolist()
    [[1.0, 1.0, 2.0, 2.0, 5.0, 5.0]]
    """
    given = ordered.shape[1]
    if given >= draws:
        return ordered
    picks = ((np.arange(draws) + 0.5) * given / draws).astype(np.int64)
    return ordered[:, picks]
