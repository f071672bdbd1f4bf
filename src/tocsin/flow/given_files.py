"""Reads the files that a user hands to a command: whole, of the right kind and within limits, or one message that says why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tocsin.model.errors import BadInput
from tocsin.stages.collect import SourceFile, delimiter_of, is_packed, unpack

PARQUET = b"PAR1"
TABLE = "a csv, csv.gz or parquet file"


def given_bytes(path: Path, kind: str) -> bytes:
    """Return the bytes of a file that a user names.

    Args:
        path: where it should be.
        kind: what the command reads, such as "a text file".

    Raises:
        BadInput: it is not there, empty, a folder, a pipe or a device, or can't be read.
    """
    try:
        if path.is_dir():
            raise BadInput("this is a folder", str(path), kind, "a folder", "Name the file itself.")
        if path.exists() and not path.is_file():
            raise BadInput("this is no ordinary file", str(path), kind, "a pipe or a device", "Save the content into a file first.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput("there is no such file", str(path), kind, "nothing", "Check the path.") from error
    except OSError as error:
        reason = error.strerror or "an error of the disk"
        raise BadInput("the file can't be read", str(path), kind, reason, "Check the path and its permissions.") from error
    if not data:
        raise BadInput("the file is empty", path.name, kind, "0 bytes", "Get the file again.")
    return data


def read_table(path: Path, texts: Sequence[str] | None = ()) -> pa.Table:
    """Return a CSV (also gzip, or the one file of a zip) or Parquet file as a table; spaces around column names are taken away.

    Args:
        path: the file.
        texts: columns whose values stay as they are written, such as an id 007; None for all columns.

    Raises:
        BadInput: it is not there, empty, damaged, not UTF-8, grows beyond what is safe, or a row or the header does not fit.
    """
    data = given_bytes(path, TABLE)
    if is_packed(path.name, data):
        data = _unpacked(path.name, data)
    table = _parquet(path.name, data) if data[:4] == PARQUET or path.suffix == ".parquet" else _csv(path.name, data, texts)
    table = _without_empty_columns(path.name, table)
    names = [name.strip().lstrip("\ufeff") for name in table.column_names]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadInput(f'two columns have the same name, "{twice[:40]}"', path.name, "each name once", "it twice", "Rename one of them.")
    return table.rename_columns(names)


def _without_empty_columns(name: str, table: pa.Table) -> pa.Table:
    """Return the table without columns that have neither a name nor a value, as spreadsheets leave them behind."""
    unnamed = [n for n, column in enumerate(table.column_names) if not column.strip()]
    for index in unnamed:
        if any(value not in (None, "") for value in table.column(index).to_pylist()):
            where = f"{name}, column {index + 1}"
            raise BadInput("a column has no name", where, "a name over each column with values", "none", "Name the column.")
    return table.select([n for n in range(table.num_columns) if n not in unnamed]) if unnamed else table


def _unpacked(name: str, data: bytes) -> bytes:
    files = unpack(name, data)
    if len(files) != 1:
        raise BadInput("the archive is not one file", name, "one file inside", f"{len(files)} files", "Unpack it, and name one file.")
    return files[0][1]


def _parquet(name: str, data: bytes) -> pa.Table:
    if data[:4] != PARQUET:
        raise BadInput("the file is not Parquet", name, "Parquet, as its name says", "another kind of file", "Name it after what it is.")
    try:
        return pq.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError) as error:
        raise BadInput("the file is damaged or cut short", name, "a whole Parquet file", "a part of one", "Get the file again.") from error


def _csv(name: str, data: bytes, texts: Sequence[str] | None) -> pa.Table:
    text = SourceFile.of(name, data).text()
    if "\0" in text:
        raise BadInput("the file is no table", name, TABLE, "bytes that stand for no letter", "Save it as CSV in UTF-8.")
    delimiter = delimiter_of(text)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        raise BadInput("the first line is no header", name, TABLE, str(error)[:80], "Save it as CSV in UTF-8.") from error
    convert = pacsv.ConvertOptions(
        column_types=dict.fromkeys(header if texts is None else texts, pa.string()), strings_can_be_null=texts is None
    )
    parse = pacsv.ParseOptions(newlines_in_values=True, delimiter=delimiter)
    fault = _fault(name, text, header, delimiter) if text.count('"') % 2 else None
    if fault is not None:
        raise fault
    try:
        return pacsv.read_csv(io.BytesIO(text.encode()), convert_options=convert, parse_options=parse)
    except pa.ArrowException as error:
        raise _fault(name, text, header, delimiter) or BadInput(
            "the file is no table", name, TABLE, "another kind of text", "Save it as CSV in UTF-8."
        ) from error


def _fault(name: str, text: str, header: Sequence[str], delimiter: str) -> BadInput | None:
    """Return the first row that is not as the header says, without repeating any of it."""
    width = len(header)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        for row in reader:
            if row and len(row) != width:
                return BadInput(
                    "the row does not fit the header: the file may be cut short", f"{name}, line {reader.line_num}",
                    f"{width} values", str(len(row)), "Get the file again, or correct the row.",
                )  # fmt: skip
    except csv.Error:
        where = f"{name}, line {reader.line_num}"
        return BadInput("the file may be cut short", where, "quoted values that end", "one that does not", "Get the file again.")
    return None
