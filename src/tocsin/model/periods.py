"""Dates that keep their precision, and forecast windows that know when they are over."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "year", "approximate", "as_of", "unknown"]


@dataclass(frozen=True)
class DatePoint:
    """Holds a first possible day and how exact it is; `None` with `unknown` where no date is known."""

    day: dt.date | None
    precision: Precision

    @property
    def last(self) -> dt.date | None:
        """Return the last day that the precision allows."""
        if self.day is None:
            return None
        if self.precision == "month":
            return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        if self.precision == "year":
            return self.day.replace(month=12, day=31)
        return self.day


@dataclass(frozen=True)
class Window:
    """Holds the first and the last day a forecast speaks of, both included."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"window ends {self.end} before it starts {self.start}")

    def state(self, today: dt.date) -> Literal["ahead", "begun", "passed"]:
        """Return whether the window lies ahead of `today`, has begun, or has passed."""
        if today < self.start:
            return "ahead"
        return "begun" if today <= self.end else "passed"

    def stale(self, today: dt.date) -> bool:
        """Return True when the window has begun or passed: a forecast of it is no longer a warning."""
        return self.state(today) != "ahead"


def add_months(day: dt.date, months: int) -> dt.date:
    """Return `day` moved by whole months, held to the last day of the month where it must be.

    >>> add_months(dt.date(2024, 12, 31), 2)
    datetime.date(2025, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window_after(origin: dt.date, months: int) -> Window:
    """Return the window of `months` whole months that starts the day after `origin`.

    >>> window_after(dt.date(2024, 12, 31), 12)
    Window(start=datetime.date(2025, 1, 1), end=datetime.date(2025, 12, 31))
    """
    start = origin + dt.timedelta(days=1)
    return Window(start, add_months(start, months) - dt.timedelta(days=1))
