"""Finds and reads the files of a backtest: the newest edition of the model's data and the published forecasts of the same one."""

from __future__ import annotations

import re
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

    Where a folder holds several cuts of one edition, the one that reaches furthest is read, and the others are named.

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
        data, published = _furthest(cuts), _furthest(theirs)
        left = sorted((cuts.keys() | theirs.keys()) - {data, published})
        notes = (f"Of edition {edition} the files that reach furthest are read; not read: {', '.join(left)}.",) if left else ()
        return BacktestFiles(edition, cuts[data], data, theirs[published], published, notes)
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
    name = _furthest({name: table for name, table in found.items() if _edition(name, "modeldata") == newest})
    return found[name], name


def _furthest(tables: dict[str, pa.Table]) -> str:
    """Return the name of the table with the latest year; of equal ones the last by name."""
    return max(tables, key=lambda name: (_last_year(tables[name]), name))


def _last_year(table: pa.Table) -> float:
    if "year" not in table.column_names or not pa.types.is_primitive(table["year"].type):
        return 0.0
    return float(compute.max(table["year"]).as_py() or 0)


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
