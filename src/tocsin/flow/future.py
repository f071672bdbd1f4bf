"""Leaves out dates that a text could not know: those after the day on which the world could know the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

#: Table -> the columns that say when something happened; what is foreseen or asked for may lie ahead.
_WHEN = {"documents": ("date",), "figures": ("period_from", "period_to", "as_of"), "measures": ("date", "date_to")}
_AHEAD = {"qualifier": ("forecast",), "role": ("recommendation", "warning")}


def without_future_dates(table: str, rows: Iterable[dict[str, Any]], known_by: dt.date | None) -> int:
    """Set to unknown the dates of `rows` that lie after `known_by`, and return how many rows had one.

    Args:
        table: documents, figures or measures.
        rows: rows of that table; they are changed.
        known_by: the day of the text; None leaves all as they are.
    """
    changed = 0
    for row in rows if known_by is not None else ():
        if any(row.get(column) in values for column, values in _AHEAD.items()):
            continue
        first = row.get(_WHEN[table][0])
        if first is not None and known_by is not None and first > known_by:
            row.update(dict.fromkeys(_WHEN[table]), date_precision="unknown")
            changed += 1
    return changed
