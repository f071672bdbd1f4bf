"""Column types and the two families of columns that every table is made of."""

from __future__ import annotations

import pyarrow as pa

STRING, FLOAT, INT, BOOL, DATE = pa.string(), pa.float64(), pa.int64(), pa.bool_(), pa.date32()
TIME = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())


def schema(*columns: tuple[str, pa.DataType] | str) -> pa.Schema:
    """Build a schema; a bare name is a column that may not be null."""
    fields = []
    for column in columns:
        if isinstance(column, str):
            fields.append(pa.field(column, STRING, nullable=False))
        else:
            fields.append(pa.field(column[0], column[1]))
    return pa.schema(fields)


#: Common columns of rows read from a preserved file. `available_at`: when the world could know it.
COLLECTED: tuple[tuple[str, pa.DataType] | str, ...] = (
    "id",
    "dataset",
    "item",
    "locator",
    ("available_at", DATE),
    ("first_seen", TIME),
)
#: Common columns of rows that a stage computed. `parameters` is JSON; `inputs` are ids.
COMPUTED: tuple[tuple[str, pa.DataType] | str, ...] = ("id", ("inputs", STRINGS), "method", ("parameters", STRING))
