"""Reads Parquet rows as records whose values are text, so that a crawler need not know which kind of file came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.model.errors import BadInput
from tocsin.stages.collect.reading import Record, check_header
from tocsin.stages.collect.source import SourceFile

SUFFIX = ".parquet"


def read_parquet(source: SourceFile, required: Sequence[str]) -> Iterator[Record]:
    """Yield the rows of a Parquet file with their numbers, from 1.

    Args:
        source: the file.
        required: columns that must be there; others may be.

    Raises:
        DatasetChanged: a required column is missing.
        BadInput: the file is no whole Parquet file.
    """
    try:
        table = pq.read_table(pa.BufferReader(source.data))
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(
            "the file is not a whole Parquet file: it may be cut short", source.name, "Parquet", type(error).__name__, "Get the file again."
        ) from error
    header = list(table.column_names)
    check_header(source.name, header, required)
    columns = [table.column(name).to_pylist() for name in header]
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        yield Record(source.name, number, {name: _text(value) for name, value in zip(header, values, strict=True)}, "row")


def _text(value: Any) -> str:
    return "" if value is None else str(value)
