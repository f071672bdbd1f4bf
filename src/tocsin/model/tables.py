"""The contract of every table that passes between stages: one Arrow schema each.

Two families. A *collected* row was read from a preserved file, so it names the `item` (the
file's SHA-256) and the `locator` inside it. A *computed* row names its `inputs`: ids of rows,
of input sets, or of items. No row may have neither: that is how every number opens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tocsin.model.collected import DOCUMENTS, EVENTS, FIGURES, INPUT_SETS, ITEMS, MEASURES, PERSONS, SITUATIONS
from tocsin.model.computed import (
    ANOMALIES,
    ASSESSMENTS,
    CLOCKS,
    CLUSTERS,
    DRAFTS,
    ESTIMATES,
    FORECASTS,
    INDICES,
    LINEAGE,
    MONTHLY_FORECASTS,
    OPTIONS,
    PAIRS,
    PUBLICATIONS,
    SCORES,
    SENSITIVITIES,
    SIGNALS,
)
from tocsin.model.errors import TableMismatch

#: One row of a table: values by the name of the column.
Row = Mapping[str, Any]

TABLES: Mapping[str, pa.Schema] = {
    "items": ITEMS,
    "situations": SITUATIONS,
    "documents": DOCUMENTS,
    "events": EVENTS,
    "persons": PERSONS,
    "figures": FIGURES,
    "measures": MEASURES,
    "input_sets": INPUT_SETS,
    "pairs": PAIRS,
    "clusters": CLUSTERS,
    "estimates": ESTIMATES,
    "sensitivities": SENSITIVITIES,
    "assessments": ASSESSMENTS,
    "indices": INDICES,
    "forecasts": FORECASTS,
    "monthly_forecasts": MONTHLY_FORECASTS,
    "anomalies": ANOMALIES,
    "scores": SCORES,
    "signals": SIGNALS,
    "drafts": DRAFTS,
    "options": OPTIONS,
    "clocks": CLOCKS,
    "publications": PUBLICATIONS,
    "lineage": LINEAGE,
}


def is_computed(name: str) -> bool:
    """Return True where the rows of table `name` carry `inputs` instead of `item` and `locator`."""
    return "inputs" in TABLES[name].names


def empty(name: str) -> pa.Table:
    """Return table `name` with no rows."""
    return TABLES[name].empty_table()


def from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Build table `name` from dictionaries; columns left out become null.

    Raises:
        TableMismatch: a row has a column the contract does not name, or lacks an obligatory value.
    """
    schema = TABLES[name]
    rows = list(rows)
    known = set(schema.names)
    for number, row in enumerate(rows):
        extra = set(row) - known
        if extra:
            raise TableMismatch(
                what="a row has a column that the contract does not name",
                where=f"table {name}, row {number}",
                expected=", ".join(schema.names),
                got=", ".join(sorted(extra)),
                todo="Correct the stage, or add the column in tocsin/model/tables.py.",
            )
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in schema]
    return check(name, pa.Table.from_arrays(columns, schema=schema))


def check(name: str, table: pa.Table) -> pa.Table:
    """Return `table` if it keeps the contract of `name`: columns, types, obligatory values, one row an id.

    Raises:
        TableMismatch: it does not; the message names the first column at fault.
    """
    schema = TABLES[name]
    if table.schema.names != schema.names:
        raise TableMismatch(
            what="the columns differ from the contract",
            where=f"table {name}",
            expected=", ".join(schema.names),
            got=", ".join(table.schema.names),
            todo="Build the table with tables.from_rows, or select its columns in order.",
        )
    for field in schema:
        column = table.column(field.name)
        if column.type != field.type:
            raise TableMismatch(f"column {field.name} has another type", f"table {name}", str(field.type), str(column.type))
        if not field.nullable and column.null_count:
            raise TableMismatch(f"column {field.name} has {column.null_count} empty values", f"table {name}", "none", "null")
    if "id" in schema.names:
        _check_ids(name, table)
    return table


def _check_ids(name: str, table: pa.Table) -> None:
    ids: Sequence[str] = table.column("id").to_pylist()
    if len(set(ids)) != len(ids):
        twice = next(one for one, times in Counter(ids).items() if times > 1)
        raise TableMismatch("two rows have the same id", f"table {name}", "each id once", twice)
    if is_computed(name):
        for identifier, inputs in zip(ids, table.column("inputs").to_pylist(), strict=True):
            if not inputs:
                raise TableMismatch("a computed row names no input", f"table {name}, {identifier}", "at least one id", "none")


def concat(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of all `parts` of table `name` in order."""
    return pa.concat_tables(parts) if parts else empty(name)
