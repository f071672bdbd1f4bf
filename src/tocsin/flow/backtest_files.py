"""Finds and reads the files of a backtest: the newest edition of the model's data and the published forecasts of the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from tocsin.model.errors import BadInput

LABEL = "mk_onset_1or2"
READABLE = (".parquet", ".csv")


@dataclass(frozen=True)
class BacktestFiles:
    """Holds the two tables and the names they came from."""

    edition: int
    data: pa.Table
    data_name: str
    published: pa.Table
    published_name: str


def read_backtest_files(folder: Path) -> BacktestFiles:
    """Return the newest edition in `folder` that has labels, with the published forecasts of that edition.

    Raises:
        BadInput: the folder, an edition with labels, or its forecasts are not there, or a file can't be read.
    """
    if not folder.is_dir():
        raise BadInput("the folder is not there", str(folder), "a folder with modeldata_sra*.parquet", "nothing", "Check --data.")
    names = sorted(path.name for path in folder.iterdir() if path.suffix in READABLE)
    for edition, name in sorted(((_edition(n, "modeldata"), n) for n in names if _edition(n, "modeldata")), reverse=True):
        data = _read(folder / name)
        if LABEL not in data.column_names:
            continue
        theirs = [n for n in names if _edition(n, "foos_forecasts") == edition]
        if not theirs:
            wanted = f"foos_forecasts_sra{edition}*.parquet or .csv"
            raise BadInput("the published forecasts of this edition are missing", str(folder), wanted, "none", "Add the file.")
        return BacktestFiles(edition, data, name, _read(folder / theirs[-1]), theirs[-1])
    expected = f"modeldata_sra*.parquet or .csv with the column {LABEL}"
    raise BadInput("no edition with labels", str(folder), expected, ", ".join(names[:6]) or "no table", "Check --data.")


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
