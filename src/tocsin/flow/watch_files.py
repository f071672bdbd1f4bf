"""Reads series of counts that a user hands to `tocsin forecast anomalies`; what was not reported stays missing, never zero."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.flow.given_files import read_table
from tocsin.model.errors import BadInput, WrongUse

Array = npt.NDArray[np.float64]
COUNTS = ("observed", "count", "counts", "cases", "events", "n", "value", "best", "fatalities")
SERIES = ("series", "territory", "country", "admin1", "place", "indicator", "situation", "region")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", ".."})
#: Columns that only lists of events have for their day: each row is then one event, whatever else is counted in it.
EVENT_DAYS = ("event_date", "date_start")
#: Periods in a year.
SEASONS = {"week": 52, "month": 12, "day": 365}
#: No series may be longer: a wrong date would make one of millions of weeks.
LONGEST = 20_000


@dataclass(frozen=True)
class SeriesSet:
    """Holds series on one axis of time.

    Args:
        series: counts by name; NaN where nothing was reported.
        labels: the name of each period, as the file writes it.
        season: periods in a year.
        notes: how the file was read.
        said: series whose zeros somebody said, such as figures: a run of them is no silence.
    """

    series: Mapping[str, Array]
    labels: tuple[str, ...]
    season: int
    notes: tuple[str, ...]
    said: frozenset[str] = frozenset()


def period_of(day: dt.date, every: str) -> int:
    """Return the number of the period in which a day lies; periods that follow each other have numbers that do.

    >>> period_of(dt.date(2012, 1, 2), "week") - period_of(dt.date(2012, 1, 1), "week")
    1
    """
    if every == "month":
        return day.year * 12 + day.month - 1
    return (day.toordinal() - 1) // 7 if every == "week" else day.toordinal()


def period_label(number: int, every: str) -> str:
    """Return the name of a period: 2012-01, 2012-W01 or 2012-01-02.

    >>> period_label(period_of(dt.date(2012, 1, 2), "week"), "week")
    '2012-W01'
    """
    if every == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    if every == "week":
        return "{}-W{:02}".format(*dt.date.fromordinal(number * 7 + 1).isocalendar()[:2])
    return dt.date.fromordinal(number).isoformat()


def period_span(number: int, every: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a period.

    >>> period_span(period_of(dt.date(2024, 2, 11), "month"), "month")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if every == "month":
        first, after = (dt.date(n // 12, n % 12 + 1, 1) for n in (number, number + 1))
        return first, after - dt.timedelta(days=1)
    first = dt.date.fromordinal(number * 7 + 1 if every == "week" else number)
    return first, first + dt.timedelta(days=6 if every == "week" else 0)


def read_series(path: Path, by: Sequence[str] = (), every: str = "week", *, trusting: bool = False) -> SeriesSet:
    """Read counts by series and period, or events with a date, from CSV or Parquet.

    With a column of counts, a period without a row or with an empty cell was not reported. Without one, and in lists
    with a day for each event such as UCDP's, each row is an event and is counted, not its deaths; a period in which no
    series has any event was not reported, unless `trusting`, which takes it as 0.

    Raises:
        BadInput: a column or value can't be used; the message names it.
        WrongUse: `every` is no period, or `by` names no column.
    """
    if every not in SEASONS:
        raise WrongUse("not a period", "--every", ", ".join(SEASONS), every[:20])
    table = read_table(path)
    columns = {name.lower(): name for name in table.column_names}
    rows = table.to_pylist()
    names = _series_columns(columns, by, path.name) if by else _telling(rows, [columns[name] for name in SERIES if name in columns])
    counted = next((columns[name] for name in COUNTS if name in columns and columns[name] not in names), None)
    cells: dict[str, dict[int, float]] = {}
    labels: dict[int, str] = {}
    clock = _Clock(columns, every, path.name)
    if clock.date is not None and clock.date.lower() in EVENT_DAYS:
        counted = None
    for number, row in enumerate(rows, start=1):
        where = f"{path.name}, row {number}"
        period, label = clock.period(row, where)
        labels.setdefault(period, label)
        name = " · ".join(str(row[column]) for column in names) or path.name.split(".")[0]
        own = cells.setdefault(name, {})
        if counted is None:
            own[period] = own.get(period, 0.0) + 1.0
        elif period in own:
            raise BadInput("two rows say something of the same series and period", where, "one row", label, _TWICE)
        else:
            own[period] = _count(row[counted], where, counted)
    return _set(cells, labels, clock, path.name, _Blank(counted, trusting))


_TWICE = "Add them up, or name the column that tells them apart: --by COLUMN."


def _series_columns(columns: Mapping[str, str], by: Sequence[str], where: str) -> list[str]:
    unknown = [name for name in by if name.lower() not in columns]
    if unknown:
        raise WrongUse(f"no column is called {unknown[0][:40]}", f"--by, {where}", ", ".join(columns.values())[:120], unknown[0][:40])
    return [columns[name.lower()] for name in by]


def _telling(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Return the columns that tell series apart: one that follows from those before it, as the region from the country, says nothing."""
    kept: list[str] = []
    groups = 0
    for column in columns:
        now = len({tuple(str(row[name]) for name in (*kept, column)) for row in rows})
        if now > groups:
            kept, groups = [*kept, column], now
    return kept


class _Clock:
    """Turns the columns of a row into the number and name of its period."""

    def __init__(self, columns: Mapping[str, str], every: str, where: str) -> None:
        self.columns = columns
        self.every = every
        self.date = next((columns[n] for n in ("date", "day", *EVENT_DAYS) if n in columns), None)
        self.index = next((columns[n] for n in ("t", "month_id", "week_id") if n in columns), None)
        self.parts = ("year" in columns, every in columns)
        if not (self.index or self.date or all(self.parts)):
            raise BadInput("no column says when", where, f"t, date, or year and {every}", ", ".join(columns.values())[:120], "Add one.")

    def period(self, row: Mapping[str, Any], where: str) -> tuple[int, str]:
        """Return the period of a row."""
        try:
            if self.index is not None:
                number = _whole(row[self.index])
                return number, str(number)
            if self.date is not None:
                return self._of_day(dt.date.fromisoformat(str(row[self.date])[:10]))
            year, part = _whole(row[self.columns["year"]]), _whole(row[self.columns[self.every]])
            if self.every == "week":
                return self._of_day(dt.date.fromisocalendar(year, part, 1))
            return self._of_day(dt.date(year, part, 1) if self.every == "month" else dt.date(year, 1, 1) + dt.timedelta(days=part - 1))
        except ValueError as error:
            used = (self.index,) if self.index else (self.date,) if self.date else (self.columns["year"], self.columns[self.every])
            shown = ", ".join(f"{c} {str(row[c])[:12]}" for c in used)
            raise BadInput("the period can't be read", where, self.expected, shown, "Correct the cell.") from error

    @property
    def expected(self) -> str:
        """Return how a period must be written."""
        if self.index is not None:
            return "a whole number"
        return "YYYY-MM-DD" if self.date is not None else f"a year, and a {self.every} that this year has"

    def label(self, number: int) -> str:
        """Return the name of a period that no row has."""
        return str(number) if self.index is not None else period_label(number, self.every)

    def _of_day(self, day: dt.date) -> tuple[int, str]:
        number = period_of(day, self.every)
        return number, period_label(number, self.every)


def _whole(cell: object) -> int:
    """Return a whole number, also where it stands as 12.0.

    Raises:
        ValueError: it is none.
    """
    value = float(str(cell))
    if not value.is_integer():
        raise ValueError(str(cell))
    return int(value)


def _count(cell: object, where: str, column: str) -> float:
    text = str(cell if cell is not None else "").strip()
    if text.lower() in MISSING:
        return math.nan
    try:
        value = float(text)
    except ValueError as error:
        raise BadInput(f"column {column}: not a number", where, "a count, or an empty cell", text[:20], "Correct the cell.") from error
    if not math.isfinite(value) or value < 0:
        raise BadInput(f"column {column}: not a count", where, "0 or more, or an empty cell", text[:20], "Correct the cell.")
    return value


@dataclass(frozen=True)
class _Blank:
    """Says what a period without a row means: the column of counts, and whether silence is taken as 0."""

    counted: str | None
    trusting: bool


def _set(cells: Mapping[str, Mapping[int, float]], labels: Mapping[int, str], clock: _Clock, where: str, blank: _Blank) -> SeriesSet:
    if not labels:
        raise BadInput("the file holds no row", where, "counts by period", "none", "Check the file.")
    first, last = min(labels), max(labels)
    if last - first >= LONGEST:
        raise BadInput(
            "the periods lie too far apart", where, f"at most {LONGEST:,} periods", f"{last - first + 1:,}", "Look for a wrong date."
        )
    told = set(range(first, last + 1)) if blank.trusting else set(labels)
    events = blank.counted is None
    series = {}
    for name, own in cells.items():
        counts = [0.0 if events and period in told else math.nan for period in range(first, last + 1)]
        for period, value in own.items():
            counts[period - first] = value
        series[name] = np.array(counts, dtype=np.float64)
    silent = sum(period not in (told if events else labels) for period in range(first, last + 1))
    notes = ["each row is one event" if events else f"counts from column {blank.counted}"]
    if silent:
        notes.append(f"periods without a row in any series, so not reported and not zero: {silent}")
    names = tuple(labels.get(period) or clock.label(period) for period in range(first, last + 1))
    return SeriesSet(series, names, SEASONS[clock.every], tuple(notes))
