"""Makes capture tables from what people have: a table with a 0/1 column for each list, or clusters of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tocsin.model.errors import BadInput
from tocsin.stages.estimate.capture import CaptureTable, capture_table
from tocsin.stages.estimate.columns import Columns, as_numbers

#: Stratum of a whole table, and of rows whose stratum is not known.
WHOLE, UNKNOWN = "", "not known"
#: A count beyond this is a slip of the hand: there are fewer people.
LARGEST = 10_000_000_000


def capture_tables(table: pa.Table, columns: Columns) -> dict[str, CaptureTable]:
    """Count persons by stratum and capture history; one stratum named "" where there is nothing to stratify by.

    Raises:
        BadInput: a count is missing, negative or no whole number.
    """
    counts = _counts(table, columns.count)
    rows = [_list_values(table, name) for name in columns.lists]
    patterns = np.stack(rows, axis=1) if rows else np.zeros((table.num_rows, 0), np.int64)
    if not columns.strata:
        return {WHOLE: capture_table(columns.lists, patterns, counts)}
    labels = strata_labels([table.column(name) for name in columns.strata])
    return {str(label): capture_table(columns.lists, patterns[labels == label], counts[labels == label]) for label in np.unique(labels)}


def strata_labels(columns: Sequence[pa.ChunkedArray]) -> NDArray[np.str_]:
    """Return one label per row, the values of `columns` joined by " | "; a missing value is "not known"."""
    texts = [np.array([UNKNOWN if v is None or v == "" else str(v) for v in column.to_pylist()], dtype=np.str_) for column in columns]
    label = texts[0]
    for text in texts[1:]:
        label = np.char.add(np.char.add(label, " | "), text)
    return label


def captures_from_clusters(
    lists: Sequence[str], clusters: NDArray[np.int64], labels: NDArray[np.str_] | None = None
) -> dict[str, CaptureTable]:
    """Count clusters by the lists their records stand on, by stratum where `labels` gives one per record.

    Two records of one list in a cluster count once: a duplicate is no second look. A cluster whose records
    differ in their stratum goes to the one named most often, the first in the alphabet on a tie.
    """
    names = sorted(set(lists))
    position = {name: i for i, name in enumerate(names)}
    column = np.array([position[name] for name in lists], dtype=np.int64)
    _, member = np.unique(clusters, return_inverse=True)
    patterns = np.zeros((int(member.max(initial=-1)) + 1, len(names)), np.uint8)
    patterns[member, column] = 1
    ones = np.ones(len(patterns), np.int64)
    if labels is None:
        return {WHOLE: capture_table(names, patterns, ones)}
    values, value = np.unique(labels, return_inverse=True)
    votes = np.zeros((len(patterns), len(values)), np.int64)
    np.add.at(votes, (member, value), 1)
    chosen = votes.argmax(axis=1)
    return {str(v): capture_table(names, patterns[chosen == i], ones[chosen == i]) for i, v in enumerate(values) if (chosen == i).any()}


def clusterings(clusters: pa.Table, records: Sequence[str]) -> Mapping[int, NDArray[np.int64]]:
    """Return, for each draw, the cluster of each of `records`; a record that a draw leaves out stands alone.

    Args:
        clusters: record_id, cluster_id and draw.
        records: ids in the order wanted.
    """
    encoded = pc.dictionary_encode(clusters.column("cluster_id")).combine_chunks()
    codes = np.asarray(encoded.indices)
    rows = np.asarray(pc.index_in(clusters.column("record_id"), value_set=pa.array(records, pa.string())).combine_chunks().fill_null(-1))
    draws = np.asarray(clusters.column("draw"))
    found: dict[int, NDArray[np.int64]] = {}
    for draw in np.unique(draws):
        here = (draws == draw) & (rows >= 0)
        labels = np.arange(len(records), dtype=np.int64) + len(encoded.dictionary)
        labels[rows[here]] = codes[here]
        found[int(draw)] = labels
    return found


def _list_values(table: pa.Table, name: str) -> NDArray[np.int64]:
    values = as_numbers(table.column(name))
    if values is None or not np.isin(values, (0.0, 1.0)).all():
        raise BadInput("a list column holds something other than 0 and 1", f"column {name[:40]}", "only 0 and 1", "another value or a gap")
    return values.astype(np.int64)


def _counts(table: pa.Table, name: str | None) -> NDArray[np.int64]:
    if name is None:
        return np.ones(table.num_rows, np.int64)
    values = as_numbers(table.column(name))
    if values is None:
        raise BadInput("a count is missing or no number", f"column {name}", "whole numbers", "text or a gap", "Correct the column.")
    wrong = np.flatnonzero(~((values >= 0) & (values == np.floor(values)) & (values <= LARGEST)))
    if len(wrong):
        row = int(wrong[0])
        expected = f"0, 1, 2, ... up to {LARGEST:,}"
        raise BadInput(
            "a count is negative, too large or no whole number",
            f"column {name}, row {row + 1}",
            expected,
            f"{values[row]:g}",
            "Correct the row.",
        )
    return values.astype(np.int64)
