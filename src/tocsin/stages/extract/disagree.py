"""Finds figures of different texts that can't both be right about one thing; both are kept, side by side."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

#: What may be compared: a crowd, a forecast or a repetition disagrees with nobody.
COUNTED = ("exact", "at_least", "about")
#: "About 400" is taken as 400 within this share.
ROUNDING = 0.1
#: From so many days on, a country alone says well enough what a total is about; of a day or two it may be many events.
TOTAL_DAYS = 8

Row = Mapping[str, Any]


def disagreements(figures: Iterable[Row]) -> dict[str, str]:
    """Return figure id -> name of the group of figures that disagree.

    Figures are about one thing where indicator, unit, what is counted, territory, place and dates are the same. They disagree where
    no number fits both: 11 and 31, or 11 and at least 20; 11 and at least 10 agree. A text does not disagree with itself, for there
    the second number is a part, a rounding or another count.
    """
    things: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in figures:
        if (thing := _thing(row)) is not None:
            things[thing].append(row)
    found = {}
    for rows in things.values():
        disagreeing = sorted({one["id"] for one in rows for other in rows if one["document"] != other["document"] and _apart(one, other)})
        found.update(dict.fromkeys(disagreeing, _name(rows[0])))
    return found


def _thing(row: Row) -> tuple[object, ...] | None:
    """Return what a figure is about; None where the text does not say it well enough to compare."""
    first, last = row["period_from"], row["period_to"]
    if row["value"] is None or row["qualifier"] not in COUNTED or row["relation"] or not row["territory"] or not first or not last:
        return None
    if not row["place"] and (last - first).days + 1 < TOTAL_DAYS:
        return None
    return row["indicator"], row["unit"], row["definition"], row["territory"], _slug(row["place"] or ""), first, last


def _apart(one: Row, other: Row) -> bool:
    (low, high), (from_, to) = _range(one), _range(other)
    return high < from_ or to < low


def _range(row: Row) -> tuple[float, float]:
    value = float(row["value"])
    if row["qualifier"] == "at_least":
        return value, math.inf
    spread = ROUNDING * value if row["qualifier"] == "about" else 0.0
    return value - spread, value + spread


def _name(row: Row) -> str:
    days: tuple[dt.date, dt.date] = row["period_from"], row["period_to"]
    when = [day.isoformat() for day in dict.fromkeys(days)]
    return "-".join((_slug(row["indicator"]), _slug(row["place"] or row["territory"]), *when))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
