"""Reads a file of figures that a user hands to `tocsin forecast anomalies`, as `tocsin export` writes them, or any file of counts."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.flow.figure_series import LEAST_FIGURES, figure_series
from tocsin.flow.given_files import read_table
from tocsin.flow.watch_files import MISSING, SEASONS, SeriesSet, period_label, read_series
from tocsin.model.errors import BadInput, WrongUse

#: Columns that a file of figures has, and one of which it has to say when.
NEEDED, WHEN = ("indicator", "value"), ("period_to", "as_of")
_TEXTS = ("indicator", "dataset", "territory", "place", "said_by", "definition", "unit", "qualifier", "relation", "date_precision")


def read_given(path: Path, by: Sequence[str] = (), every: str = "week", *, trusting: bool = False) -> SeriesSet:
    """Read figures with their periods or dates where the columns say so, else counts or events by period.

    Raises:
        BadInput: a column or value can't be used; the message names it.
        WrongUse: `every` is no period, or `by` names no column.
    """
    table = read_table(path)
    columns = {name.lower(): name for name in table.column_names}
    clocks = ("t", "month_id", "week_id", "date", "day", "event_date", "date_start", "year")
    if not set(NEEDED) <= set(columns) or not set(WHEN) & set(columns) or set(clocks) & set(columns):
        return read_series(path, by, every, trusting=trusting)
    if every not in SEASONS:
        raise WrongUse("not a period", "--every", ", ".join(SEASONS), every[:20])
    if by:
        raise WrongUse("a file of figures is told apart by what it counts, where, and who says so", "--by", "nothing", ", ".join(by)[:60])
    rows = [_row(raw, columns, f"{path.name}, row {number}") for number, raw in enumerate(table.to_pylist(), start=1)]
    found = figure_series(rows, every)
    if not found.series:
        say = f"Give at least {LEAST_FIGURES} figures of one source that each cover a {every}, or stand for a day; or try another --every."
        raise BadInput(
            f"no figures make a series by {every}", path.name, f"{LEAST_FIGURES} periods of one indicator", f"{len(rows)} rows", say
        )
    first, last = min(min(one.values) for one in found.series), max(max(one.values) for one in found.series)
    series = {one.name: np.array([one.values.get(p, math.nan) for p in range(first, last + 1)], dtype=np.float64) for one in found.series}
    labels = tuple(period_label(p, every) for p in range(first, last + 1))
    used = len({ident for one in found.series for ident in one.ids})
    rises = sum(one.rise for one in found.series)
    notes = [f"figures of {len(rows)} rows, {used} of them in series"]
    notes += [f"{rises} series of totals at a date: their rise is watched"] if rises else []
    notes += [f"{found.disputed} periods with figures that disagree left out"] if found.disputed else []
    return SeriesSet(series, labels, SEASONS[every], tuple(notes), frozenset(series))


def rises(read: SeriesSet) -> SeriesSet:
    """Return the rise of each total since the period before; a fall is 0, and unknown where either was not reported."""
    series = {name: np.concatenate([[math.nan], np.maximum(0.0, np.diff(own))]) for name, own in read.series.items()}
    return replace(read, series=series, notes=(*read.notes, "totals: their rise is watched"), said=frozenset(series))


def _row(raw: Mapping[str, Any], columns: Mapping[str, str], where: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: _text(raw[columns[name]]) if name in columns else None for name in _TEXTS}
    row["territory"] = row["territory"] or row["place"] or "-"
    row["id"] = _text(raw[columns["id"]]) if "id" in columns else where
    row["value"] = _value(raw[columns["value"]], where)
    for name in ("period_from", *WHEN):
        row[name] = _day(raw[columns[name]], where, name) if name in columns else None
    if row["period_from"] and row["period_to"] and row["period_from"] > row["period_to"]:
        raise BadInput("a period ends before it begins", where, "period_from up to period_to", "the reverse", "Correct the cell.")
    return row


def _text(cell: object) -> str | None:
    text = str(cell if cell is not None else "").strip()
    return None if text.lower() in MISSING else text


def _value(cell: object, where: str) -> float | None:
    text = _text(cell)
    try:
        value = None if text is None else float(text)
    except ValueError as error:
        raise BadInput("column value: not a number", where, "a count, or an empty cell", str(text)[:20], "Correct the cell.") from error
    if value is not None and (not math.isfinite(value) or value < 0):
        raise BadInput("column value: not a count", where, "0 or more, or an empty cell", str(text)[:20], "Correct the cell.")
    return value


def _day(cell: object, where: str, column: str) -> dt.date | None:
    text = _text(cell)
    try:
        return None if text is None else dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise BadInput(
            f"column {column}: not a date", where, "YYYY-MM-DD, or an empty cell", str(text)[:20], "Correct the cell."
        ) from error
