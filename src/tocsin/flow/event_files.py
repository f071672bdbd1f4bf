"""Reads files of events that a user hands in: a stated layout of columns, each value checked, every fault with its row."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.flow.given_files import PARQUET, TABLE, given_bytes, read_table
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages.collect import Record, SourceFile, is_packed, read_csv, unpack
from tocsin.stages.link.events import Account

#: Column -> other names it may have.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("event_id", "account", "data_id"),
    "dataset": ("source", "observer"),
    "date_from": ("date", "date_start", "event_date"),
    "date_to": ("date_end",),
    "date_precision": (),
    "territory": ("iso3", "country"),
    "admin_code": ("admin1", "adm_1", "district"),
    "place": ("location", "where_coordinates", "town"),
    "longitude": ("lon",),
    "latitude": ("lat",),
    "place_precision": (),
    "actors": ("actor", "side_a"),
    "acts": ("act", "event_type"),
    "low": (),
    "best": ("deaths", "fatalities", "killed"),
    "high": (),
}
_NEEDED = ("id", "date_from")
_PLACES = ("territory", "admin_code", "place", "longitude")
_PRECISIONS = ("day", "month", "year", "approximate", "as_of", "unknown")


@dataclass(frozen=True)
class EventFiles:
    """Holds the accounts, the truth where a column gives it, what each column was taken for, and the columns nobody reads."""

    accounts: tuple[Account, ...]
    truth: dict[str, str]
    columns: dict[str, str]
    ignored: tuple[str, ...]


def read_events(paths: Sequence[Path], truth: str | None = None) -> EventFiles:
    """Read the accounts of all files; where no column says the dataset, the file's name does.

    Raises:
        WrongUse: a file is not there, or has no truth column of that name.
        BadInput: a column is missing, an id repeats, or a value can't be right.
    """
    accounts: list[Account] = []
    events: dict[str, str] = {}
    taken: dict[str, str] = {}
    ignored: set[str] = set()
    names = Counter(path.name.split(".")[0] for path in paths)
    seen: dict[str, str] = {}
    for number, path in enumerate(paths, start=1):
        stem = path.name.split(".")[0]
        name = stem if names[stem] == 1 else f"{stem} ({number})"
        rows = list(_rows(path))
        header = list(rows[0].values) if rows else []
        if not rows:
            raise BadInput("the file has no rows", path.name, "one row an event", "a header only", "Check the file.")
        roles = _roles(path.name, header, truth)
        taken |= roles
        ignored |= set(header) - set(roles.values()) - {truth or ""}
        for row in rows:
            where = row.where
            event = row.values.pop(truth, "").strip() if truth else ""
            one = _account(row, roles, name)
            if one.id in seen:
                raise BadInput(
                    "two rows have the same id", where, "each id once", f"the id also stands at {seen[one.id]}", "Give each row its own id."
                )
            seen[one.id] = where
            accounts.append(one)
            if event:
                events[one.id] = event
    return EventFiles(tuple(accounts), events, taken, tuple(sorted(ignored)))


def _rows(path: Path) -> Iterator[Record]:
    data = given_bytes(path, TABLE)
    if data[:4] == PARQUET:
        for number, row in enumerate(read_table(path).to_pylist(), start=1):
            yield Record(path.name, number, {name: _text(value) for name, value in row.items()})
        return
    for name, body in unpack(path.name, data) if is_packed(path.name, data) else [(path.name, data)]:
        yield from read_csv(SourceFile.of(name, body), ())


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ";".join(_text(one) for one in value)
    return value.isoformat()[:10] if isinstance(value, dt.date) else "" if value is None else str(value)


def _roles(name: str, header: Sequence[str], truth: str | None) -> dict[str, str]:
    """Return role -> the column that plays it."""
    folded = {column.casefold(): column for column in header}
    if truth is not None and truth not in header:
        raise WrongUse("the truth column is not in the file", f"--truth {truth}", ", ".join(header), name)
    roles = {}
    for role, others in COLUMNS.items():
        column = next((folded[one] for one in (role, *others) if one in folded and folded[one] != truth), None)
        if column is not None:
            roles[role] = column
    missing = [role for role in _NEEDED if role not in roles]
    if missing or not any(role in roles for role in _PLACES):
        needed = ", ".join(missing or ["one of " + ", ".join(_PLACES)])
        raise BadInput(
            f"a column is missing: {needed}", name, ", ".join(COLUMNS), ", ".join(header)[:200], "Add the column, or rename one."
        )
    return roles


def _account(row: Record, roles: dict[str, str], dataset: str) -> Account:
    """Return one row as an account.

    Raises:
        BadInput: a value can't be right; the message names the column and the row, never the value of a place.
    """
    first, precision = row.date(roles["date_from"])
    last, _ = row.date(roles["date_to"]) if "date_to" in roles else (None, "unknown")
    said = _pop(row, roles, "date_precision") or "day"
    said = precision if precision in ("month", "year") else said
    if said not in _PRECISIONS:
        raise BadInput("the precision of a date is not known", row.where, ", ".join(_PRECISIONS), said[:20], "Correct the row.")
    if first and last and last < first:
        raise BadInput("an event ends before it begins", row.where, "date_from up to date_to", f"{first} to {last}", "Correct the row.")
    low, best, high = (row.number(roles[name]) if name in roles else None for name in ("low", "best", "high"))
    ordered = [v for v in (low, best, high) if v is not None]
    if any(v < 0 for v in ordered) or ordered != sorted(ordered):
        got = f"{low} {best} {high}"
        raise BadInput("counts of harm are negative or not in order", row.where, "0 <= low <= best <= high", got, "Correct the row.")
    longitude, latitude = _coordinates(row, roles)
    return Account(
        id=row.need(roles["id"]),
        dataset=_pop(row, roles, "dataset") or dataset,
        first=first,
        last=last,
        precision=said,
        territory=_pop(row, roles, "territory"),
        admin=_pop(row, roles, "admin_code"),
        place=_pop(row, roles, "place"),
        longitude=longitude,
        latitude=latitude,
        place_precision=_pop(row, roles, "place_precision"),
        actors=_several(_pop(row, roles, "actors")),
        acts=_several(_pop(row, roles, "acts")),
        low=low,
        best=best,
        high=high,
    )


def _coordinates(row: Record, roles: dict[str, str]) -> tuple[float | None, float | None]:
    if "longitude" not in roles or "latitude" not in roles:
        return None, None
    longitude, latitude = row.number(roles["longitude"]), row.number(roles["latitude"])
    if (longitude is None) != (latitude is None):
        raise BadInput("a place has one coordinate only", row.where, "longitude and latitude, or neither", "one", "Complete the row.")
    if longitude is None or latitude is None:
        return None, None
    if not (math.fabs(longitude) <= 180 and math.fabs(latitude) <= 90):
        raise BadInput(
            "coordinates lie outside the earth", row.where, "longitude -180..180, latitude -90..90", "other values", "Correct the row."
        )
    return longitude, latitude


def _pop(row: Record, roles: dict[str, str], role: str) -> str | None:
    return row.pop(roles[role]) if role in roles else None


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
