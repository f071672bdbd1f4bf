"""Reads records of people together with the clusters that `tocsin link` wrote for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.flow.given_files import read_table
from tocsin.model.dates import read_date
from tocsin.model.errors import BadInput
from tocsin.model.sexes import read_sex
from tocsin.stages import estimate as stage
from tocsin.stages import link

#: Where clusters.parquet says which share of true pairs linking could find.
RECALL, TOO_MANY = b"candidate_recall", b"persons_too_many"
#: Strata that `--strata` knows by what they say, under whatever name each list has them.
BY_ROLE = ("place", "region", "sex", "year")
CLUSTERS = ("record_id", "cluster_id", "draw")


@dataclass(frozen=True)
class LinkedRecords:
    """Holds records (record_id, list, strata), their clusters, the candidate recall where it is known, and what to say of both.

    `too_many` is by how many the number of persons is too high, with its interval, where the clusters say so.
    """

    records: pa.Table
    clusters: pa.Table
    recall: float | None
    notes: tuple[str, ...]
    too_many: tuple[int, int, int] | None = None


def linked_records(paths: Sequence[Path], tables: Sequence[pa.Table], place: Path, strata: Sequence[str]) -> LinkedRecords:
    """Return the records of the files with the clusters in `place`.

    The list of a record is its column `list`, else what the clusters say of it, else the name of its file where there are several.
    `tocsin link` names records `list/id` where ids repeat across files; so they are here where the clusters know them so.

    Raises:
        BadInput: records or clusters lack a column or a value, an id repeats, or the clusters are of other records.
    """
    path = place if place.is_file() else place / "clusters.parquet"
    clusters = _clusters(path)
    known = dict(zip(clusters.column("record_id").to_pylist(), _lists_of(clusters), strict=True))
    first, parts = 0, []
    for one, table in zip(paths, tables, strict=True):
        parts.append(_records(one, table, known, strata, (len(paths) > 1, first)))
        first += table.num_rows
    records = pa.concat_tables(parts)
    stage.refuse_repeated(records.column("record_id"), "column record_id")
    ids = records.column("record_id").to_pylist()
    missing = sum(one not in known for one in ids)
    if missing == len(ids):
        raise BadInput(
            "the clusters are of other records", path.name, "the ids of these records", "none of them", "Give the files that were linked."
        )
    notes = (f"{missing:,} records are in no cluster; each counts as a person of their own.",) if missing else ()
    return LinkedRecords(records, clusters, _recall(path), notes, _too_many(path))


def read_lists_table(path: Path) -> pa.Table:
    """Return a file as a table, with the ids of its records as they are written."""
    return read_table(path, stage.RECORD_COLUMNS)


def _records(path: Path, table: pa.Table, known: dict[str, str | None], strata: Sequence[str], place: tuple[bool, int]) -> pa.Table:
    """Return record_id, list and the strata of one file; `place` says whether it is one of several, and how many rows stand before it."""
    several, first = place
    roles = link.recognise(table.column_names)
    key = stage.key_column(table.column_names) or roles.get("record")
    name = next((name for name in stage.LIST_COLUMNS if name in table.column_names), None) or roles.get("list")
    rows = [f"row-{first + number + 1}" for number in range(table.num_rows)]  # what `tocsin link` calls records without an id
    if table.num_rows == 0:
        raise BadInput("the table has no rows", path.name, "one row per record", "0 rows", "Check the file.")
    _refuse_gaps(table, [column for column in (key, name) if column])
    ids = table.column(key).cast(pa.string()).to_pylist() if key else rows
    stem = path.name.split(".")[0]
    own = [str(v) for v in table.column(name).to_pylist()] if name else [stem] * len(ids) if several else None
    if own is not None and not any(one in known for one in ids):
        ids = [f"{listed}/{one}" if f"{listed}/{one}" in known else one for listed, one in zip(own, ids, strict=True)]
    if key is None and not all(one in known for one in ids):
        raise BadInput(
            "the records do not say who they are", path.name, f"one of {', '.join(stage.RECORD_COLUMNS)}",
            ", ".join(table.column_names), "Rename the column.",
        )  # fmt: skip
    lists = own if name or several else [known.get(one) for one in ids]
    if lists is None or any(listed is None for listed in lists):
        raise BadInput(
            "a record does not say on which list it stands", path.name, f"a column {' or '.join(stage.LIST_COLUMNS)}",
            ", ".join(table.column_names), "Add the column, or give one file a list.",
        )  # fmt: skip
    columns = {"record_id": pa.array(ids, pa.string()), "list": pa.array(lists, pa.string())}
    columns |= {column: _stratum(path, table, roles, column) for column in strata}
    return pa.table(columns)


def _stratum(path: Path, table: pa.Table, roles: Mapping[str, str], column: str) -> pa.Array:
    """Return the stratum of each record: a column by its name, or what lists call in their own ways, such as place, sex or year.

    Places that differ by capitals and spaces alone are one. The year is that of the date of death.
    """
    if column in table.column_names:
        return table.column(column).cast(pa.string()).combine_chunks()
    role = "died" if column == "year" else column
    if role not in roles:
        known = ", ".join(role for role in BY_ROLE if ("died" if role == "year" else role) in roles)
        expected = f"a column {column[:40]}, or one of: {known}" if known else f"a column {column[:40]}"
        raise BadInput("no such column", path.name, expected, ", ".join(table.column_names), "Name another column.")
    written = table.column(roles[role]).cast(pa.string()).to_pylist()
    if column == "year":
        dates = [read_date(text) for text in written]
        return pa.array([None if date is None or date.year is None else str(date.year) for date in dates], pa.string())
    if column == "sex":
        return pa.array([None if text is None else read_sex(text) for text in written], pa.string())
    return pa.array([None if text is None else " ".join(text.split()).casefold() or None for text in written], pa.string())


def _refuse_gaps(table: pa.Table, columns: Sequence[str]) -> None:
    for column in columns:
        gaps = table.column(column).null_count
        if gaps:
            raise BadInput("a record lacks a value", f"column {column}", "a value in every row", f"{gaps:,} rows without", "Fill the gaps.")


def _clusters(path: Path) -> pa.Table:
    clusters = read_lists_table(path)
    for needed in CLUSTERS:
        if needed not in clusters.column_names:
            raise BadInput("the clusters lack a column", path.name, ", ".join(CLUSTERS), ", ".join(clusters.column_names))
    for column in CLUSTERS[:2]:
        clusters = clusters.set_column(clusters.column_names.index(column), column, clusters.column(column).cast(pa.string()))
    for draw in clusters.column("draw").unique():
        rows = clusters.filter(pc.equal(clusters.column("draw"), draw))
        stage.refuse_repeated(rows.column("record_id"), f"{path.name}, draw {draw}")
    return clusters


def _lists_of(clusters: pa.Table) -> list[str | None]:
    return clusters.column("list").to_pylist() if "list" in clusters.column_names else [None] * clusters.num_rows


def _recall(path: Path) -> float | None:
    """Return the candidate recall that `tocsin link --out` wrote into the clusters; None where the file does not say."""
    text = (pq.read_schema(path).metadata or {}).get(RECALL) if path.suffix == ".parquet" else None
    return float(text) if text is not None else None


def _too_many(path: Path) -> tuple[int, int, int] | None:
    """Return by how many the number of persons is too high, with its interval, where the clusters' file says so."""
    text = (pq.read_schema(path).metadata or {}).get(TOO_MANY) if path.suffix == ".parquet" else None
    said = json.loads(text or "null")
    return (int(said[0]), int(said[1]), int(said[2])) if said else None
