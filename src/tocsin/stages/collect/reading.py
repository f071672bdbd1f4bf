"""Reads CSV rows destructively: each value is taken once, and what is left over is audited."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.model.periods import Precision
from tocsin.stages.collect.source import SourceFile

#: What may stand between values where no comma does.
DELIMITERS = (";", "\t", "|")
_MISSING = frozenset(("", "na", "n/a", "null", "none", "nan"))


@dataclass
class Record:
    """Holds the values of one row that nobody has taken yet."""

    file: str
    line: int
    values: dict[str, str] = field(repr=False)
    unit: str = "line"

    @property
    def locator(self) -> str:
        """Return where the row stands in its file."""
        return f"{self.unit} {self.line}"

    @property
    def where(self) -> str:
        """Return file and line for a message."""
        return f"{self.file}, {self.locator}"

    def pop(self, column: str) -> str | None:
        """Take the value of `column`; None where it is missing or says so (NA, null, nan)."""
        value = self.values.pop(column, "").strip()
        return None if value.lower() in _MISSING else value

    def need(self, column: str) -> str:
        """Take the value of `column`, which may not be missing."""
        value = self.pop(column)
        if value is None:
            raise BadInput(f'column "{column}" has no value', self.where, "a value", "nothing", "Complete the row, or remove it.")
        return value

    def number(self, column: str) -> float | None:
        """Take `column` as a finite number."""
        value = self.pop(column)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise BadInput(f'column "{column}" is not a number', self.where, "a number such as 0.5", _shape(value), "Correct the row.")
        return number

    def count(self, column: str) -> int | None:
        """Take `column` as a whole number of at least zero."""
        number = self.number(column)
        if number is None:
            return None
        if number < 0:
            raise BadInput(f'column "{column}" is negative', self.where, "a count of 0 or more", f"{number:g}", "Correct the row.")
        if number != int(number):
            raise BadInput(f'column "{column}" is not a whole number', self.where, "a count", f"{number:g}", "Correct the row.")
        return int(number)

    def date(self, column: str) -> tuple[dt.date | None, Precision]:
        """Take `column` as a date: YYYY-MM-DD, YYYY-MM or YYYY, which is also its precision."""
        value = self.pop(column)
        if value is None:
            return None, "unknown"
        readings: tuple[tuple[Precision, str], ...] = (("day", value), ("month", f"{value}-01"), ("year", f"{value}-01-01"))
        for precision, text in readings:
            try:
                if len(text) == 10:
                    return dt.date.fromisoformat(text), precision
            except ValueError:
                continue
        raise BadInput(f'column "{column}" is not a date', self.where, "YYYY-MM-DD, YYYY-MM or YYYY", _shape(value), "Correct the row.")

    def audit(self, ignore: Mapping[str, str] | None = None) -> None:
        """Check that every column was taken or is ignored on purpose.

        Raises:
            DatasetChanged: a column holds something that no code reads.
        """
        left = [c for c, v in self.values.items() if v.strip() and c not in (ignore or {})]
        if left:
            raise DatasetChanged(
                f'column "{left[0]}" is not understood',
                self.file,
                "columns that the crawler reads",
                ", ".join(left[:5]),
                "Update the crawler, or list the column under `ignore` with a reason.",
            )


def delimiter_of(text: str) -> str:
    """Return what stands between the names of the header: a comma, or what parts it where no comma does.

    >>> [delimiter_of(head) for head in ("name,date", "nom;date", "nom")]
    [',', ';', ',']
    """
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    return "," if "," in head else max(DELIMITERS, key=head.count) if any(d in head for d in DELIMITERS) else ","


def read_csv(source: SourceFile, required: Sequence[str], delimiter: str | None = ",") -> Iterator[Record]:
    """Yield the rows of a CSV file with their line numbers.

    Args:
        source: the file.
        required: columns that must be in the header; others may be.
        delimiter: what stands between values; None where the header tells.

    Raises:
        DatasetChanged: a required column is missing.
        BadInput: the file is empty, not UTF-8, repeats a column, or a row has more or fewer values than the header.
    """
    whole = source.text()
    if "\0" in whole:
        raise BadInput("the file is no table", source.name, "text", "bytes that stand for no letter", "Save it as CSV in UTF-8.")
    text = io.StringIO(whole, newline="")
    reader = csv.reader(text, delimiter=delimiter_of(whole) if delimiter is None else delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        check_header(source.name, [name for name in header if name], required)
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(header):
                raise BadInput(
                    "the row does not fit the header: the file may be cut short",
                    f"{source.name}, line {reader.line_num}",
                    f"{len(header)} values",
                    str(len(values)),
                    "Get the file again, or correct the row.",
                )
            taken = dict(zip(header, values, strict=True))
            if any(value.strip() for name, value in zip(header, values, strict=True) if not name):
                where = f"{source.name}, line {reader.line_num}"
                raise BadInput(
                    "a column has no name", where, "a name over each column with values", "a value under none", "Name the column."
                )
            taken.pop("", None)  # a spreadsheet leaves empty columns behind
            yield Record(source.name, reader.line_num, taken)
    except csv.Error as error:
        raise BadInput(
            "the file is not a whole CSV file: it may be cut short",
            f"{source.name}, line {reader.line_num}",
            "quoted values that end",
            str(error)[:80],
            "Get the file again.",
        ) from error


def check_header(name: str, header: Sequence[str], required: Sequence[str]) -> None:
    """Check that every required column is there, and none twice.

    Raises:
        DatasetChanged: a required column is missing.
        BadInput: a column is there twice.
    """
    missing = [column for column in required if column not in header]
    if missing:
        raise DatasetChanged(
            f'column "{missing[0]}" is missing',
            name,
            ", ".join(required),
            ", ".join(header)[:200],
            "The publisher may have renamed it. Update the crawler, or the header of the file.",
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise BadInput(f'two columns are called "{twice[0]}"', name, "each column once", ", ".join(header)[:200], "Rename one of them.")


def _shape(value: str) -> str:
    """Return how a wrong value looks without repeating it: it may hold what must not be printed."""
    kinds = {"letters": any(c.isalpha() for c in value), "digits": any(c.isdigit() for c in value)}
    return f"{len(value)} characters ({' and '.join(k for k, there in kinds.items() if there) or 'signs'})"
