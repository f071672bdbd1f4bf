"""Reads dates as lists write them: whole, only a month, only a year, impossible, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_ISO = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\s*$")
_MONTH = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})\s*$")
_YEAR = re.compile(r"^\s*(\d{4})(?:\.0)?\s*$")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:\.0)?\s*$")
_DAY_FIRST = re.compile(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\s*$")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True)
class WrittenDate:
    """Holds a date as far as it is known.

    `text` is eight digits for a whole date, also for an impossible one (a slip of the pen still compares by its digits);
    `ordinal` is the day number where the date exists; `precision` is day, month, year or impossible.
    """

    text: str | None
    year: int | None
    month: int | None
    ordinal: int | None
    precision: str


@lru_cache(maxsize=1 << 18)
def read_date(written: str | None) -> WrittenDate | None:
    """Return what `written` says, or None where it says nothing; day before month where the year comes last.

    >>> read_date("1971-05-24").precision, read_date("1971").precision, read_date("1860-85-30").precision
    ('day', 'year', 'impossible')
    >>> read_date("unknown") is None
    True
    """
    if written is None:
        return None
    text = written.translate(_DIGITS)
    if match := _ISO.match(text) or _COMPACT.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _MONTH.match(text):
        year, month = (int(part) for part in match.groups())
        return WrittenDate(None, year, month, None, "month") if 1 <= month <= 12 else WrittenDate(None, year, None, None, "year")
    elif match := _YEAR.match(text):
        return WrittenDate(None, int(match.group(1)), None, None, "year")
    else:
        return None
    return whole_date(year, month, day)


def whole_date(year: int, month: int | None, day: int | None) -> WrittenDate:
    """Return the date of three numbers; impossible days keep their digits, a missing part lowers the precision."""
    if month is None or month == 0:
        return WrittenDate(None, year, None, None, "year")
    if day is None or day == 0:
        return WrittenDate(None, year, month if 1 <= month <= 12 else None, None, "month" if 1 <= month <= 12 else "year")
    digits = f"{year:04d}{month:02d}{day:02d}"
    try:
        ordinal = dt.date(year, month, day).toordinal()
    except ValueError:
        return WrittenDate(digits, year, month if 1 <= month <= 12 else None, None, "impossible")
    return WrittenDate(digits, year, month, ordinal, "day")
