"""Monthly counts by place, cut at an origin: all that a count model may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.model.errors import BadInput
from tocsin.model.months import first_day
from tocsin.stages.forecast.panel import Array

Ints = NDArray[np.int64]
Draws = NDArray[np.int32]
#: Distributions on the grid of levels.
Cumulative = NDArray[np.float32]
#: Places (row numbers of the history), steps ahead, number of draws -> counts by place, step and draw, ascending in each row.
Sampler = Callable[[Ints, Sequence[int], int], Draws]


@dataclass(frozen=True)
class CountHistory:
    """Holds one count a place and month; NaN is unknown, and never taken for zero.

    Args:
        months: consecutive month ids; 1 is January 1980.
        places: ids of countries or grid cells, ascending.
        values: place x month.
    """

    months: Ints
    places: Ints
    values: Array

    @property
    def origin(self) -> int:
        """Return the last month that may be used."""
        return int(self.months[-1])

    def until(self, origin: int) -> CountHistory:
        """Return the history as it stood at the end of month `origin`.

        Raises:
            BadInput: the history has no such month.
        """
        if not self.months[0] <= origin <= self.months[-1]:
            first, last = (f"{first_day(int(month)):%Y-%m}" for month in (self.months[0], self.months[-1]))
            raise BadInput(
                "the forecast would start from a month that is not in the data",
                "origin",
                f"{first} to {last} (month_id {self.months[0]} to {self.months[-1]})",
                f"month_id {origin}",
                "Choose an earlier window or origin, or load later months.",
            )
        keep = self.months <= origin
        return CountHistory(self.months[keep], self.places, self.values[:, keep])

    def known(self) -> Ints:
        """Return the rows whose last month is known: a place that is not yet, or no longer, counted is not forecast."""
        return np.flatnonzero(~np.isnan(self.values[:, -1])).astype(np.int64)

    def recent(self, rows: Ints, months: int) -> Array:
        """Return the last `months` values of some places; NaN where the history is shorter."""
        values = self.values[rows, -months:]
        return np.pad(values, ((0, 0), (months - values.shape[1], 0)), constant_values=np.nan)


def history_from_rows(months: Ints, places: Ints, counts: Array) -> CountHistory:
    """Return the history of rows of (month, place, count); a month without a row is unknown.

    Raises:
        BadInput: no row, a unit that stands twice, or a count that is negative or not finite.
    """
    if not len(months):
        raise BadInput("no counts", "history", "a row for each place and month", "none")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise BadInput("a count is negative or not finite", "history", "counts of at least 0", "others", "Leave out what is not known.")
    all_months = np.arange(months.min(), months.max() + 1)
    all_places = np.unique(places)
    row, column = np.searchsorted(all_places, places), months - months.min()
    if len(np.unique(row * len(all_months) + column)) != len(row):
        raise BadInput("a place and month stand twice", "history", "each once", "duplicated rows", "Keep the counts of one vintage.")
    values = np.full((len(all_places), len(all_months)), np.nan)
    values[row, column] = counts
    return CountHistory(all_months, all_places, values)


def spread(draws: int) -> Array:
    """Return `draws` probabilities evenly spread over 0 to 1: a forecast is read off its distribution, not drawn at random.

    >>> spread(4).tolist()
    [0.125, 0.375, 0.625, 0.875]
    """
    return (np.arange(draws) + 0.5) / draws
