"""Draws as paths: draw 7 of March and draw 7 of April become one possible course, so that sums over months mean something."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.count_models.history import Draws, Ints

#: Share of a path's surprise that all its months have in common. Chosen on origins before 2006: with 0.5 the sums of
#: twelve months of countries with a death in ten years had the lowest CRPS among 0, 0.3, 0.5, 0.7, 0.85 and 1.
COMMON = 0.5


def as_paths(draws: Draws, places: Ints, seed: int) -> Draws:
    """Return the same draws, each month's in another order: the ranks of a draw in its months hang together.

    A Gaussian copula with one factor: u = sqrt(c) z + sqrt(1 - c) e, with z of the path and e of the month; the draw with
    the k-th smallest u takes the k-th smallest count. The distribution of each month stays as it is.
    Reference: Clark et al. 2004, J. Hydrometeorology 5 (reordering of draws); Li 2000, J. Fixed Income 9 (one factor).

    Args:
        draws: place x step x draw, ascending in each row.
        places: ids; each has a stream of its own, so that no other place changes its paths.
        seed: seed of the streams.
    """
    result = draws.copy()
    for row in np.flatnonzero(draws.any(axis=(1, 2))):
        stream = np.random.default_rng([seed, int(places[row])])
        common = np.sqrt(COMMON) * stream.standard_normal(draws.shape[2])
        own = np.sqrt(1 - COMMON) * stream.standard_normal(draws.shape[1:])
        np.put_along_axis(result[row], np.argsort(common + own, axis=1, kind="stable"), draws[row], axis=1)
    return result
