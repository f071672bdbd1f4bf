"""Reads the files that a user hands to `tocsin indices`, and ranks what is in them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from tocsin import reference
from tocsin.flow.given_files import read_table
from tocsin.flow.list_files import table_files
from tocsin.model.errors import BadInput, NotFound
from tocsin.stages.assess import COMPONENTS, IndexRow, RankedRow, out_of_range, rank_rows

__all__ = ["RankedRow", "as_json", "rank_put"]

PLACES = ("territory", "country", "iso3", "code")
YEARS = ("year", "edition")
#: How publishers write that a value is missing.
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "–", "..", "."})  # noqa: RUF001 - a dash that tables use
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+)?")
_SHOWN = 5


def rank_put(path: Path, seed: int) -> list[RankedRow]:
    """Return the Peoples under Threat rows of a file or folder, scored and ranked within their edition.

    Raises:
        BadInput: a column is missing, a territory is not known, a value is out of range, or a row comes twice.
    """
    rows: list[IndexRow] = []
    problems: list[str] = []
    for file in table_files(path):
        table = read_table(file)
        columns = _columns(table, file.name)
        for number, cells in enumerate(table.to_pylist(), start=1):
            _read_row(cells, columns, f"{file.name}, row {number}", rows, problems)
    _check(path, rows, problems)
    return rank_rows(rows, seed)


def as_json(ranked: Sequence[RankedRow]) -> list[dict[str, Any]]:
    """Return the rows as the command line and the API print them; what does not apply is null."""
    return [_as_json(one) for one in ranked]


def _as_json(one: RankedRow) -> dict[str, Any]:
    score, row = one.score, one.row
    return {
        "territory": row.territory,
        "name": reference.territory(row.territory).name,
        "year": row.year,
        "score": None if score.score is None else round(score.score, 6),
        "low": round(score.low, 6),
        "high": round(score.high, 6),
        "rank": one.rank,
        "rank_low": one.rank_low,
        "rank_high": one.rank_high,
        "missing": list(score.missing),
        "counted_as_zero": [c.key for c in COMPONENTS if c.zero_if_missing and c.key in score.missing],
        "peoples": row.notes.get("peoples"),
        "notes": {name: text for name, text in row.notes.items() if name != "peoples"},
        "since": one.since,
        "rise": one.rise,
        "rise_probability": one.rise_probability,
        "components": {c.key: {"name": c.name, "value": row.values.get(c.key), "adds": score.parts.get(c.key)} for c in COMPONENTS},
    }


def _columns(table: pa.Table, where: str) -> Mapping[str, str]:
    """Return the column of each role: place, year and the keys A to J, by letter or by name."""
    by_name = {name.lower(): name for name in table.column_names}
    wanted = {"place": PLACES, "year": YEARS, **{c.key: (c.key.lower(), c.name) for c in COMPONENTS}}
    found = {role: next((by_name[n] for n in names if n in by_name), None) for role, names in wanted.items()}
    lacking = [" or ".join(wanted[role]) for role, name in found.items() if name is None]
    if lacking:
        raise BadInput(
            f"{'a column is' if len(lacking) == 1 else 'columns are'} missing: {', '.join(lacking)}",
            where,
            "territory or country, year, and A to J (a value that is not known is an empty cell)",
            ", ".join(table.column_names)[:120],
            "Add the column; leave its cells empty where nothing is known.",
        )
    return {role: name for role, name in found.items() if name is not None}


def _read_row(cells: Mapping[str, Any], columns: Mapping[str, str], where: str, rows: list[IndexRow], problems: list[str]) -> None:
    code = _territory(str(cells[columns["place"]] or ""))
    if code is None:
        problems.append(f"{where}: no territory is called {str(cells[columns['place']])[:40]!r}")
    year = str(cells[columns["year"]]).strip()
    read = _YEAR.fullmatch(year)
    if read is None:
        problems.append(f"{where}: {year[:20]!r} is not a year")
    values: dict[str, float | None] = {}
    for component in COMPONENTS:
        cell = cells[columns[component.key]]
        try:
            value = _number(cell)
        except ValueError:
            problems.append(f"{where}, column {component.key}: {str(cell)[:20]!r} is not a number")
            continue
        if value is not None and out_of_range(component.key, value):
            shares = ", a fraction and not percent" if component.key == "D" else ""
            problems.append(f"{where}, column {component.key}: {value:g} is outside {component.low:g} to {component.high:g}{shares}")
        values[component.key] = value
    if code is not None and read is not None:
        notes = {name: str(value).strip() for name, value in cells.items() if name not in columns.values() and str(value or "").strip()}
        rows.append(IndexRow(code, int(read[1]), values, notes))


def _number(cell: object) -> float | None:
    """Return a finite number, None for a cell that says it is missing.

    Raises:
        ValueError: it is neither.
    """
    text = str(cell if cell is not None else "").strip()
    if text.lower() in MISSING:
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _territory(text: str) -> str | None:
    try:
        return reference.territory(text.strip().upper()).code
    except NotFound:
        found = reference.find_territory(text)
        return found.code if found else None


def _check(path: Path, rows: Sequence[IndexRow], problems: list[str]) -> None:
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if (row.territory, row.year) in seen:
            problems.append(f"{row.territory} {row.year} comes twice")
        seen.add((row.territory, row.year))
    if problems:
        shown = "; ".join(problems[:_SHOWN]) + (f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else "")
        raise BadInput(
            f"the rows can't be used: {shown}",
            path.name,
            "each territory once an edition, known territories, values inside their range",
            f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}",
            "Correct these cells. Nothing was scored, because a rank needs every row.",
        )
    if not rows:
        raise BadInput("the file holds no row", path.name, "a row for each territory and edition", "none", "Check the file.")
