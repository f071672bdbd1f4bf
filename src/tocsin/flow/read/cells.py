"""Where the events of a situation lie: counted by cells of one degree, never by a place."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.situations import Situation

_COLUMNS = ["id", "longitude", "latitude", "date_from", "date_to", "situation", "indicator", "dataset"]
#: What an event is called that is planned, such as an election.
_PLANNED = "trigger"


@dataclass(frozen=True)
class Cell:
    """Holds the events of one cell of a degree; `west` and `south` are its edges."""

    west: int
    south: int
    events: tuple[Row, ...]


@dataclass(frozen=True)
class Where:
    """Holds the cells with events, most first, and the events whose place is not known well enough to be drawn."""

    cells: tuple[Cell, ...]
    nowhere: tuple[Row, ...]


def where(published: Published, found: Situation) -> Where | None:
    """Return the cells of the events of a situation: its own, and those in its territory and period; None where none has a place."""

    def build() -> Where | None:
        rows = [row for row in published.select("events", _COLUMNS, territory=found.place.code if found.place else "") if _of(row, found)]
        cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in rows:
            if row["longitude"] is not None and row["latitude"] is not None:
                cells[math.floor(row["longitude"]), math.floor(row["latitude"])].append(row)
        if not cells:
            return None
        ordered = sorted(cells.items(), key=lambda one: (-len(one[1]), one[0]))
        nowhere = tuple(row for row in rows if row["longitude"] is None or row["latitude"] is None)
        return Where(tuple(Cell(west, south, tuple(own)) for (west, south), own in ordered), nowhere)

    return published.once(("cells", found.slug), build)


def _of(row: Row, found: Situation) -> bool:
    """Return True for an event of the situation, or one of no situation that lies in its period."""
    if row["indicator"] == _PLANNED:
        return False
    if row["situation"] is not None:
        return row["situation"] in found.names
    day = row["date_from"]
    return day is not None and found.started is not None and found.started <= day and (found.ended is None or day <= found.ended)
