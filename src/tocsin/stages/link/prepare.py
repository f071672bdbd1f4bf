"""Turns lists of any shape into one table of comparable fields, in an order that depends on content alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.model.ages import read_age
from tocsin.model.dates import WrittenDate, read_date, whole_date
from tocsin.model.errors import BadInput
from tocsin.stages.link.exchanged import find_exchanged
from tocsin.stages.link.letters import one_byte_letters
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
_STRINGS += ("given_letters", "father_letters", "family_letters")
_NAMES = ("given", "father", "family")
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


def prepare(source: pa.Table, roles: Mapping[str, str], names_as_said: bool = False) -> Persons:
    """Return the comparable fields of `source`, whose columns mean what `roles` says.

    Every record keeps its id. Where a list repeats an id, the repeated rows stay records of their own, told apart by `#2`, `#3`.
    Where a list puts given and family names the other way round from the others, its records are compared with the two exchanged;
    not so with `names_as_said`.

    Raises:
        BadInput: fewer than two records, or nothing that could tell persons apart.
    """
    count = source.num_rows
    if count < 2:
        raise BadInput("linking needs at least two records", "the lists", "2 or more", str(count), "Add a list, or check the file.")
    columns = {role: _texts(source.column(column)) for role, column in roles.items()}
    fields = _fields(columns, count)
    lists = columns["list"].fill_null("list") if "list" in columns else pa.array(["list"] * count)
    exchanged = find_exchanged(fields["given_key"], fields["family_key"], lists, names_as_said)
    fields = _with_names_exchanged(fields, exchanged.records)
    known = frozenset(name for name, values in fields.items() if values.null_count < count)
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
    names = columns.get("record", pa.nulls(count, pa.string()))
    order = _order(lists, names, fields)
    record_ids, repeated = _ids(lists, names, order)
    table = pa.table({"unique_id": pa.array(np.arange(count)), **{name: fields[name].take(order) for name in (*_STRINGS, *_NUMBERS)}})
    notes, skipped = _notes(fields, repeated, len(order))
    if exchanged.records.any():
        skipped["records whose given and family names were exchanged for comparing"] = int(exchanged.records.sum())
    notes += exchanged.notes
    return Persons(table, tuple(record_ids), tuple(lists.take(order).to_pylist()), tuple(order.tolist()), known, notes, skipped)


def _each(column: pa.Array, meant: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """Return what each value means; every distinct value is read once."""
    encoded = column.dictionary_encode()
    return pa.array([meant(value) for value in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def _texts(column: pa.ChunkedArray) -> pa.Array:
    """Return the values as stripped text; empty text, nan and "unknown" are missing."""
    text = column.cast(pa.string()) if not pa.types.is_boolean(column.type) else pa.chunked_array([[str(v) for v in column.to_pylist()]])
    return _each(text.combine_chunks(), lambda v: None if (t := v.strip()) == "" or t.lower() in _NOTHING else t, pa.string())


#: Fewer records than this say next to nothing about how records of one person differ.
ENOUGH_RECORDS = 30
#: What could not be taken as it stands -> the fields that mark it.
_UNREAD = {
    "dates that do not exist, compared by their digits only": ("_born_impossible", "_died_impossible"),
    "dates that can't be read, taken as missing": ("_born_unread", "_died_unread"),
    "ages that can't be read, taken as missing": ("_age_unread",),
}
_NOTHING = frozenset(("nan", "none", "null", "unknown", "n/a", "na", "nat", "<na>", "-", "?"))


def _fields(columns: Mapping[str, pa.Array], count: int) -> dict[str, pa.Array]:
    nothing = pa.nulls(count, pa.string())

    def read(role: str, meant: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
        return _each(columns[role], meant, kind) if role in columns else pa.nulls(count, kind)

    fields = {
        **_name_fields(columns, count),
        "sex": read("sex", _sex, pa.string()),
        "age": read("age", read_age, pa.int32()),
        **_date_fields("born", *_dates(columns, "born", nothing)),
        **_date_fields("died", *_dates(columns, "died", nothing)),
    }
    for role in ("place", "region", "address", "occupation"):
        fields[role] = read(role, lambda v: normalise(v) or None, pa.string())
    for role in ("postcode", "number", "house"):
        fields[role] = read(role, lambda v: "".join(v.lower().split()).removesuffix(".0"), pa.string())
    fields["email"] = read("email", str.lower, pa.string())
    fields["_age_unread"] = pc.if_else(pc.and_(columns.get("age", nothing).is_valid(), fields["age"].is_null()), True, None)
    return fields


def _name_fields(columns: Mapping[str, pa.Array], count: int) -> dict[str, pa.Array]:
    """Return the parts of names and their keys; a whole name is split only where a record gives no part of it."""
    nothing = pa.nulls(count, pa.string())
    given, father, family = (columns.get(role, nothing) for role in ("given", "father", "family"))
    given = _with_second(given, columns.get("given2"))
    family = _with_second(family, columns.get("family2"))
    if "name" in columns:
        whole = pc.if_else(pc.and_(pc.is_null(given), pc.is_null(family)), columns["name"], None)
        parts = [_each(whole, _part(name), pa.string()) for name in ("given", "father", "family")]
        given, father, family = (pc.coalesce(own, split) for own, split in zip((given, father, family), parts, strict=True))
    fields: dict[str, pa.Array] = {}
    for name, values in (("given", given), ("father", father), ("family", family)):
        fields[name] = _each(values, lambda v: k.text if (k := name_keys(v)) else None, pa.string())
        fields[f"{name}_key"] = _each(values, lambda v: k.key if (k := name_keys(v)) else None, pa.string())
    fields |= {f"{name}_letters": column for name, column in one_byte_letters({name: fields[name] for name in _NAMES}).items()}
    return fields


def _with_names_exchanged(fields: Mapping[str, pa.Array], records: npt.NDArray[np.bool_]) -> dict[str, pa.Array]:
    """Return the fields with given and family name of these records exchanged, and the keys of both names together."""
    turned = dict(fields)
    if records.any():
        chosen = pa.array(records)
        for form in ("", "_key", "_letters"):
            given, family = fields[f"given{form}"], fields[f"family{form}"]
            turned[f"given{form}"] = pc.if_else(chosen, family, given)
            turned[f"family{form}"] = pc.if_else(chosen, given, family)
    one, two = turned["given_key"], turned["family_key"]
    turned["only_key"] = pc.coalesce(two, one)
    ahead = pc.less(one, two)
    turned["name_key"] = pc.binary_join_element_wise(pc.if_else(ahead, one, two), pc.if_else(ahead, two, one), " ")
    return turned


def _part(name: str) -> Callable[[str], str | None]:
    return lambda text: getattr(split_name(text), name)


def _with_second(first: pa.Array, second: pa.Array | None) -> pa.Array:
    if second is None:
        return first
    return pc.coalesce(pc.binary_join_element_wise(first, second, " "), first, second)


Dates = tuple[pa.Array, list[WrittenDate | None]]


def _dates(columns: Mapping[str, pa.Array], role: str, nothing: pa.Array) -> Dates:
    """Return the distinct dates, and for each record the place of its own among them."""
    parts = [columns.get(f"{role}_{part}", nothing) for part in ("year", "month", "day")]
    if role in columns:
        written = pc.binary_join_element_wise(columns[role], columns.get(f"{role}_precision", nothing).fill_null(""), "\t")
        meant = _written
    elif f"{role}_year" in columns:
        written = pc.if_else(pc.is_null(parts[0]), None, pc.binary_join_element_wise(*(p.fill_null("") for p in parts), "\t"))
        meant = _numbered
    else:
        return pa.nulls(len(nothing), pa.int32()), []
    encoded = written.dictionary_encode()
    return encoded.indices, [meant(value) for value in encoded.dictionary.to_pylist()]


def _written(text: str) -> WrittenDate | None:
    date, _, precision = text.partition("\t")
    return _coarser(read_date(date), precision)


def _numbered(text: str) -> WrittenDate | None:
    year, month, day = (_whole(part, low, high) for part, low, high in zip(text.split("\t"), (1, 0, 0), (9999, 99, 99), strict=True))
    return None if year is None else whole_date(year, month, day)


def _coarser(date: WrittenDate | None, precision: str | None) -> WrittenDate | None:
    """Forget the part of a date that its own precision says is not known."""
    if date is None or date.year is None or precision not in ("month", "year"):
        return date
    return whole_date(date.year, date.month if precision == "month" else None, None)


def _date_fields(role: str, place: pa.Array, dates: Sequence[WrittenDate | None]) -> dict[str, pa.Array]:
    def part(name: str, kind: pa.DataType) -> pa.Array:
        return pa.array([getattr(d, name) if d else None for d in dates], kind).take(place)

    return {
        f"{role}_text": part("text", pa.string()),
        f"{role}_year": part("year", pa.int32()),
        f"{role}_month": part("month", pa.int32()),
        f"{role}_day": part("ordinal", pa.int32()),
        f"_{role}_impossible": pa.array([True if d and d.precision == "impossible" else None for d in dates], pa.bool_()).take(place),
        f"_{role}_unread": pa.array([True if d is None else None for d in dates], pa.bool_()).take(place),
    }


def _whole(text: str, low: int, high: int) -> int | None:
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        return None
    return number if low <= number <= high else None


def _sex(text: str) -> str | None:
    first = text.strip().lower()
    if first in ("s", "sin informacion", "u", "x"):
        return None
    if first[:1] in ("m", "h", "ذ", "м") and not first.startswith(("mu", "wo")):
        return "m"
    return "f" if first[:1] in ("f", "w", "أ", "ا", "ж") or first.startswith("mu") else first


def _order(lists: pa.Array, names: pa.Array, fields: Mapping[str, pa.Array]) -> pa.Array:
    """Return the canonical order of the rows: by list, id and content, so that the order in the file decides nothing."""
    keys = {"list": lists, "record": names.fill_null("")}
    content = {name: fields[name] for name in sorted(fields) if fields[name].null_count < len(lists)}
    if len(pc.unique(_joined(lists, names))) < len(lists):
        keys |= {f"_{name}": values for name, values in content.items()}
    return pc.sort_indices(pa.table(keys), [(name, "ascending") for name in keys])


def _joined(lists: pa.Array, names: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(lists, names.fill_null(""), "\t")


def _ids(lists: pa.Array, names: pa.Array, order: pa.Array) -> tuple[list[str], int]:
    """Return the ids in the canonical order, and how many ids were repeated in a list."""
    rows = pa.array([f"row-{row + 1}" for row in range(len(lists))]) if names.null_count else names
    own = pc.coalesce(names, rows)
    if len(pc.unique(own)) == len(own):
        return own.take(order).to_pylist(), 0
    shared = len(pc.unique(own)) < len(pc.unique(_joined(lists, own)))
    seen: dict[tuple[str, str], int] = {}
    record_ids, repeated = [], 0
    for key in zip(lists.take(order).to_pylist(), own.take(order).to_pylist(), strict=True):
        seen[key] = seen.get(key, 0) + 1
        repeated += seen[key] > 1
        record_ids.append((f"{key[0]}/{key[1]}" if shared else key[1]) + (f"#{seen[key]}" if seen[key] > 1 else ""))
    return record_ids, repeated


def _notes(fields: Mapping[str, pa.Array], repeated: int, count: int) -> tuple[tuple[str, ...], dict[str, int]]:
    skipped = {}
    for reason, names in _UNREAD.items():
        marked = sum(len(fields[name].drop_null()) for name in names)
        if marked:
            skipped[reason] = marked
    if repeated:
        skipped["repeated ids inside a list, kept apart as #2, #3"] = repeated
    written = pa.concat_arrays([fields["given"], fields["family"]]).drop_null()
    arabic = pc.sum(pc.match_substring_regex(written, "[\u0600-\u06ff]")).as_py() or 0
    notes = ["names are in more than one script; they are compared by sound"] if 0 < arabic < len(written) else []
    if count < ENOUGH_RECORDS:
        notes.append(f"{count} records are too few to learn from how records of one person differ; judge the pairs yourself")
    return tuple(notes), skipped
