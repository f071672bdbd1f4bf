"""Reads the files that a user hands to `tocsin estimate` into capture tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tocsin.flow.given_files import read_table
from tocsin.flow.linked_records import linked_records, read_lists_table
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages import estimate as stage

READABLE = (".csv", ".csv.gz", ".parquet")
IN_LIST = re.compile(r"in_\d+")
RULE_COUNTS = "Different people whom at least one list names; a row stands for as many people as its count says."
RULE_ROWS = "Different people whom at least one list names; each row is one person."
RULE_CLUSTERS = "Different people in the best single clustering of the records; records that were linked count once."


@dataclass(frozen=True)
class ListFiles:
    """Holds what was read: capture tables by (draw of the clustering, imputation) and stratum, and how it was read.

    `rule` says what the documented number counts; `recall` is the share of true pairs that linking could find, where known, and
    `too_many` by how many the documented number is too high for those it could not, with its 95% interval.
    """

    versions: Mapping[tuple[int, int], Mapping[str, stage.CaptureTable]]
    lists: tuple[str, ...]
    rule: str
    notes: tuple[str, ...]
    documented: int | None = None
    recall: float | None = None
    too_many: tuple[int, int, int] | None = None


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
    files = [file for path in paths for file in table_files(path)]
    read = [read_lists_table(file) if layout.clusters is None else read_table(file, None) for file in files]
    if layout.clusters is not None:
        return _clustered(files, read, layout)
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


def table_files(path: Path) -> list[Path]:
    """Return the file itself, or the tables of a folder by name.

    Raises:
        BadInput: the folder holds none.
    """
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.iterdir() if p.name.endswith(READABLE))
    if not files:
        raise BadInput("the folder holds no table", path.name, ", ".join(READABLE), "none", "Check the folder.")
    return files


def _single(table: pa.Table, layout: Layout) -> ListFiles:
    table = stage.with_yes_and_no(table)
    columns = stage.recognise_columns(table, layout.strata, layout.lists)
    tables = stage.capture_tables(table, columns)
    strata, notes = _pool({(0, 0): tables})
    rule = RULE_COUNTS if columns.count else RULE_ROWS
    return ListFiles(strata, columns.lists, rule, (*_as_read(table, columns), *_empty_columns(columns), *notes))


def _as_read(table: pa.Table, columns: stage.Columns) -> tuple[str, ...]:
    """Say which column was taken to count where it is not called so, and how many rows name nobody's list."""
    nowhere = stage.on_no_list(table, columns)
    counted = [f"Column {columns.count} was taken to say how many people a row stands for."] if columns.count else []
    rows = "1 row is on no list and was left out." if nowhere == 1 else f"{nowhere:,} rows are on no list and were left out."
    left = [rows] if nowhere else []
    return (*(counted if columns.count and columns.count.lower() != "count" else ()), *left)


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


def _clustered(paths: Sequence[Path], read: Sequence[pa.Table], layout: Layout) -> ListFiles:
    found = linked_records(paths, read, layout.clusters or Path(), layout.strata)
    labels = stage.strata_labels([found.records.column(s) for s in layout.strata]) if layout.strata else None
    ids = found.records.column("record_id").to_pylist()
    lists = found.records.column("list").to_pylist()
    versions = {(draw, 0): stage.captures_from_clusters(lists, c, labels) for draw, c in stage.clusterings(found.clusters, ids).items()}
    best = versions[min(versions)]
    if len(versions) > 1:
        versions.pop((0, 0), None)  # draw 0 is the best single answer, not a draw from the posterior
        note = f"{len(versions)} draws of the clustering are mixed."
    else:
        note = "There is one clustering only, so doubt about who is who is not in the interval."
    strata, more = _pool(versions)
    documented = sum(t.documented for t in best.values())
    notes = (note, *found.notes, *more)
    return ListFiles(strata, tuple(sorted(set(lists))), RULE_CLUSTERS, notes, documented, found.recall, found.too_many)


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
