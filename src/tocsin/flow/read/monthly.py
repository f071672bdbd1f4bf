"""Forecasts by month, for whoever loaded events: counts with their spread, sums, and the chance of escalation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.risk import Stamp, stamp_of
from tocsin.model.targets import QUANTILES

#: Months of documented deaths that are drawn before the forecast.
BEFORE = 24


@dataclass(frozen=True)
class Spread:
    """Holds the count forecast of a month or a sum of months: quantiles of its draws."""

    id: str
    quantiles: dict[float, float]
    stamp: Stamp


@dataclass(frozen=True)
class Rise:
    """Holds the chance that the deaths of twelve months reach a level, after two years below it."""

    id: str
    level: int
    months: int
    probability: float
    usual: float | None
    stamp: Stamp


@dataclass(frozen=True)
class Monthly:
    """Holds what one kind of violence may bring to one territory, month by month, and what its events brought before."""

    kind: str
    source: str
    model: str
    vintage: str
    months: tuple[Spread, ...]
    totals: tuple[Spread, ...]
    rises: tuple[Rise, ...]
    before: tuple[tuple[dt.date, int], ...]

    @property
    def stamp(self) -> Stamp:
        """Return the window of all months."""
        return self.totals[-1].stamp


def monthly_of(published: Published, code: str) -> tuple[Monthly, ...]:
    """Return the monthly forecasts of a territory, one a kind of violence and dataset; nothing where no events were loaded."""

    def build() -> tuple[Monthly, ...]:
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in published.select("monthly_forecasts", territory=code):
            groups[row["kind"], row["source"]].append(row)
        return tuple(_monthly(published, rows) for _, rows in sorted(groups.items(), reverse=True))

    return published.once(("monthly", code), build)


def _monthly(published: Published, rows: list[Row]) -> Monthly:
    rows.sort(key=lambda row: (row["window_from"], row["window_to"], row["level"] or 0))
    spreads = {name: tuple(_spread(row) for row in rows if row["question"] == name) for name in ("count", "total")}
    head = rows[0]
    return Monthly(
        head["kind"],
        head["source"],
        head["model"],
        head["vintage"] or "",
        spreads["count"],
        spreads["total"],
        tuple(_rise(row) for row in rows if row["question"] == "escalation"),
        _before(published, head),
    )


def _spread(row: Row) -> Spread:
    return Spread(row["id"], dict(zip(QUANTILES, row["quantiles"], strict=True)), stamp_of(row))


def _rise(row: Row) -> Rise:
    return Rise(row["id"], int(row["level"]), int(row["horizon_months"]), float(row["probability"]), row["climatology"], stamp_of(row))


def _before(published: Published, head: Row) -> tuple[tuple[dt.date, int], ...]:
    """Return the deaths of the last months that the events tell of; a month without an event there is 0."""
    wanted = {"territory": head["territory"], "indicator": f"deaths_{head['kind']}", "dataset": head["source"]}
    deaths: dict[dt.date, int] = defaultdict(int)
    for row in published.select("events", ["date_to", "best"], **wanted):
        deaths[row["date_to"].replace(day=1)] += int(row["best"] or 0)
    origin: dt.date = head["origin"]
    first = origin.year * 12 + origin.month - BEFORE
    months = [dt.date(number // 12, number % 12 + 1, 1) for number in range(first, first + BEFORE)]
    return tuple((month, deaths.get(month, 0)) for month in months)
