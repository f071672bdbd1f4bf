"""Month ids of the challenge: 1 is January 1980."""

from __future__ import annotations

import calendar
import datetime as dt

YEAR_ZERO = 1980


def month_of(year: int, month: int) -> int:
    """Return the month id of a year and a month.

    >>> month_of(1990, 1), month_of(2024, 7)
    (121, 535)
    """
    return (year - YEAR_ZERO) * 12 + month


def first_day(month: int) -> dt.date:
    """Return the first day of a month id.

    >>> first_day(121)
    datetime.date(1990, 1, 1)
    """
    year, index = divmod(month - 1, 12)
    return dt.date(YEAR_ZERO + year, index + 1, 1)


def last_day(month: int) -> dt.date:
    """Return the last day of a month id.

    >>> last_day(122)
    datetime.date(1990, 2, 28)
    """
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def whole_month_until(day: dt.date) -> int:
    """Return the last month id that is over at the end of `day`.

    >>> whole_month_until(dt.date(1990, 2, 27)), whole_month_until(dt.date(1990, 2, 28))
    (121, 122)
    """
    month = month_of(day.year, day.month)
    return month if day == last_day(month) else month - 1
