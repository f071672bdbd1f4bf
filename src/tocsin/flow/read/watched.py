"""Series of events that a run watched: the counts of the last year, what stands out, and where reports are missing."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row

#: Newest periods that are shown.
SHOWN = {"week": 52, "month": 24}
_SILENT = ("not_reported", "suspected_outage")


@dataclass(frozen=True)
class Period:
    """Holds the count of one period: None where nothing was reported; `id` opens the verdict that says most.

    `since` is the day on which zeros began that look like silence.
    """

    id: str
    first: dt.date
    last: dt.date
    observed: float | None
    state: str
    stands_out: bool
    expected: float | None
    limit: float | None
    method: str
    since: dt.date | None = None


@dataclass(frozen=True)
class WatchedSeries:
    """Holds one series, oldest period first."""

    counted: str
    source: str
    every: str
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Watch:
    """Holds the series of one territory, and the false alarms to expect a period over all series of the run."""

    series: tuple[WatchedSeries, ...]
    false_alarms: float
    every: str


def watched_in(published: Published, code: str) -> Watch | None:
    """Return the series of a territory; None where none is watched."""

    def build() -> Watch | None:
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in published.select("anomalies", territory=code):
            groups[row["every"], row["source"], row["counted"]].append(row)
        if not groups:
            return None
        every = max(groups)[0]  # weeks before months
        rates = {
            row["method"]: row["false_alarms"] or 0.0
            for row in published.select("anomalies", ["every", "method", "false_alarms"], every=every)
        }
        series = tuple(_series(rows) for (of, _, _), rows in sorted(groups.items()) if of == every)
        return Watch(series, sum(rates.values()), every)

    return published.once(("watched", code), build)


def _series(rows: Sequence[Row]) -> WatchedSeries:
    by_period: dict[dt.date, list[Row]] = defaultdict(list)
    for row in rows:
        by_period[row["period_from"]].append(row)
    head = rows[0]
    newest = sorted(by_period)[-SHOWN[head["every"]] :]
    return WatchedSeries(head["counted"], head["source"], head["every"], tuple(_period(by_period[first]) for first in newest))


def _period(rows: Sequence[Row]) -> Period:
    """Return one period: the verdict that stands after control, else the first method's."""
    kept = sorted((row for row in rows if row["kept"]), key=lambda row: (row["adjusted"], row["method"]))
    row = (kept or sorted(rows, key=lambda row: str(row["method"])))[0]
    silent = row["state"] in _SILENT
    return Period(
        row["id"],
        row["period_from"],
        row["period_to"],
        None if silent else row["observed"],
        row["state"],
        bool(kept),
        row["expected"],
        row["upperbound"],
        row["method"],
        _since(row),
    )


def _since(row: Row) -> dt.date | None:
    found = json.loads(row["parameters"] or "{}").get("since")
    return dt.date.fromisoformat(found) if found else None
