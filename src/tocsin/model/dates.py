"""Reads dates as lists write them: whole, only a month, only a year, impossible, or not at all."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tocsin.model.periods import DatePoint

_ISO = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\s*$")
_MONTH = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})\s*$")
_YEAR = re.compile(r"^\s*(\d{4})(?:\.0)?\s*$")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:\.0)?\s*$")
_DAY_FIRST = re.compile(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\s*$")
_NAMED = re.compile(r"^\s*(\d{1,2})[\s./-]+([^\W\d]{3,12})[\s.,/-]+(\d{4})\s*$")
_NAMED_MONTH = re.compile(r"^\s*([^\W\d]{3,12})[\s.,/-]+(\d{4})\s*$")
_NAMED_FIRST = re.compile(r"^\s*([^\W\d]{3,12})[\s.]+(\d{1,2})[\s.,]+(\d{4})\s*$")
#: Beginnings of the names of months, English, French and Spanish, without accents.
_MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "jun": 6, "juin": 6, "jul": 7,
    "juil": 7, "aug": 8, "aou": 8, "ago": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip
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
    elif (match := _NAMED.match(text)) and (named := _month(match.group(2))):
        day, month, year = int(match.group(1)), named, int(match.group(3))
    elif (match := _NAMED_FIRST.match(text)) and (named := _month(match.group(1))):
        day, month, year = int(match.group(2)), named, int(match.group(3))
    elif (match := _NAMED_MONTH.match(text)) and (named := _month(match.group(1))):
        return WrittenDate(None, int(match.group(2)), named, None, "month")
    elif match := _MONTH.match(text):
        year, month = (int(part) for part in match.groups())
        return WrittenDate(None, year, month, None, "month") if 1 <= month <= 12 else WrittenDate(None, year, None, None, "year")
    elif match := _YEAR.match(text):
        return WrittenDate(None, int(match.group(1)), None, None, "year")
    else:
        return None
    return whole_date(year, month, day)


def first_day(date: WrittenDate | None) -> DatePoint:
    """Return the first possible day of a date; what does not exist, or says nothing, is unknown.

    >>> first_day(read_date("mars 2020")), first_day(read_date("2013-02-30")).precision
    (DatePoint(day=datetime.date(2020, 3, 1), precision='month'), 'unknown')
    """
    if date is None or date.year is None or date.precision == "impossible":
        return DatePoint(None, "unknown")
    if date.ordinal is not None:
        return DatePoint(dt.date.fromordinal(date.ordinal), "day")
    try:
        return DatePoint(dt.date(date.year, date.month or 1, 1), "year" if date.month is None else "month")
    except ValueError:
        return DatePoint(None, "unknown")


def _month(word: str) -> int | None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3])


def months_first(written: Iterable[str | None]) -> bool:
    """Return whether the dates of one file put the month before the day: some second number is above 12, and no first one.

    >>> months_first(["05/24/1971", "01/02/1980"]), months_first(["24/05/1971", "05/24/1971"])
    (True, False)
    """
    found = [m for text in written if text is not None and (m := _DAY_FIRST.match(text.translate(_DIGITS)))]
    firsts, seconds = (sum(int(m.group(part)) > 12 for m in found) for part in (1, 2))
    return seconds > 0 and firsts == 0


def day_before_month(written: str | None) -> str | None:
    """Return a date that puts the month first with the day first; other text as it is.

    >>> day_before_month("05/24/1971")
    '24/05/1971'
    """
    match = _DAY_FIRST.match(written.translate(_DIGITS)) if written is not None else None
    return f"{match.group(2)}/{match.group(1)}/{match.group(3)}" if match else written


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
