"""Monthly counts from events: half-degree cells by coordinates, and months without an event as zero inside what the rows cover."""

from __future__ import annotations

import numpy as np

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.count_models.history import CountHistory, Ints
from tocsin.stages.forecast.panel import Array

COLUMNS, ROWS, DEGREES = 720, 360, 0.5
#: What `cells_of` gives where the coordinates say nothing.
NOWHERE = -1


def cells_of(longitude: Array, latitude: Array) -> Ints:
    """Return the PRIO-GRID cell of each point: (row - 1) x 720 + column, counted from the south-west corner of the world.

    Points without coordinates, outside of the world, or at exactly 0 N 0 E (what empty fields become) are `NOWHERE`.
    Reference: Tollefsen, Strand and Buhaug 2012, J. Peace Research 49(2).

    >>> cells_of(np.array([26.486881, np.nan]), np.array([5.399784, 4.0])).tolist()
    [137213, -1]
    """
    with np.errstate(invalid="ignore"):
        known = (np.abs(longitude) <= 180) & (np.abs(latitude) <= 90) & ~((longitude == 0) & (latitude == 0))
    column = np.minimum((np.where(known, longitude, 0) + 180) // DEGREES, COLUMNS - 1)
    row = np.minimum((np.where(known, latitude, 0) + 90) // DEGREES, ROWS - 1)
    return np.where(known, row * COLUMNS + column + 1, NOWHERE).astype(np.int64)


def history_of_events(months: Ints, places: Ints, deaths: Array, span: tuple[int, int]) -> CountHistory:
    """Return the sum of deaths by place and month, for the places with an event; a month without one is zero.

    That holds only inside `span`, the months for which the rows tell every event.

    Raises:
        BadInput: no event is inside the span.
    """
    first, last = span
    inside = (months >= first) & (months <= last)
    if not inside.any():
        raise BadInput("no event up to the origin", "events", f"events in month_id {first} to {last}", "none", "Give a later --origin.")
    known, row = np.unique(places[inside], return_inverse=True)
    values = np.zeros((len(known), last - first + 1))
    np.add.at(values, (row, months[inside] - first), deaths[inside])
    return CountHistory(np.arange(first, last + 1), known, values)
