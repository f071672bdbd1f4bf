"""Reads what `tocsin forecast fatalities` learns from: monthly counts, or events with their day, place and deaths."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from tocsin.flow.challenge_files import csv_columns, read_actuals
from tocsin.model.errors import BadInput
from tocsin.model.months import YEAR_ZERO
from tocsin.stages.forecast.count_models import CountHistory, history_from_rows
from tocsin.stages.forecast.count_models.levels import HIGHEST
from tocsin.stages.forecast.grid import NOWHERE, cells_of, history_of_events

#: Kind of violence -> its number in event rows, and the columns of monthly counts that hold it.
KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "state-based": (1, ("ged_best_sb", "ged_sb")),
    "non-state": (2, ("ged_best_ns", "ged_ns")),
    "one-sided": (3, ("ged_best_os", "ged_os")),
}
LEVELS = {"country": "country_id", "grid": "priogrid_gid"}
EVENT_COLUMNS = ("type_of_violence", "date_end", "best")
#: From this precision of place on, an event is known to a country or to the sea only, and its point stands for nothing.
COUNTRY_ONLY = 6


@dataclass(frozen=True)
class FatalityData:
    """Holds the counts, what was left out and why, and what to beware of."""

    history: CountHistory
    place: str
    sha256: str
    vintage: str | None
    skipped: dict[str, int]
    warnings: tuple[str, ...]


def read_fatalities(path: Path, level: str, kind: str, origin: int | None = None) -> FatalityData:
    """Return the monthly counts of one kind of violence up to `origin`, or to the last month that the file tells of.

    Raises:
        BadInput: the file holds neither monthly counts nor events, or not of this level.
    """
    if not path.exists():
        raise BadInput("no such file", str(path), "Parquet or CSV, of monthly counts or of events", "nothing")
    if path.is_dir() or "month_id" in _names(path):
        return _monthly(path, level, kind, origin)
    return _events(path, level, kind, origin)


def read_places(path: Path, column: str) -> np.ndarray:
    """Return the places that a file names, each once.

    Raises:
        BadInput: the file is missing, or has no such column.
    """
    if not path.is_file():
        raise BadInput("no such file", str(path), f"Parquet or CSV with {column}", "nothing")
    rows = pd.read_parquet(path).reset_index() if path.suffix == ".parquet" else pd.read_csv(path, low_memory=False)
    if column not in rows.columns:
        raise BadInput(f"no column {column}", str(path), column, ", ".join(map(str, rows.columns)))
    return np.unique(pd.to_numeric(rows[column], errors="coerce").dropna().to_numpy(np.int64))


def _monthly(path: Path, level: str, kind: str, origin: int | None) -> FatalityData:
    names = _names(path) if path.is_file() else []
    column = next((name for name in KINDS[kind][1] if name in names), None)
    if column is None and "outcome" not in names and path.is_file():
        raise BadInput(f"no column of {kind} deaths", str(path), " or ".join((*KINDS[kind][1], "outcome")), ", ".join(names))
    parts = read_actuals(path, column)
    if parts[0].place != LEVELS[level]:
        raise BadInput("the file is about other units", str(path), LEVELS[level], parts[0].place, "Choose the other --level.")
    months, places, counts = (np.concatenate([getattr(part, name) for part in parts]) for name in ("months", "places", "outcomes"))
    history = history_from_rows(months, places, counts)
    said = () if column else (f"the file does not say which kind of violence it counts; it was taken for {kind}.",)
    said = (*said, *_doubts(path, history))
    late = int((months > origin).sum()) if origin is not None else 0
    skipped = {"after the origin": late} if late else {}
    return FatalityData(history.until(origin) if origin else history, LEVELS[level], _hash(path), parts[0].vintage, skipped, said)


def _doubts(path: Path, history: CountHistory) -> tuple[str, ...]:
    """Return what to know about counts that could be read: fractions, and months without a row.

    Raises:
        BadInput: a count is higher than any that the models can give.
    """
    counts = history.values[~np.isnan(history.values)]
    if counts.max() > HIGHEST:
        raise BadInput("a count is too high to be one month's deaths", str(path), f"at most {HIGHEST:,.0f}", f"{counts.max():,.0f}")
    broken = int((counts != np.round(counts)).sum())
    known = ~np.isnan(history.values)
    first, last = known.argmax(axis=1), known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    gaps = last - first + 1 - known.sum(axis=1)
    said = [f"{broken:,} counts are no whole numbers; they are used as they are."] if broken else []
    if gaps.any():
        said.append(f"{int(gaps.sum()):,} months of {int((gaps > 0).sum()):,} places have no row between others: unknown, not zero.")
    return tuple(said)


def _events(path: Path, level: str, kind: str, origin: int | None) -> FatalityData:
    rows = _event_rows(path, level)
    skipped: Counter[str] = Counter()
    warnings: list[str] = []
    rows = _keep(rows, rows["type_of_violence"] == KINDS[kind][0], "another kind of violence", skipped)
    ends = _month_ids(rows["date_end"])
    rows = _keep(rows.assign(month_id=ends), ends.notna(), "no day on which it ended", skipped)
    best = pd.to_numeric(rows["best"], errors="coerce")
    rows = _keep(rows.assign(best=best), best.ge(0) & np.isfinite(best), "no count of deaths", skipped)
    if origin is not None:
        rows = _keep(rows, rows["month_id"] <= origin, "after the origin", skipped)
    places = _places(rows, level)
    lost = places == NOWHERE
    if lost.any():
        deaths = float(rows["best"][lost].sum())
        reason = "no coordinates" if level == "grid" else "no country"
        warnings.append(f"{int(lost.sum())} events with {deaths:,.0f} deaths have {reason}: they are counted here and placed nowhere.")
        rows = _keep(rows, pd.Series(~lost, index=rows.index), reason, skipped)
    if not len(rows):
        raise BadInput("no event is left", str(path), f"{kind} events with day, place and deaths", str(dict(skipped)))
    warnings += _notes(rows, level)
    months = rows["month_id"].to_numpy(np.int64)
    span = (int(months.min()), origin if origin is not None else int(months.max()))
    history = history_of_events(months, places[~lost], rows["best"].to_numpy(np.float64), span)
    return FatalityData(history, LEVELS[level], _hash(path), None, dict(skipped), tuple(warnings))


def _event_rows(path: Path, level: str) -> pd.DataFrame:
    needed = (*EVENT_COLUMNS, *(("latitude", "longitude") if level == "grid" else ("country_id",)))
    wanted = {*needed, "id", "where_prec", "date_start"}
    try:
        if path.suffix == ".parquet":
            rows = pd.read_parquet(path, columns=[name for name in _names(path) if name in wanted])
        else:
            rows = pd.read_csv(path, low_memory=False, usecols=lambda name: name in wanted)
    except (ValueError, OSError) as error:
        raise BadInput("the file can't be read", str(path), "Parquet or CSV", type(error).__name__) from error
    missing = [name for name in needed if name not in rows.columns]
    if missing:
        todo = "Monthly counts have month_id, country_id or priogrid_gid, and a column of counts."
        raise BadInput(f"no column {', '.join(missing)}", str(path), ", ".join(needed), ", ".join(map(str, rows.columns)), todo)
    if "id" in rows.columns and rows["id"].duplicated().any():
        twice = int(rows["id"].duplicated(keep=False).sum())
        raise BadInput(
            "events stand more than once", str(path), "each id once", f"{twice} rows share an id", "Remove duplicates, or load one edition."
        )
    return rows


def _keep(rows: pd.DataFrame, wanted: pd.Series, reason: str, skipped: Counter[str]) -> pd.DataFrame:
    if not wanted.all():
        skipped[reason] += int((~wanted).sum())
    return rows[wanted]


def _places(rows: pd.DataFrame, level: str) -> np.ndarray:
    if level == "grid":
        longitude, latitude = (pd.to_numeric(rows[name], errors="coerce").to_numpy(np.float64) for name in ("longitude", "latitude"))
        return cells_of(longitude, latitude)
    return pd.to_numeric(rows["country_id"], errors="coerce").fillna(NOWHERE).to_numpy(np.int64)


def _notes(rows: pd.DataFrame, level: str) -> list[str]:
    notes = []
    if level == "grid" and "where_prec" in rows.columns:
        vague = rows["where_prec"] >= COUNTRY_ONLY
        if vague.any():
            deaths = float(rows["best"][vague].sum())
            notes.append(
                f"{int(vague.sum())} events with {deaths:,.0f} deaths are known to a country only; they stand in the cell of the point "
                "that the file gives them."
            )
    if "date_start" in rows.columns:
        spread = _month_ids(rows["date_start"]) < rows["month_id"]
        if spread.any():
            notes.append(f"{int(spread.sum())} events ran over several months; all their deaths count in the month in which they ended.")
    return notes


def _month_ids(days: pd.Series) -> pd.Series:
    when = pd.to_datetime(days, errors="coerce", format="mixed", utc=True)
    return (when.dt.year - YEAR_ZERO) * 12 + when.dt.month


def _names(path: Path) -> list[str]:
    if path.suffix != ".parquet":
        return csv_columns(path)
    schema = pq.read_schema(path)
    index = (schema.pandas_metadata or {}).get("index_columns", [])
    return [*schema.names, *(i["name"] for i in index if isinstance(i, dict) and i.get("name"))]


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(path.rglob("*.parquet")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
