"""Reads and writes count forecasts and actuals in the layout of the VIEWS prediction challenge.

A forecast is a Parquet or CSV file or a folder with `window=NAME` parts; columns are month_id, country_id or priogrid_gid,
draw and outcome. Columns are read by name, also where a writer kept them as a pandas index.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.model.errors import BadInput

PLACES = ("country_id", "priogrid_gid")
VALUES = ("outcome", "ged_sb", "ged_best_sb")
#: Columns of counts by kind of violence; only one that is asked for by name is read.
KINDS = ("ged_best_ns", "ged_best_os", "ged_ns", "ged_os")
#: month_id 1 is January 1980; the last one that is believed is December 2100.
LAST_MONTH = 12 * (2100 - 1979)
CSV = ".csv"
LAYOUT = "Rename the columns, or turn draws that stand in several columns or in lists into rows: one for each month, place and draw."
#: Columns that a message names.
NAMED = 12
VINTAGE_KEY = b"tocsin.vintage"
BATCH = 1_000_000
SHIFT = 2**32


@dataclass(frozen=True)
class Counts:
    """Holds one window: months and places by row, and outcomes by row (actuals) or by row and draw (a forecast)."""

    window: str | None
    place: str
    months: np.ndarray
    places: np.ndarray
    outcomes: np.ndarray
    vintage: str | None

    @property
    def keys(self) -> np.ndarray:
        """Return one number for each unit, in row order."""
        return np.asarray(self.months.astype(np.int64) * SHIFT + self.places)


def windows(path: Path) -> dict[str | None, list[Path]]:
    """Return the Parquet files of each window; the key None holds files outside of a `window=` folder.

    Raises:
        BadInput: there is no such file or folder, no Parquet file in it, or both country and grid forecasts.
    """
    if not path.exists():
        raise BadInput("no such file or folder", str(path), "a Parquet file, or a folder with window= parts", "nothing")
    if not path.is_dir() and not path.is_file():
        raise BadInput("this is no ordinary file", str(path), "a Parquet file, or a folder with window= parts", "a pipe or a device")
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    if not files:
        raise BadInput("no Parquet file in this folder", str(path), "window=NAME/*.parquet", "none")
    found: dict[str | None, list[Path]] = {}
    for file in files:
        parts = [part.removeprefix("window=") for part in file.parts if part.startswith("window=")]
        found.setdefault(parts[-1] if parts else None, []).append(file)
    return found


def read_actuals(path: Path, value: str | None = None) -> list[Counts]:
    """Return the observed counts of each window, every unit once.

    Args:
        path: a Parquet file, or a folder with `window=` parts.
        value: the column of counts; where it is None, the first of `VALUES` that the file has.

    Raises:
        BadInput: a column is missing, a unit stands twice, or a value is no count.
    """
    return [_actuals(path, window, files, value) for window, files in windows(path).items()]


def read_forecast(path: Path) -> Iterator[Counts]:
    """Yield the draws of each window as a matrix of units by draws, one window at a time.

    Raises:
        BadInput: a column is missing, a draw stands twice or is missing, is negative or not finite, or a month can't be.
    """
    for window, files in windows(path).items():
        yield _forecast(path, window, files)


def read_units(path: Path) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Yield the column of places, the months and the places that each window of a forecast speaks of, without its draws.

    Raises:
        BadInput: a column is missing, or a place or month can't be.
    """
    for window, files in windows(path).items():
        place = _place(files[0], _names(files[0]))
        keys, _, _ = _units_and_draws(files, ("month_id", place, "draw"))
        _check_months(files[0], window, keys // SHIFT)
        yield place, keys // SHIFT, keys % SHIFT


def write_blocks(
    blocks: Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]], folder: Path, window: str, place: str, vintage: str | None
) -> Path:
    """Write blocks of (months, places, units x draws) as one window, so that no more than a block is in memory."""
    target = folder / f"window={window}" / "part-0.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    names = ("month_id", place, "draw", "outcome")
    schema = pa.schema([(name, pa.int32()) for name in names], metadata={VINTAGE_KEY: (vintage or "").encode()})
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for months, places, outcomes in blocks:
            draws = outcomes.shape[1]
            columns = (np.repeat(months, draws), np.repeat(places, draws), np.tile(np.arange(1, draws + 1), len(months)), outcomes.ravel())
            writer.write_table(pa.table([pa.array(c.astype(np.int32)) for c in columns], schema=schema))
    return target


def write_actuals(actuals: Counts, target: Path) -> Path:
    """Write observed counts as one file, and return it."""
    names = ("month_id", actuals.place, "outcome")
    schema = pa.schema([(name, pa.int32()) for name in names], metadata={VINTAGE_KEY: (actuals.vintage or "").encode()})
    columns = (actuals.months, actuals.places, actuals.outcomes)
    target.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table([pa.array(c.astype(np.int32)) for c in columns], schema=schema), target, compression="zstd")
    return target


def _actuals(path: Path, window: str | None, files: list[Path], wanted: str | None) -> Counts:
    names = _names(files[0])
    place = _place(files[0], names)
    value = wanted or _value(files[0], names, place)
    batches = list(_batches(files, ("month_id", place, value)))
    if not batches:
        raise BadInput("no rows", str(path), "a row for each unit", "none")
    months, places, outcomes = (np.concatenate([b[i] for b in batches]) for i in range(3))
    _check_months(files[0], window, months)
    _check_values(files[0], outcomes)
    counts = Counts(window, place, months, places, outcomes.astype(np.float64), _vintage(files))
    keys, times = np.unique(counts.keys, return_counts=True)
    if (times > 1).any():
        values = outcomes[np.isin(counts.keys, keys[times > 1])]
        why = "two vintages in one folder, perhaps" if len(files) > 1 and len(values) else "duplicated rows"
        raise BadInput(
            f"{int((times > 1).sum())} units stand more than once ({why})",
            str(path),
            "one actual for each month and place",
            f"{len(months)} rows for {len(keys)} units",
            "Keep the actuals of one vintage, each unit once.",
        )
    return counts


def _forecast(path: Path, window: str | None, files: list[Path]) -> Counts:
    names = _names(files[0])
    place = _place(files[0], names)
    columns = ("month_id", place, "draw", "outcome")
    keys, ids, rows = _units_and_draws(files, columns)
    months, places = keys // SHIFT, keys % SHIFT
    _check_months(files[0], window, months)
    if rows != len(keys) * len(ids):
        _refuse_uneven(path, rows, len(keys), len(ids))
    matrix = np.full((len(keys), len(ids)), np.nan, dtype=np.float32)
    for month, where, draw, outcome in _batches(files, columns):
        _check_values(files[0], outcome)
        row = np.searchsorted(keys, month.astype(np.int64) * SHIFT + where)
        matrix[row, np.searchsorted(ids, draw)] = outcome
    if np.isnan(matrix.sum(dtype=np.float64)):
        _refuse_uneven(path, rows, len(keys), len(ids))
    return Counts(window, place, months, places, matrix, _vintage(files))


def _units_and_draws(files: list[Path], columns: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, int]:
    keys, ids, rows = pa.array([], pa.int64()), pa.array([], pa.int64()), 0
    for month, where, draw in _batches(files, columns[:3]):
        rows += len(month)
        if (where < 0).any():
            raise BadInput("a negative place", str(files[0]), f"{columns[1]} of at least 0", str(int(where.min())))
        unit = pa.array(month.astype(np.int64) * SHIFT + where)
        keys = pc.unique(pa.concat_arrays([keys, pc.unique(unit)]))
        ids = pc.unique(pa.concat_arrays([ids, pc.unique(pa.array(draw.astype(np.int64)))]))
    if not rows:
        raise BadInput("no rows", str(files[0]), f"a row for each month, {columns[1]} and draw", "none")
    return np.sort(keys.to_numpy()), np.sort(ids.to_numpy()), rows


def _refuse_uneven(path: Path, rows: int, units: int, draws: int) -> None:
    raise BadInput(
        "draws are missing or stand twice",
        str(path),
        f"{units} units x {draws} draws = {units * draws} rows, each once",
        f"{rows} rows",
        "Give every month and place the same numbered draws, each once.",
    )


def _batches(files: list[Path], columns: tuple[str, ...]) -> Iterator[tuple[np.ndarray, ...]]:
    for file in files:
        missing = [name for name in columns if name not in _names(file)]
        if missing:
            raise BadInput(f"no column {', '.join(missing)}", str(file), ", ".join(columns), _few(_names(file)), LAYOUT)
        if file.suffix == CSV:
            frames = pd.read_csv(file, usecols=list(columns), chunksize=BATCH)
            yield from (_arrays(file, pa.Table.from_pandas(frame[list(columns)], preserve_index=False), columns) for frame in frames)
        elif set(columns) <= set(pq.read_schema(file).names):
            source = pq.ParquetFile(file).iter_batches(BATCH, columns=list(columns))
            yield from (_arrays(file, batch, columns) for batch in source)
        else:
            frame = pq.read_table(file).to_pandas().reset_index()
            yield _arrays(file, pa.Table.from_pandas(frame[list(columns)], preserve_index=False), columns)


def _arrays(file: Path, batch: Any, columns: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    result = []
    for name in columns:
        column = batch.column(name)
        if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            raise BadInput(f"column {name} holds no numbers", str(file), "whole numbers", str(column.type))
        if column.null_count:
            raise BadInput(f"column {name} has empty cells", str(file), "a number in every row", f"{column.null_count} empty")
        values = column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy()
        counts = name in VALUES or name in KINDS
        if not counts and not np.array_equal(values, np.floor(values)):
            raise BadInput(f"column {name} holds fractions or no numbers", str(file), "whole numbers", "others")
        result.append(values if counts else values.astype(np.int64))
    return tuple(result)


def _names(file: Path) -> list[str]:
    """Return the columns of a file, an index kept only in pandas' own metadata included."""
    if file.suffix == CSV:
        return csv_columns(file)
    try:
        schema = pq.read_schema(file)
    except pa.ArrowInvalid as error:
        raise BadInput("not a Parquet file", str(file), "Parquet", "something else") from error
    except OSError as error:
        raise BadInput("the file can't be read", str(file), "Parquet", os.strerror(error.errno or 0), "Check its permissions.") from error
    meta: dict[str, Any] = schema.pandas_metadata or {}
    ranges = [i.get("name") for i in meta.get("index_columns", []) if isinstance(i, dict)]
    return [*schema.names, *(name for name in ranges if name and name not in schema.names)]


def csv_columns(file: Path) -> list[str]:
    """Return the columns of a CSV file.

    Raises:
        BadInput: it has no header that can be read.
    """
    try:
        return [str(name) for name in pd.read_csv(file, nrows=0).columns]
    except (ValueError, UnicodeDecodeError) as error:
        raise BadInput("the file can't be read", str(file), "Parquet, or CSV with a header", type(error).__name__) from error


def _few(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _place(file: Path, names: list[str]) -> str:
    found = [name for name in PLACES if name in names]
    if len(found) != 1:
        raise BadInput("the unit is not clear", str(file), "one column country_id or priogrid_gid", _few(names), LAYOUT)
    return found[0]


def _value(file: Path, names: list[str], place: str) -> str:
    found = [name for name in VALUES if name in names]
    if not found:
        raise BadInput("no column of observed counts", str(file), f"month_id, {place}, outcome", _few(names), LAYOUT)
    return found[0]


def _vintage(files: list[Path]) -> str | None:
    said = {(pq.read_schema(file).metadata or {}).get(VINTAGE_KEY, b"").decode() for file in files if file.suffix != CSV}
    if len(said) > 1:
        raise BadInput("files of several vintages", str(files[0].parent), "one vintage", ", ".join(sorted(said)))
    return (said.pop() or None) if said else None


def _check_months(file: Path, window: str | None, months: np.ndarray) -> None:
    low, high = 1, LAST_MONTH
    if window and window[:1] == "Y" and window[1:].isdigit():
        high = 12 * (int(window[1:]) - 1979)
        low = high - 11
    if len(months) and (months.min() < low or months.max() > high):
        got = f"{int(months.min())} to {int(months.max())}"
        todo = "month_id 1 is January 1980." + (f" A folder window={window} holds the months of that year." if window else "")
        raise BadInput("month_id out of range", str(file), f"{low} to {high}", got, todo)


def _check_values(file: Path, values: np.ndarray) -> None:
    if not len(values):
        raise BadInput("no rows", str(file), "a row for each unit", "none")
    if not np.isfinite(values).all():
        raise BadInput(
            "an outcome is not finite", str(file), "counts of deaths", "NaN or infinity", "An unknown count is left out, not written."
        )
    if (values < 0).any():
        raise BadInput("an outcome is negative", str(file), "counts of at least 0", f"{values.min():g}")
