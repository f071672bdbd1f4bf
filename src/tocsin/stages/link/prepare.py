"""Turns lists of any shape into one table of comparable fields, in an order that depends on content alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from tocsin.model.errors import BadInput
from tocsin.stages.link.dates import WrittenDate, read_date, whole_date
from tocsin.stages.link.names import name_keys, normalise, split_name

_STRINGS: tuple[str, ...] = (
    "given",
    "given_key",
    "father",
    "father_key",
    "family",
    "family_key",
    "sex",
    "place",
    "region",
    "postcode",
    "email",
    "number",
)
_STRINGS += ("address", "house", "occupation", "name_key", "only_key", "born_text", "died_text")
_NUMBERS = ("born_year", "born_month", "born_day", "died_year", "died_month", "died_day", "age")


@dataclass(frozen=True)
class Persons:
    """Holds prepared records: `table` has one row a record, `unique_id` is its place in the canonical order.

    `record_ids` and `lists` are what the input called them, `rows` the row of the input each record came from.
    """

    table: pa.Table
    record_ids: tuple[str, ...]
    lists: tuple[str, ...]
    rows: tuple[int, ...]
    fields: frozenset[str]
    notes: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)


def prepare(source: pa.Table, roles: Mapping[str, str]) -> Persons:
    """Return the comparable fields of `source`, whose columns mean what `roles` says.

    Every record keeps its id. Where a list repeats an id, the repeated rows stay records of their own, told apart by `#2`, `#3`.

    Raises:
        BadInput: fewer than two records, or nothing that could tell persons apart.
    """
    count = source.num_rows
    if count < 2:
        raise BadInput("linking needs at least two records", "the lists", "2 or more", str(count), "Add a list, or check the file.")
    columns = {role: _texts(source.column(column)) for role, column in roles.items()}
    fields = _fields(columns, count)
    known = frozenset(name for name, values in fields.items() if any(v is not None for v in values))
    if (
        not known & {"given", "father", "family", "email", "number"}
        and len(known & {"born_text", "died_text", "place", "postcode", "age"}) < 2
    ):
        raise BadInput(
            "no field can tell persons apart: names, dates and places are all missing",
            "the lists",
            "a name column, or a date and a place",
            ", ".join(sorted(roles)) or "no column that is understood",
            "Name the columns: --columns given=COLUMN,family=COLUMN,born=COLUMN",
        )
    lists = [value or "list" for value in columns["list"]] if "list" in columns else ["list"] * count
    names = columns.get("record") or [None] * count
    order, record_ids, repeated = _order(lists, names, fields)
    table = pa.table({"unique_id": pa.array(range(count), pa.int64()), **_arrow(fields, order)})
    notes, skipped = _notes(fields, repeated)
    ordered = [lists[i] for i in order]
    return Persons(table, tuple(record_ids), tuple(ordered), tuple(order), known, notes, skipped)


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    """Return the values as stripped text; empty text, nan and "unknown" are missing."""
    values = column.to_pylist()
    return [None if v is None or (t := str(v).strip()) == "" or t.lower() in _NOTHING else t for v in values]


_NOTHING = frozenset(("nan", "none", "null", "unknown", "n/a", "na", "nat", "<na>", "-", "?"))


def _fields(columns: Mapping[str, Sequence[str | None]], count: int) -> dict[str, list[Any]]:
    nothing: list[None] = [None] * count
    names = _name_fields(columns, count)
    fields: dict[str, list[Any]] = {
        **names,
        "sex": [_sex(v) for v in columns.get("sex", nothing)],
        "age": [_whole(v, 0, 120) for v in columns.get("age", nothing)],
        **_date_fields("born", _dates(columns, "born", count)),
        **_date_fields("died", _dates(columns, "died", count)),
    }
    for role in ("place", "region", "address", "occupation"):
        fields[role] = [normalise(v) or None if v is not None else None for v in columns.get(role, nothing)]
    for role in ("postcode", "number", "house"):
        fields[role] = ["".join(v.lower().split()).removesuffix(".0") if v is not None else None for v in columns.get(role, nothing)]
    fields["email"] = [v.lower() if v is not None else None for v in columns.get("email", nothing)]
    return fields


def _name_fields(columns: Mapping[str, Sequence[str | None]], count: int) -> dict[str, list[Any]]:
    """Return the parts of names and their keys; a whole name is split only where a record gives no part of it."""
    nothing: list[None] = [None] * count
    given, father, family = (list(columns.get(role, nothing)) for role in ("given", "father", "family"))
    given = _with_second(given, columns.get("given2"))
    family = _with_second(family, columns.get("family2"))
    for row, whole in enumerate(columns.get("name", ())):
        if whole is not None and given[row] is None and family[row] is None:
            parts = split_name(whole)
            given[row], father[row], family[row] = parts.given, father[row] or parts.father, parts.family
    fields: dict[str, list[Any]] = {}
    for name, values in (("given", given), ("father", father), ("family", family)):
        keys = [name_keys(v) for v in values]
        fields[name] = [k.text if k else None for k in keys]
        fields[f"{name}_key"] = [k.key if k else None for k in keys]
    pairs = zip(fields["given_key"], fields["family_key"], strict=True)
    fields["only_key"] = [f or g for g, f in zip(fields["given_key"], fields["family_key"], strict=True)]
    fields["name_key"] = [" ".join(sorted((g, f))) if g and f else None for g, f in pairs]
    return fields


def _with_second(first: list[str | None], second: Sequence[str | None] | None) -> list[str | None]:
    if second is None:
        return first
    return [" ".join(part for part in pair if part) or None for pair in zip(first, second, strict=True)]


def _dates(columns: Mapping[str, Sequence[str | None]], role: str, count: int) -> list[WrittenDate | None]:
    if role in columns:
        precisions = columns.get(f"{role}_precision") or [None] * count
        return [_coarser(read_date(v), p) for v, p in zip(columns[role], precisions, strict=True)]
    if f"{role}_year" not in columns:
        return [None] * count
    nothing: list[None] = [None] * count
    parts = zip(columns[f"{role}_year"], columns.get(f"{role}_month", nothing), columns.get(f"{role}_day", nothing), strict=True)
    dates: list[WrittenDate | None] = []
    for year, month, day in parts:
        numbers = _whole(year, 1, 9999), _whole(month, 0, 99), _whole(day, 0, 99)
        dates.append(whole_date(numbers[0], numbers[1], numbers[2]) if numbers[0] is not None else None)
    return dates


def _coarser(date: WrittenDate | None, precision: str | None) -> WrittenDate | None:
    """Forget the part of a date that its own precision says is not known."""
    if date is None or date.year is None or precision not in ("month", "year"):
        return date
    return whole_date(date.year, date.month if precision == "month" else None, None)


def _date_fields(role: str, dates: Sequence[WrittenDate | None]) -> dict[str, list[Any]]:
    return {
        f"{role}_text": [d.text if d else None for d in dates],
        f"{role}_year": [d.year if d else None for d in dates],
        f"{role}_month": [d.month if d else None for d in dates],
        f"{role}_day": [d.ordinal if d else None for d in dates],
        f"_{role}_impossible": [True if d and d.precision == "impossible" else None for d in dates],
    }


def _whole(text: str | None, low: int, high: int) -> int | None:
    if text is None:
        return None
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        return None
    return number if low <= number <= high else None


def _sex(text: str | None) -> str | None:
    if text is None:
        return None
    first = text.strip().lower()
    if first in ("s", "sin informacion", "u", "x"):
        return None
    if first[:1] in ("m", "h", "ذ", "м") and not first.startswith(("mu", "wo")):
        return "m"
    return "f" if first[:1] in ("f", "w", "أ", "ا", "ж") or first.startswith("mu") else first


def _order(lists: Sequence[str], names: Sequence[str | None], fields: Mapping[str, list[Any]]) -> tuple[list[int], list[str], int]:
    """Return the canonical order of the rows, their ids in that order, and how many ids were repeated in a list."""
    content = list(zip(*([str(v) for v in fields[f]] for f in sorted(fields)), strict=True))
    order = sorted(range(len(lists)), key=lambda i: (lists[i], names[i] or "", content[i]))
    own = [name if name is not None else f"row-{row + 1}" for row, name in enumerate(names)]
    shared = len(set(own)) < len(set(zip(lists, own, strict=True)))
    seen: dict[tuple[str, str], int] = {}
    record_ids, repeated = [], 0
    for row in order:
        key = (lists[row], own[row])
        seen[key] = seen.get(key, 0) + 1
        repeated += seen[key] > 1
        record_ids.append((f"{key[0]}/{key[1]}" if shared else key[1]) + (f"#{seen[key]}" if seen[key] > 1 else ""))
    return order, record_ids, repeated


def _arrow(fields: Mapping[str, list[Any]], order: Sequence[int]) -> dict[str, pa.Array]:
    arrays: dict[str, pa.Array] = {}
    for name in _STRINGS:
        arrays[name] = pa.array([fields[name][i] for i in order], pa.string())
    for name in _NUMBERS:
        arrays[name] = pa.array([fields[name][i] for i in order], pa.int32())
    return arrays


def _notes(fields: Mapping[str, list[Any]], repeated: int) -> tuple[tuple[str, ...], dict[str, int]]:
    skipped = {}
    impossible = sum(1 for role in ("born", "died") for v in fields[f"_{role}_impossible"] if v)
    if impossible:
        skipped["dates that do not exist, compared by their digits only"] = impossible
    if repeated:
        skipped["repeated ids inside a list, kept apart as #2, #3"] = repeated
    scripts = {"arabic" if any("\u0600" <= c <= "\u06ff" for c in v) else "latin" for v in fields["given"] + fields["family"] if v}
    notes = ("names are in more than one script; they are compared by sound",) if len(scripts) > 1 else ()
    return notes, skipped
