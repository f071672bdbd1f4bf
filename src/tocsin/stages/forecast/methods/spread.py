"""Makes the interval of a model's own number from refits on resampled countries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tocsin.stages.forecast.panel import Array

#: Refits on resampled countries behind each interval, and its width in standard deviations (90%).
REFITS = 16
WIDTH = 1.645


def refit_interval(given: Array, refits: Sequence[Array]) -> tuple[Array, Array]:
    """Return both ends of the 90% interval around `given`: the spread of the refits, in log-odds.

    It says how unsure the model is of its own number, and not how wrong the model may be.

    >>> low, high = refit_interval(np.array([0.5]), [np.array([0.5]), np.array([0.5])])
    >>> float(low[0]), float(high[0])
    (0.5, 0.5)
    """
    centre, spread = _odds(given), np.std(_odds(np.array(refits)), axis=0, ddof=1)
    return _chance(centre - WIDTH * spread), _chance(centre + WIDTH * spread)


def _odds(chance: Array) -> Array:
    return np.asarray(np.log(chance) - np.log1p(-chance))


def _chance(odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-odds)))
