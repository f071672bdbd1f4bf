"""The vintage guard: what the world could know on the day a forecast is issued, and a refusal of everything later.

A forecast has an `origin` (end of the data), a day of issue and a window. Every input carries the day from which
it was available; where a dataset does not say it, one table of usual delays does. Nothing later than the day of
issue is used, and a column that gives the answer away is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.model.errors import BadInput
from tocsin.model.periods import Window
from tocsin.model.tables import Row

Array = NDArray[np.float64]
Vintage = Literal["as_known", "final"]
#: Inputs as they stood when the forecast was issued; inputs as revised since.
AS_KNOWN: Vintage = "as_known"
FINAL: Vintage = "final"
#: A column whose name begins so is planted to catch a leak: no forecast may use it.
CANARY = "canary"
#: Fewest rows of each answer before a column that equals it, or parts it without an error, is taken for a leak.
EQUAL_AFTER = 3
PARTED_AFTER = 10


@dataclass(frozen=True)
class Lag:
    """Says when a publisher gives out the figures of a year: a day, so many years later."""

    publisher: str
    years: int
    month: int
    day: int

    def known_by(self, period_end: dt.date) -> dt.date:
        """Return the day from which figures of the period are available.

        >>> LAGS["ucdp"].known_by(dt.date(2024, 12, 31))
        datetime.date(2025, 6, 30)
        """
        return dt.date(period_end.year + self.years, self.month, self.day)


#: Usual delay of a year's figures by family of datasets (the part of a dataset's name before the first underscore).
LAGS: Mapping[str, Lag] = {
    "vdem": Lag("Varieties of Democracy", 1, 3, 31),
    "ucdp": Lag("Uppsala Conflict Data Program", 1, 6, 30),
    "worldbank": Lag("World Bank", 1, 7, 31),
}


@dataclass(frozen=True)
class Issuing:
    """Holds the three dates that a forecast is nothing without."""

    origin: dt.date
    issued_at: dt.date
    window: Window

    def __post_init__(self) -> None:
        if self.issued_at < self.origin:
            raise BadInput(
                "a forecast can't be issued before its data end",
                f"issue of {self.issued_at}",
                f"{self.origin} or later",
                str(self.issued_at),
                "Issue it later, or end the data earlier.",
            )
        if self.window.start <= self.origin:
            raise BadInput(
                "the window of a forecast begins inside its data",
                f"window from {self.window.start}",
                f"after {self.origin}",
                str(self.window.start),
                "Begin the window after the origin.",
            )

    @property
    def ahead(self) -> bool:
        """Return True where the window had not begun on the day of issue."""
        return self.issued_at < self.window.start


def available(row: Row) -> dt.date:
    """Return the day from which the world could know a row: its own, else the usual delay of its dataset.

    Raises:
        BadInput: neither is known, so that nobody can say whether the row is a look ahead.
    """
    if row.get("available_at") is not None:
        return _day(row["available_at"])
    lag = LAGS.get(str(row.get("dataset") or "").split("_")[0])
    if lag is None:
        raise BadInput(
            "nobody says when the world could know this input",
            place_of(row),
            f"a day in available_at, or a dataset of {', '.join(sorted(LAGS))}",
            f"no day, dataset {row.get('dataset') or 'not named'}",
            "Give the dataset lag_days in its manifest, or add its delay to LAGS in tocsin.stages.forecast.vintage.",
        )
    return lag.known_by(_day(row["period_to"]))


def guard(rows: Iterable[Row], issued_at: dt.date) -> None:
    """Refuse anything that the world could not know on the day of issue.

    Raises:
        BadInput: a row was available only later, or nobody says when it was.
    """
    for row in rows:
        day = available(row)
        if day > issued_at:
            raise BadInput(
                "a forecast may not use what was not yet known when it is issued",
                place_of(row),
                f"available by {issued_at}",
                f"available from {day}",
                "Run with a later --as-of, or collect the older edition.",
            )


def as_of(rows: Iterable[Row], day: dt.date) -> list[Row]:
    """Return the rows that the world could know on `day`: the replay of a forecast as of then."""
    return [row for row in rows if available(row) <= day]


def vintage_of(rows: Iterable[Row], issued_at: dt.date) -> Vintage:
    """Return `as_known` where this workspace held every input by the day of issue, else `final`.

    A forecast made today for an earlier day rests on figures as revised since, whatever their year: `final`.
    """
    return AS_KNOWN if all(_held(row, issued_at) for row in rows) else FINAL


def refuse_leaks(names: Sequence[str], inputs: Array, answers: Array) -> None:
    """Refuse a column that gives the answer away.

    A column is a leak if its name is that of a planted canary, if it equals the answer (or its opposite) in every
    row, or if one threshold on it parts all rows with the event from all without. A real input never does: no
    published predictor of mass killing is right every time.

    Args:
        names: one name a column.
        inputs: rows x columns; NaN is missing.
        answers: 1 or 0 a row.

    Raises:
        BadInput: there is such a column; the message names it.
    """
    for number, name in enumerate(names):
        sign = _leak(name, inputs[:, number], answers)
        if sign:
            raise BadInput(
                f"a column gives the answer away: {sign}",
                f'column "{name}"',
                "an input that was known before the window opened",
                "the answer itself",
                "Take the column out, and look for how it came in.",
            )


def refuse_canaries(names: Iterable[str], where: str) -> None:
    """Refuse a table with a planted canary, also where no model would read it: a test of leaks must never pass in silence.

    Raises:
        BadInput: there is such a column; the message names it.
    """
    found = next((name for name in names if name.lower().startswith(CANARY)), None)
    if found is not None:
        raise BadInput(
            "a column gives the answer away: it is the canary, planted to show a leak",
            f'{where}, column "{found}"',
            "inputs that were known before the window opened",
            "a canary",
            "Take the column out, and look for how it came in.",
        )


def _leak(name: str, column: Array, answers: Array) -> str:
    if name.lower().startswith(CANARY):
        return "it is the canary, planted to show a leak"
    known = ~np.isnan(column) & ~np.isnan(answers)
    yes, no = column[known & (answers == 1)], column[known & (answers == 0)]
    fewest = min(len(yes), len(no))
    if fewest >= EQUAL_AFTER and len(np.unique(yes)) == len(np.unique(no)) == 1 and yes[0] != no[0]:
        return "it takes one value with the event and another without"
    if fewest >= PARTED_AFTER and (yes.min() > no.max() or yes.max() < no.min()):
        return "one threshold on it is right every time"
    return ""


def _held(row: Row, day: dt.date) -> bool:
    seen = row.get("first_seen")
    return seen is not None and _day(seen) <= day


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def place_of(row: Row) -> str:
    """Return where a row stands, in words for a message."""
    year = row["period_to"].year if row.get("period_to") else "no year"
    return f"{row.get('indicator')}, {row.get('territory')}, {year}"
