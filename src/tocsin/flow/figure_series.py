"""Turns figures of single weeks or months into series that can be watched; totals at a date are watched by their rise."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.flow.watch_files import period_of
from tocsin.model.tables import Row

#: A series with fewer periods says nothing about any: C1 alone looks at seven before.
LEAST_FIGURES = 8
#: What is no count of what happened: a forecast, a size of a crowd, a number in an order, the same count once more.
NOT_COUNTS = ("forecast", "crowd", "ordinal")
REPEATS = ("rounded_of", "same_as", "subset_of")
#: Days that a figure of one period covers; a killing of one day is not the count of its month.
LENGTHS = {"day": (1, 1), "week": (6, 8), "month": (27, 32)}
#: Dates that are no period: known to the year only, or the day of a report.
LOOSE = ("year", "unknown")


@dataclass(frozen=True)
class FigureSeries:
    """Holds one series: what one source says of one thing in one territory, period by period.

    Args:
        rise: whether the figures are totals at a date, so that their rise since the period before is watched.
        values: the count, or the rise, of each period; a period that nobody spoke of, or that is in dispute, has none.
        behind: the ids of the figures of each period; of a rise, those of the period before too.
        head: one figure of the series, for what all have in common.
    """

    name: str
    rise: bool
    values: Mapping[int, float]
    behind: Mapping[int, tuple[str, ...]]
    head: Row

    @property
    def ids(self) -> list[str]:
        """Return the ids of all figures of the series."""
        return sorted({ident for many in self.behind.values() for ident in many})


@dataclass(frozen=True)
class FoundFigures:
    """Holds the series, and how many periods were left out because figures of one source disagree."""

    series: tuple[FigureSeries, ...]
    disputed: int


def figure_series(rows: Iterable[Row], every: str) -> FoundFigures:
    """Return the series of figures by source, indicator, definition, territory, place and unit.

    A figure that covers a week or a month counts there. A figure without a beginning is a total at its date: the
    newest date of a period stands, and what is watched is the rise since the period before; a fall is a rise of 0,
    and after a period without a figure the rise isn't known. Figures that are shorter or longer than a period,
    yearly ones among them, belong to no series.
    """
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if _counts(row):
            groups[_key(row)].append(row)
    series = []
    disputed = 0
    for key, members in sorted(groups.items()):
        for rise in (False, True):
            told, unclear = _told([row for row in members if _is_total(row) is rise], every)
            disputed += unclear
            made = _rises(told) if rise else {period: (value, ids) for period, (value, ids) in told.items()}
            if len(made) >= LEAST_FIGURES:
                behind = {period: ids for period, (_, ids) in made.items()}
                name = " · ".join(part for part in (*key, "rise" if rise else "") if part)
                series.append(FigureSeries(name, rise, {p: value for p, (value, _) in made.items()}, behind, _head(members, behind)))
    return FoundFigures(tuple(series), disputed)


def _counts(row: Row) -> bool:
    value, to = row["value"], row["period_to"] or row.get("as_of")
    usable = value is not None and value >= 0 and to is not None and bool(row["territory"])
    usable = usable and row.get("date_precision") not in LOOSE
    return usable and row.get("qualifier") not in NOT_COUNTS and row.get("relation") not in REPEATS


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in ("indicator", "dataset", "territory", "place", "said_by", "definition", "unit"))


def _is_total(row: Row) -> bool:
    """Return whether a figure stands for a day, such as people in camps, and not for a span of time."""
    return row["period_from"] is None or row.get("date_precision") == "as_of"


def _told(rows: Sequence[Row], every: str) -> tuple[dict[int, tuple[float, tuple[str, ...]]], int]:
    """Return value and ids by period, and the number of periods in dispute."""
    periods: dict[int, list[tuple[dt.date, Row]]] = defaultdict(list)
    for row in rows:
        day = _day(row, every)
        if day is not None:
            periods[period_of(day, every)].append((day, row))
    found: dict[int, tuple[float, tuple[str, ...]]] = {}
    disputed = 0
    for period, dated in periods.items():
        newest = max(day for day, _ in dated)
        stand = [row for day, row in dated if day == newest]
        if len({float(row["value"]) for row in stand}) == 1:
            found[period] = (float(stand[0]["value"]), tuple(sorted(str(row["id"]) for row in stand)))
        else:
            disputed += 1
    return found, disputed


def _day(row: Row, every: str) -> dt.date | None:
    """Return the day that says in which period a figure counts: that of a total, else the middle of a span of the right length."""
    first, last = row["period_from"], row["period_to"] or row.get("as_of")
    if _is_total(row):
        return last
    shortest, longest = LENGTHS[every]
    return first + (last - first) / 2 if shortest <= (last - first).days + 1 <= longest else None


def _rises(told: Mapping[int, tuple[float, tuple[str, ...]]]) -> dict[int, tuple[float, tuple[str, ...]]]:
    return {
        period: (max(0.0, value - told[period - 1][0]), (*told[period - 1][1], *ids))
        for period, (value, ids) in told.items()
        if period - 1 in told
    }


def _head(members: Sequence[Row], behind: Mapping[int, tuple[str, ...]]) -> Row:
    known = {ident for many in behind.values() for ident in many}
    return next(row for row in members if str(row["id"]) in known)
