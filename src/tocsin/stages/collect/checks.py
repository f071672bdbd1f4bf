"""Tests on what a crawler emits: row by row while it reads, and whole tables at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect.manifest import Manifest

#: Columns of each table that tell of something that has happened.
HAPPENED: Mapping[str, tuple[str, ...]] = {
    "documents": ("date",),
    "events": ("date_from", "date_to"),
    "persons": ("date",),
    "figures": ("as_of",),
    "measures": ("date",),
    "situations": ("started",),
}
#: What may lie ahead: asks and plans, and numbers that are forecasts.
AHEAD: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "measures": ("role", ("recommendation", "norm", "warning")),
    "figures": ("qualifier", ("forecast",)),
    "events": ("indicator", ("trigger",)),
}
COUNTS: Mapping[str, tuple[str, ...]] = {"events": ("best", "low", "high"), "persons": ("age",)}
#: Units of figures that can't be below zero.
COUNTED_UNITS = frozenset(("persons", "people", "homes", "families", "households", "events", "incidents", "cases", "villages"))


def check_row(table: str, row: Mapping[str, Any], where: str, day: dt.date, territories: frozenset[str]) -> None:
    """Check one row.

    Args:
        table: the table it belongs to.
        row: its columns.
        where: file and place in it, for the message.
        day: the day of the collection; what is said to have happened later is wrong.
        territories: the codes that are known; empty means that none is checked.

    Raises:
        BadInput: a date lies ahead, a count is negative, an interval is upside down, or the territory is unknown.
    """
    _check_dates(table, row, where, day)
    _check_counts(table, row, where)
    check_territory(row.get("territory"), where, territories)


def check_territory(code: str | None, where: str, territories: frozenset[str]) -> None:
    """Check that `code` is one of `territories`; no code, or no known ones, passes.

    Raises:
        BadInput: it is not.
    """
    if code is not None and territories and code not in territories:
        raise BadInput(
            "no territory has this code",
            where,
            "an ISO 3166-1 alpha-3 code such as COD, or the code of a former state",
            code[:20],
            "Correct the row, or add the territory to tocsin/reference with its source.",
        )


def _check_dates(table: str, row: Mapping[str, Any], where: str, day: dt.date) -> None:
    column, exempt = AHEAD.get(table, ("", ()))
    if column and row.get(column) in exempt:
        return
    for name in HAPPENED.get(table, ()):
        value = row.get(name)
        if value is not None and value > day:
            raise BadInput(
                f'"{name}" lies in the future',
                where,
                f"{day.isoformat()} or earlier",
                value.isoformat(),
                "Correct the date, or give the day that the file speaks from with --as-of.",
            )


def _check_counts(table: str, row: Mapping[str, Any], where: str) -> None:
    columns = COUNTS.get(table, ())
    if table == "figures" and row.get("unit") in COUNTED_UNITS:
        columns = ("value", "low", "high")
    for name in columns:
        value = row.get(name)
        if value is not None and value < 0:
            raise BadInput(f'"{name}" is negative', where, "a count of 0 or more", f"{value:g}", "Correct the row.")
    low, high = row.get("low"), row.get("high")
    middle = row.get("best") if table == "events" else row.get("value") if table == "figures" else None
    known = [v for v in (low, middle, high) if v is not None]
    if len(known) > 1 and known != sorted(known):
        raise BadInput("low, best and high are not in order", where, "low <= best <= high", "another order", "Correct the row.")


def check_tables(dataset: str, content: Mapping[str, pa.Table], manifest: Manifest) -> None:
    """Check row counts and fill rates against what the manifest expects.

    Raises:
        DatasetChanged: a table has too few or too many rows, or a column is emptier than it should be.
    """
    problems = [*_row_counts(dataset, content, manifest), *_fill_rates(dataset, content, manifest)]
    if problems:
        first = problems[0]
        more = f" {len(problems) - 1} more checks failed as well." if len(problems) > 1 else ""
        raise DatasetChanged(first.what, first.where, first.expected, first.got, first.todo + more)


def _row_counts(dataset: str, content: Mapping[str, pa.Table], manifest: Manifest) -> Sequence[DatasetChanged]:
    problems = []
    for name, limits in manifest.expected.items():
        rows = content[name].num_rows if name in content else 0
        most = f" and at most {limits.max_rows:,}" if limits.max_rows is not None else ""
        if rows < limits.min_rows or (limits.max_rows is not None and rows > limits.max_rows):
            kind = "fewer" if rows < limits.min_rows else "more"
            problems.append(
                DatasetChanged(
                    f"table {name} has {kind} rows than it should",
                    dataset,
                    f"at least {limits.min_rows:,}{most}",
                    f"{rows:,}",
                    "Check the file. If the dataset has really changed, correct `expected` in its manifest.",
                )
            )
    return problems


def _fill_rates(dataset: str, content: Mapping[str, pa.Table], manifest: Manifest) -> Sequence[DatasetChanged]:
    problems = []
    for name, columns in manifest.fill.items():
        table = content.get(name)
        if table is None or table.num_rows == 0:
            continue
        for column, share in columns.items():
            filled = 1 - table.column(column).null_count / table.num_rows
            if filled < share:
                problems.append(
                    DatasetChanged(
                        f'column "{column}" of table {name} is emptier than it should be',
                        dataset,
                        f"{share:.0%} of rows filled",
                        f"{filled:.1%}",
                        "Check the file. If the dataset has really changed, correct `fill` in its manifest.",
                    )
                )
    return problems
