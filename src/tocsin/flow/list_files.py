"""Reads the files that a user hands to `tocsin estimate` into capture tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages import estimate as stage

READABLE = (".csv", ".csv.gz", ".parquet")
IN_LIST = re.compile(r"in_\d+")
#: Where clusters.parquet says which share of true pairs linking could find.
RECALL = b"candidate_recall"
RULE_COUNTS = "Different people whom at least one list names; a row stands for as many people as its count says."
RULE_ROWS = "Different people whom at least one list names; each row is one person."
RULE_CLUSTERS = "Different people in the best single clustering of the records; records that were linked count once."


@dataclass(frozen=True)
class ListFiles:
    """Holds what was read: capture tables by (draw of the clustering, imputation) and stratum, and how it was read.

    `rule` says what the documented number counts; `recall` is the share of true pairs that linking could find, where known.
    """

    versions: Mapping[tuple[int, int], Mapping[str, stage.CaptureTable]]
    lists: tuple[str, ...]
    rule: str
    notes: tuple[str, ...]
    documented: int | None = None
    recall: float | None = None


@dataclass(frozen=True)
class Layout:
    """Says how the user wants the columns to be read."""

    strata: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    clusters: Path | None = None


def read_lists(paths: Sequence[Path], layout: Layout) -> ListFiles:
    """Read one table of lists, several imputations of it, or records with their clusters.

    Raises:
        BadInput: a file is missing, unreadable or holds nothing that can be counted.
        WrongUse: the options do not fit the files.
    """
    files = [file for path in paths for file in _expand(path)]
    read = [read_table(file) for file in files]
    if layout.clusters is not None:
        return _clustered(pa.concat_tables(read, promote_options="permissive"), layout)
    replicates = [table for table in read if _is_replicate(table)]
    if replicates and len(replicates) == len(read):
        return _replicates(replicates, layout)
    if len(read) > 1:
        raise WrongUse(
            "several files that are not imputations of one table",
            "FILE",
            "one file, or replicates with a column `replica` and lists in_1, in_2, ...",
            f"{len(read)} files",
            "Give one file, or records with --clusters DIR.",
        )
    return _single(read[0], layout)


def read_table(path: Path) -> pa.Table:
    """Read a CSV (also gzip) or Parquet file; spaces around column names are taken away.

    Raises:
        BadInput: it is missing, empty, or no table.
    """
    if not path.is_file():
        raise BadInput("there is no such file", path.name, "a file", "none", "Check the path.")
    if path.stat().st_size == 0:
        raise BadInput("the file is empty", path.name, "a table", "0 bytes", "Check the file.")
    try:
        table = pq.read_table(path) if path.suffix == ".parquet" else pacsv.read_csv(path)
        names = [name.strip() for name in table.column_names]
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "the file can't be read as a table", path.name, "CSV in UTF-8, or Parquet", "something else", "Check the file."
        ) from error
    if len(set(names)) != len(names):
        raise BadInput("two columns have the same name", path.name, "each name once", "a repeated name", "Rename one of them.")
    return table.rename_columns(names)


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.iterdir() if p.name.endswith(READABLE))
    if not files:
        raise BadInput("the folder holds no table", path.name, ", ".join(READABLE), "none", "Check the folder.")
    return files


def _single(table: pa.Table, layout: Layout) -> ListFiles:
    columns = stage.recognise_columns(table, layout.strata, layout.lists)
    tables = stage.capture_tables(table, columns)
    strata, notes = _pool({(0, 0): tables})
    rule = RULE_COUNTS if columns.count else RULE_ROWS
    return ListFiles(strata, columns.lists, rule, (*_empty_columns(columns), *notes))


def _empty_columns(columns: stage.Columns) -> tuple[str, ...]:
    named = [f"Column {name} is empty: every row is in the stratum “not known”." for name in columns.empty if name in columns.strata]
    others = [f"Column {name} is empty and was left out." for name in columns.empty if name in columns.unused]
    return (*named, *others)


def _is_replicate(table: pa.Table) -> bool:
    return "replica" in table.column_names and sum(bool(IN_LIST.fullmatch(name)) for name in table.column_names) >= 3


def _replicates(read: Sequence[pa.Table], layout: Layout) -> ListFiles:
    """Take each replicate as one imputation; its lists are the columns in_1, in_2, ..."""
    versions: dict[tuple[int, int], Mapping[str, stage.CaptureTable]] = {}
    lists = layout.lists or tuple(name for name in read[0].column_names if IN_LIST.fullmatch(name))
    for table in read:
        for replica in sorted({str(v) for v in table.column("replica").to_pylist()}):
            rows = table.filter(pa.compute.equal(table.column("replica").cast(pa.string()), replica))
            columns = stage.recognise_columns(rows, layout.strata, lists)
            versions[(0, len(versions))] = stage.capture_tables(rows, columns)
    strata, notes = _pool(versions)
    several = f"{len(versions)} imputations (column replica) are mixed."
    one = "There is one imputation only (column replica), so doubt about what was filled in is not in the interval."
    return ListFiles(strata, tuple(lists), RULE_ROWS, (*notes, several if len(versions) > 1 else one))


def _clustered(records: pa.Table, layout: Layout) -> ListFiles:
    key, name = _record_columns(records)
    path = layout.clusters if layout.clusters and layout.clusters.suffix == ".parquet" else (layout.clusters or Path()) / "clusters.parquet"
    clusters = _clusters(path)
    ids = records.column(key).cast(pa.string()).to_pylist()
    stage.refuse_repeated(records.column(key), f"column {key}")
    left_out = _records_left_out(ids, clusters, path)
    lists = [str(v) for v in records.column(name).to_pylist()]
    labels = stage.strata_labels([records.column(s) for s in layout.strata]) if layout.strata else None
    versions = {(draw, 0): stage.captures_from_clusters(lists, c, labels) for draw, c in stage.clusterings(clusters, ids).items()}
    best = versions[min(versions)]
    if len(versions) > 1:
        versions.pop((0, 0), None)  # draw 0 is the best single answer, not a draw from the posterior
        note = f"{len(versions)} draws of the clustering are mixed."
    else:
        note = "There is one clustering only, so doubt about who is who is not in the interval."
    strata, more = _pool(versions)
    documented = sum(t.documented for t in best.values())
    return ListFiles(strata, tuple(sorted(set(lists))), RULE_CLUSTERS, (note, *left_out, *more), documented, _recall(path))


def _record_columns(records: pa.Table) -> tuple[str, str]:
    """Return the columns that say who a record is and on which list it stands; neither may have gaps."""
    key = stage.key_column(records.column_names)
    name = next((name for name in stage.LIST_COLUMNS if name in records.column_names), None)
    if key is None or name is None:
        raise BadInput(
            "the records do not say who they are or on which list they stand",
            "columns",
            f"one of {', '.join(stage.RECORD_COLUMNS)} and one of {', '.join(stage.LIST_COLUMNS)}",
            ", ".join(records.column_names),
            "Rename the columns.",
        )
    if records.num_rows == 0:
        raise BadInput("the table has no rows", "input", "one row per record", "0 rows", "Check the file.")
    for column in (key, name):
        gaps = records.column(column).null_count
        if gaps:
            raise BadInput("a record lacks a value", f"column {column}", "a value in every row", f"{gaps:,} rows without", "Fill the gaps.")
    return key, name


def _clusters(path: Path) -> pa.Table:
    clusters = read_table(path)
    for needed in ("record_id", "cluster_id", "draw"):
        if needed not in clusters.column_names:
            raise BadInput("the clusters lack a column", path.name, "record_id, cluster_id, draw", ", ".join(clusters.column_names))
    for column in ("record_id", "cluster_id"):
        clusters = clusters.set_column(clusters.column_names.index(column), column, clusters.column(column).cast(pa.string()))
    for draw in clusters.column("draw").unique():
        rows = clusters.filter(pa.compute.equal(clusters.column("draw"), draw))
        stage.refuse_repeated(rows.column("record_id"), f"{path.name}, draw {draw}")
    return clusters


def _records_left_out(ids: Sequence[str], clusters: pa.Table, path: Path) -> tuple[str, ...]:
    """Return what to say of records that no clustering knows; each counts as a person of their own.

    Raises:
        BadInput: the clusters know none of the records, so they belong to other files.
    """
    known = set(clusters.column("record_id").unique().to_pylist())
    missing = sum(one not in known for one in ids)
    if missing == len(ids):
        raise BadInput(
            "the clusters are of other records", path.name, "the ids of these records", "none of them", "Give the files that were linked."
        )
    return (f"{missing:,} records are in no cluster; each counts as a person of their own.",) if missing else ()


def _recall(path: Path) -> float | None:
    """Return the candidate recall that `tocsin link --out` wrote into the clusters; None where the file does not say."""
    text = (pq.read_schema(path).metadata or {}).get(RECALL) if path.suffix == ".parquet" else None
    return float(text) if text is not None else None


def _pool(
    versions: Mapping[tuple[int, int], Mapping[str, stage.CaptureTable]],
) -> tuple[dict[tuple[int, int], dict[str, stage.CaptureTable]], tuple[str, ...]]:
    """Pool small strata in each version by the stated rule."""
    if all(len(strata) == 1 for strata in versions.values()):
        return {key: dict(strata) for key, strata in versions.items()}, ()
    done, names = {}, set()
    for key, strata in versions.items():
        done[key], small = stage.pool_small_strata(strata)
        names.update(small)
    return done, (f"{stage.POOLING_RULE} Pooled: {', '.join(sorted(names))}.",) if names else ()
