"""A distribution of deaths that agrees with the probabilities: first the band, then a count seen in that band before."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import deaths_after

LEVELS = (0, 25, 100, 1000)
DRAWS = 1000
#: Inside a band, counts of the territory's own past weigh this many times as much as those of others. Set by judgement, before
#: this distribution was ever scored.
OWN_WEIGHT = 20.0


def count_draws(panel: Panel, probabilities: Array, years: int, places: np.ndarray, seed: int) -> Array:
    """Return `DRAWS` counts for each row.

    The band (0-24, 25-99, 100-999, 1,000 and more) is drawn from the probabilities, made monotone where models of
    different levels cross; the count is drawn from all windows of the past that ended in that band.

    Args:
        panel: deaths up to the origin.
        probabilities: rows x 3, for at least 25, 100 and 1,000.
        years: length of the window.
        places: index of each row's territory.
        seed: seed of the draws; each row has its own stream, so that the order of rows does not matter.
    """
    past = np.column_stack([deaths_after(panel, year, years) for year in panel.years])
    bands = band_chances(probabilities)
    result = np.empty((len(places), DRAWS))
    for row, place in enumerate(places):
        stream = np.random.default_rng([seed, years, *panel.territories[place].encode()])
        chosen = stream.choice(len(LEVELS), size=DRAWS, p=bands[row])
        for band in range(len(LEVELS)):
            wanted = chosen == band
            if wanted.any():
                result[row, wanted] = _from_band(past, int(place), band, int(wanted.sum()), stream)
    return result


def band_chances(probabilities: Array) -> Array:
    """Return the chance of each band from those of at least 25, 100 and 1,000, made monotone where models of levels cross.

    >>> band_chances(np.array([[0.5, 0.25, 0.125]])).tolist()
    [[0.5, 0.25, 0.125, 0.125]]
    """
    at_least = np.minimum.accumulate(probabilities, axis=1)
    edges = np.column_stack([np.ones(len(at_least)), at_least, np.zeros(len(at_least))])
    bands = -np.diff(edges, axis=1)
    return np.asarray(bands / bands.sum(axis=1, keepdims=True))


def _from_band(past: Array, place: int, band: int, size: int, stream: np.random.Generator) -> Array:
    low = LEVELS[band]
    high = LEVELS[band + 1] if band + 1 < len(LEVELS) else np.inf
    seen = ~np.isnan(past) & (past >= low) & (past < high)
    counts = past[seen]
    if not len(counts):
        return np.full(size, float(low))
    weights = np.where(np.nonzero(seen)[0] == place, OWN_WEIGHT, 1.0)
    return np.asarray(stream.choice(counts, size=size, p=weights / weights.sum()))
