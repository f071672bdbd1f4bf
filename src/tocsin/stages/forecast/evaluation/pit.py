"""The probability integral transform of counts: flat where the forecast is honest about its uncertainty."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array

BINS = 10


def pit_histogram(draws: Array, observed: Array, bins: int = BINS) -> Array:
    """Return the share of the transform in each of `bins` equal parts of 0 to 1; they sum to one.

    For counts the transform of one row is spread evenly from F(y - 1) to F(y), so that nothing is drawn at random.
    Reference: Czado, Gneiting and Held 2009, Biometrics 65, equation 2.

    >>> pit_histogram(np.array([[0.0, 1.0, 2.0, 3.0]]), np.array([1.0]), bins=4).tolist()
    [0.0, 1.0, 0.0, 0.0]
    """
    below = (draws < observed[:, None]).mean(axis=1)
    upto = (draws <= observed[:, None]).mean(axis=1)
    edges = np.linspace(0, 1, bins + 1)[:, None]
    width = np.where(upto > below, upto - below, 1.0)
    reached = np.where(upto > below, np.clip((edges - below) / width, 0, 1), edges >= upto)
    reached[0], reached[-1] = 0.0, 1.0
    return np.asarray(np.diff(reached, axis=0).mean(axis=1))
