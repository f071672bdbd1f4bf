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
RECORD_COLUMNS = ("record_id", "unique_id", "rec_id", "id")
LIST_COLUMNS = ("list", "source_dataset")
IN_LIST = re.compile(r"in_\d+")


@dataclass(frozen=True)
class ListFiles:
    """Holds what was read: capture tables by (draw of the clustering, imputation) and stratum, and how it was read."""

    versions: Mapping[tuple[int, int], Mapping[str, stage.CaptureTable]]
    lists: tuple[str, ...]
    count: str | None
    unused: tuple[str, ...]
    notes: tuple[str, ...]


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
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "the file can't be read as a table", path.name, "CSV in UTF-8, or Parquet", "something else", "Check the file."
        ) from error
    names = [name.strip() for name in table.column_names]
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
    return ListFiles(strata, columns.lists, columns.count, columns.unused, notes)


def _is_replicate(table: pa.Table) -> bool:
    return "replica" in table.column_names and sum(bool(IN_LIST.fullmatch(name)) for name in table.column_names) >= 3


def _replicates(read: Sequence[pa.Table], layout: Layout) -> ListFiles:
    """Take each replicate as one imputation; its lists are the columns in_1, in_2, ..."""
    versions: dict[tuple[int, int], Mapping[str, stage.CaptureTable]] = {}
    lists = layout.lists or tuple(name for name in read[0].column_names if IN_LIST.fullmatch(name))
    columns = None
    for table in read:
        for replica in sorted({str(v) for v in table.column("replica").to_pylist()}):
            rows = table.filter(pa.compute.equal(table.column("replica").cast(pa.string()), replica))
            columns = stage.recognise_columns(rows, layout.strata, lists)
            versions[(0, len(versions))] = stage.capture_tables(rows, columns)
    strata, notes = _pool(versions)
    notes = (*notes, f"{len(versions)} imputations (column replica) are mixed.")
    return ListFiles(strata, tuple(lists), columns.count if columns else None, (), notes)


def _clustered(records: pa.Table, layout: Layout) -> ListFiles:
    key = next((name for name in RECORD_COLUMNS if name in records.column_names), None)
    name = next((name for name in LIST_COLUMNS if name in records.column_names), None)
    if key is None or name is None:
        raise BadInput(
            "the records do not say who they are or on which list they stand",
            "columns",
            f"one of {', '.join(RECORD_COLUMNS)} and one of {', '.join(LIST_COLUMNS)}",
            ", ".join(records.column_names),
            "Rename the columns.",
        )
    path = layout.clusters if layout.clusters and layout.clusters.suffix == ".parquet" else (layout.clusters or Path()) / "clusters.parquet"
    clusters = read_table(path)
    for needed in ("record_id", "cluster_id", "draw"):
        if needed not in clusters.column_names:
            raise BadInput("the clusters lack a column", path.name, "record_id, cluster_id, draw", ", ".join(clusters.column_names))
    ids = records.column(key).cast(pa.string()).to_pylist()
    if len(set(ids)) != len(ids):
        raise BadInput("two records have the same id", f"column {key}", "each id once", "a repeated id", "Give each record its own id.")
    text = pa.string()
    clusters = clusters.set_column(clusters.column_names.index("record_id"), "record_id", clusters.column("record_id").cast(text))
    clusters = clusters.set_column(clusters.column_names.index("cluster_id"), "cluster_id", clusters.column("cluster_id").cast(text))
    lists = [str(v) for v in records.column(name).to_pylist()]
    labels = stage.strata_labels([records.column(s) for s in layout.strata]) if layout.strata else None
    versions = {(draw, 0): stage.captures_from_clusters(lists, c, labels) for draw, c in stage.clusterings(clusters, ids).items()}
    if len(versions) > 1:
        best = versions.pop((0, 0), None)  # draw 0 is the best single answer, not a draw from the posterior
        notes: tuple[str, ...] = (f"{len(versions)} draws of the clustering are mixed.",)
        documented = best
    else:
        notes, documented = ("There is one clustering only, so doubt about who is who is not in the interval.",), None
    strata, more = _pool(versions)
    if documented is not None:
        n = sum(t.documented for t in documented.values())
        notes = (*notes, f"The best single clustering documents {n:,} people.")
    return ListFiles(strata, tuple(sorted(set(lists))), None, (), (*notes, *more))


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
