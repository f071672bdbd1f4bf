"""Finds which columns of a table are lists, which one counts and which one says who a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tocsin.model.errors import BadInput, WrongUse

#: Names of the column that says how many people a row stands for.
COUNTS = ("count", "counts", "freq", "frequency", "n", "cases", "observed", "persons", "people", "effectif", "العدد")
#: What lists are also marked with where no column holds 0 and 1.
YES, NO = frozenset(("yes", "y", "oui", "si", "sí", "true", "t", "نعم")), frozenset(("no", "n", "non", "false", "f", "لا"))
#: So many different histories in as many rows are a table of histories: one row a person repeats them.
HISTORIES = 4
#: Names of the column that says who a row is about, and of the one that says on which list a record stands.
RECORD_COLUMNS = ("record", "record_id", "unique_id", "rec_id", "person_id", "match_group_id", "id")
LIST_COLUMNS = ("list", "source_dataset")
#: A column of numbers that are this often 0 or 1 was meant as a list.
MEANT_AS_LIST = 0.8


@dataclass(frozen=True)
class Columns:
    """Says which columns are lists, which one counts, which the strata come from, and which hold nothing at all."""

    lists: tuple[str, ...]
    count: str | None
    strata: tuple[str, ...]
    unused: tuple[str, ...]
    empty: tuple[str, ...] = ()


def recognise_columns(table: pa.Table, strata: Sequence[str] = (), lists: Sequence[str] = ()) -> Columns:
    """Find the list columns, those that hold only 0 and 1; `count` counts; the rest are strata.

    Args:
        table: one row per person or per capture history.
        strata: columns to stratify by; never taken as lists.
        lists: the list columns, where the user names them.

    Raises:
        WrongUse: a named column is missing.
        BadInput: there are no rows, no column is a list, a column is nearly a list but not quite, or a person has two rows.
    """
    for name in (*strata, *lists):
        if name not in table.column_names:
            raise WrongUse("no such column", f"column {name[:40]}", ", ".join(table.column_names), name[:40])
    if table.num_rows == 0:
        raise BadInput("the table has no rows", "input", "one row per person or per history", "0 rows", "Check the file.")
    count = _count_column(table, (*strata, *lists))
    candidates = [name for name in table.column_names if name != count and name not in strata]
    found = tuple(lists) if lists else tuple(name for name in candidates if _is_list(table, name))
    others = tuple(name for name in candidates if name not in found)
    if not lists:
        for name in others:
            _refuse_near_list(table, name)
    if not found:
        raise _no_lists(table)
    _refuse_repeated(table, others)
    if count is None:
        _refuse_unnamed_count(table, found, others)
    empty = tuple(name for name in table.column_names if table.column(name).null_count == table.num_rows)
    return Columns(found, count, tuple(strata), others, empty)


def with_yes_and_no(table: pa.Table) -> pa.Table:
    """Return the table with columns of yes and no as true and false, where fewer than two columns hold 0 and 1."""
    if sum(_is_list(table, name) for name in table.column_names) > 1:
        return table
    for place, name in enumerate(table.column_names):
        said = _said(table.column(name))
        if said is not None:
            table = table.set_column(place, name, said)
    return table


def on_no_list(table: pa.Table, columns: Columns) -> int:
    """Return how many rows, of those that count somebody, are on no list."""
    values = [as_numbers(table.column(name)) for name in (*columns.lists, *([columns.count] if columns.count else []))]
    known = [one for one in values if one is not None]
    if len(known) < len(values) or not known:
        return 0
    listed = np.any(known[: len(columns.lists)], axis=0)
    counted = known[-1] > 0 if columns.count else np.ones(table.num_rows, bool)
    return int((~listed & counted).sum())


def _said(column: pa.ChunkedArray) -> pa.Array | None:
    if not pa.types.is_string(column.type) or column.null_count:
        return None
    words = [value.strip().lower() for value in column.to_pylist()]
    return pa.array([word in YES for word in words]) if words and set(words) <= YES | NO else None


def _count_column(table: pa.Table, taken: Sequence[str]) -> str | None:
    """Return the column that counts: the first of the known names that holds whole numbers and is not only 0 and 1."""
    names = {name.lower(): name for name in reversed(table.column_names) if name not in taken}
    if COUNTS[0] in names:
        return names[COUNTS[0]]
    return next((names[c] for c in COUNTS if c in names and _is_whole(table, names[c]) and not _is_list(table, names[c])), None)


def _is_whole(table: pa.Table, name: str) -> bool:
    values = as_numbers(table.column(name))
    if values is None or not ((values >= 0) & (values == np.round(values))).all():
        return False
    return not np.array_equal(np.sort(values), np.arange(1, len(values) + 1))  # else they number the rows


def _refuse_unnamed_count(table: pa.Table, lists: Sequence[str], others: Sequence[str]) -> None:
    """Refuse a table of histories whose column of counts has no known name: each row would count as one person.

    Raises:
        BadInput: every row has another history, and one column holds whole numbers.
    """
    numbers = [name for name in others if _is_whole(table, name) and not _is_list(table, name) and name not in RECORD_COLUMNS]
    if len(numbers) != 1 or table.num_rows < HISTORIES:
        return
    shared = [name for name in others if name != numbers[0] and len(pc.unique(table.column(name))) < table.num_rows]
    if table.select([*lists, *shared]).group_by([*lists, *shared]).aggregate([]).num_rows < table.num_rows:
        return
    raise BadInput(
        "a column may say how many people each row stands for",
        f"column {numbers[0][:40]}",
        "a column named count, or one row for each person",
        "each history once, beside a column of whole numbers",
        f"Rename it to count; or, where each row is one person, name it in --strata: --strata {numbers[0][:40]}",
    )


def key_column(names: Sequence[str]) -> str | None:
    """Return the column that says who a row is about, where there is one."""
    return next((name for name in RECORD_COLUMNS if name in names), None)


def refuse_repeated(ids: pa.ChunkedArray, where: str) -> None:
    """Refuse ids that stand more than once: each row would count as another person.

    Raises:
        BadInput: some id has more than one row.
    """
    repeated = ids.drop_null().value_counts()
    more = int(pc.sum(pc.greater(repeated.field("counts"), 1)).as_py() or 0)
    if more:
        raise BadInput(
            "two rows have the same id",
            where,
            "each id once",
            f"{more:,} {'id stands' if more == 1 else 'ids stand'} in more than one row",
            "Give each person one row with a 1 for every list that names them, or each record its own id.",
        )


def as_numbers(column: pa.ChunkedArray, *, gaps: bool = False) -> NDArray[np.float64] | None:
    """Return the values as numbers; None where they are text or, unless `gaps`, where one is missing."""
    kind = column.type
    if pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif pa.types.is_dictionary(kind) or not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return None
    if column.null_count and not gaps:
        return None
    return np.asarray(column.cast(pa.float64()).fill_null(float("nan")).to_numpy())


def _is_list(table: pa.Table, name: str) -> bool:
    values = as_numbers(table.column(name))
    return values is not None and bool(np.isin(values, (0.0, 1.0)).all())


def _refuse_repeated(table: pa.Table, others: Sequence[str]) -> None:
    key = key_column(others)
    if key is not None:
        refuse_repeated(table.column(key), f"column {key}")


def _refuse_near_list(table: pa.Table, name: str) -> None:
    values = as_numbers(table.column(name), gaps=True)
    if values is None:
        return
    known = values[~np.isnan(values)]
    gaps = len(values) - len(known)
    if gaps and len(known) and np.isin(known, (0.0, 1.0)).all():
        raise BadInput(
            "a column that looks like a list has gaps",
            f"column {name[:40]}",
            "only 0 and 1",
            f"{gaps:,} of {len(values):,} values are missing",
            "Write 0 where the list does not name the person; where that is not known, name the column in --strata or drop it.",
        )
    share = float(np.isin(values, (0.0, 1.0)).mean())
    if share >= MEANT_AS_LIST and {0.0, 1.0} <= set(values.tolist()):
        raise BadInput(
            "a column that looks like a list holds something other than 0 and 1",
            f"column {name[:40]}",
            "only 0 and 1",
            f"{1 - share:.1%} of the values are something else or empty",
            "Correct the column, name it in --strata, or name the lists with --lists.",
        )


def _no_lists(table: pa.Table) -> BadInput:
    names = ", ".join(name[:40] for name in table.column_names)
    if key_column(table.column_names) and any(name in table.column_names for name in LIST_COLUMNS):
        return BadInput(
            "these are records, and which of them are one person is not known yet",
            "columns",
            "a column of 0 and 1 for each list, or records with --clusters DIR",
            names,
            "Link them first: tocsin link persons FILE --out DIR; then: tocsin estimate FILE --clusters DIR",
        )
    return BadInput(
        "no column is a list",
        "columns",
        "for each list a column that holds only 0 and 1",
        names,
        "Write 1 where the list names the person and 0 where it does not; at least 3 lists are needed.",
    )
