"""Finds and reads the files of a backtest: the newest edition of the model's data and the published forecasts of the same one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, csv, parquet

from tocsin.model.errors import BadInput

LABEL = "mk_onset_1or2"
READABLE = (".parquet", ".csv")


@dataclass(frozen=True)
class BacktestFiles:
    """Holds the two tables, the names they came from, and what a reader must know about the choice."""

    edition: int
    data: pa.Table
    data_name: str
    published: pa.Table
    published_name: str
    notes: tuple[str, ...] = ()


def read_backtest_files(folder: Path) -> BacktestFiles:
    """Return the newest edition in `folder` that has labels, with the published forecasts of that edition.

    Where a folder holds several cuts of one edition, the one that reaches furthest is read; years before its first are taken
    from the other cuts, and a cut that adds nothing is named.

    Raises:
        BadInput: the folder, an edition with labels, or its forecasts are not there, or a file can't be read.
    """
    if not folder.is_dir():
        raise BadInput("the folder is not there", str(folder), "a folder with modeldata_sra*.parquet", "nothing", "Check --data.")
    names = sorted(path.name for path in folder.iterdir() if path.suffix in READABLE)
    for edition in sorted({_edition(name, "modeldata") for name in names} - {0}, reverse=True):
        cuts = {n: _read(folder / n) for n in names if _edition(n, "modeldata") == edition}
        cuts = {name: table for name, table in cuts.items() if LABEL in table.column_names}
        if not cuts:
            continue
        theirs = {n: _read(folder / n) for n in names if _edition(n, "foos_forecasts") == edition}
        if not theirs:
            wanted = f"foos_forecasts_sra{edition}*.parquet or .csv"
            raise BadInput("the published forecasts of this edition are missing", str(folder), wanted, "none", "Add the file.")
        data, published = _joined(cuts), _joined(theirs)
        left = sorted((cuts.keys() | theirs.keys()) - set(data.files) - set(published.files))
        notes = (f"Of edition {edition} the files that reach furthest are read; not read: {', '.join(left)}.",) if left else ()
        return BacktestFiles(edition, data.table, data.name, published.table, published.name, notes)
    expected = f"modeldata_sra*.parquet or .csv with the column {LABEL}"
    raise BadInput("no edition with labels", str(folder), expected, ", ".join(names[:6]) or "no table", "Check --data.")


def read_model_data(path: Path) -> tuple[pa.Table, str]:
    """Return the model's data and the name of the file: `path` itself, or in a folder the newest edition with labels.

    Raises:
        BadInput: nothing is there, or no file has the column of the two-year label.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    named = [file for file in files if file.suffix in READABLE and (file == path or _edition(file.name, "modeldata"))]
    found = {file.name: _read(file) for file in named if file.is_file()}
    found = {name: table for name, table in found.items() if LABEL in table.column_names}
    if not found:
        raise BadInput(
            "no country-years with labels", str(path), f"a parquet or CSV table with the column {LABEL}", "none", "Check --data."
        )
    newest = max(_edition(name, "modeldata") for name in found)
    joined = _joined({name: table for name, table in found.items() if _edition(name, "modeldata") == newest})
    return joined.table, joined.name


@dataclass(frozen=True)
class _Joined:
    """Holds one table made of cuts that follow each other in time, and their names."""

    table: pa.Table
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        return " + ".join(self.files)


def _joined(tables: dict[str, pa.Table]) -> _Joined:
    """Return the table with the latest year (of equal ones the last by name), with earlier years of other cuts before it.

    Raises:
        BadInput: two cuts keep a column in ways that can't stand in one.
    """
    order = sorted(tables, key=lambda name: (_year(tables[name], compute.max), name), reverse=True)
    whole, files = tables[order[0]], [order[0]]
    for name in order[1:]:
        first, other = _year(whole, compute.min), tables[name]
        if _year(other, compute.min) >= first:
            continue
        try:
            earlier = other.filter(compute.less(other["year"], first))
            whole = pa.concat_tables([earlier, whole], promote_options="permissive")
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise BadInput(
                "two cuts of one edition can't be joined", f"{name}, {files[0]}", "the same columns", str(error).splitlines()[0][:120]
            ) from error
        files.insert(0, name)
    return _Joined(whole, tuple(files))


def _year(table: pa.Table, end: Callable[[pa.ChunkedArray], pa.Scalar]) -> float:
    """Return the first or last year of a table; 0 where it has no column of years."""
    if "year" not in table.column_names or not pa.types.is_primitive(table["year"].type):
        return 0.0
    return float(end(table["year"]).as_py() or 0)


def _edition(name: str, kind: str) -> int:
    found = re.match(rf"{kind}_sra(\d{{4}})(?!\d)", name)
    return int(found.group(1)) if found else 0


def _read(path: Path) -> pa.Table:
    try:
        if path.suffix == ".csv":
            return csv.read_csv(path, convert_options=csv.ConvertOptions(strings_can_be_null=True, null_values=["", "NA", "NaN"]))
        return parquet.ParquetFile(path).read()
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(
            "the file can't be read as a table", path.name, "a parquet or CSV table", str(error).splitlines()[0][:120]
        ) from error
