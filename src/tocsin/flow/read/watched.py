"""Series of events and figures that a run watched: the counts of the last year, what stands out, and where reports are missing."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row

#: Newest periods that are shown.
SHOWN = {"week": 52, "month": 24}
#: Days in a period, for adding the false alarms of weeks and months.
DAYS = {"week": 7.0, "month": 365.25 / 12}
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
    """Holds one series, oldest period first.

    Args:
        counted: a district, or the indicator of figures or deaths.
        kind: events, figures, or rise: of totals since the period before.
        said_by: who gave the figures.
        admin: the district as the dataset writes it.
    """

    counted: str
    source: str
    every: str
    periods: tuple[Period, ...]
    kind: str = "events"
    said_by: str | None = None
    definition: str | None = None
    admin: str | None = None


@dataclass(frozen=True)
class Watch:
    """Holds the series of one territory, and the false alarms to expect in a period over all series of the run.

    `every` is the shortest period of a series of the territory; the false alarms of longer ones are added by their share.
    """

    series: tuple[WatchedSeries, ...]
    false_alarms: float
    every: str


def watched_in(published: Published, code: str) -> Watch | None:
    """Return the series of a territory; None where none is watched."""

    def build() -> Watch | None:
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in published.select("anomalies", territory=code):
            groups[row["every"], row["kind"] or "events", row["series"]].append(row)
        if not groups:
            return None
        every = min((every for every, _, _ in groups), key=DAYS.__getitem__)
        rates = {
            (row["every"], row["method"]): row["false_alarms"] or 0.0
            for row in published.select("anomalies", ["every", "method", "false_alarms"])
        }
        expected = sum(rate * DAYS[every] / DAYS[of] for (of, _), rate in rates.items())
        return Watch(tuple(_series(rows) for _, rows in sorted(groups.items(), key=_order)), expected, every)

    return published.once(("watched", code), build)


def _order(group: tuple[tuple[str, str, str], list[Row]]) -> tuple[bool, str, str]:
    """Put events before figures; each by the name of the series."""
    (every, kind, series), _ = group
    return kind != "events", every, series


def _series(rows: Sequence[Row]) -> WatchedSeries:
    by_period: dict[dt.date, list[Row]] = defaultdict(list)
    for row in rows:
        by_period[row["period_from"]].append(row)
    head = rows[0]
    newest = sorted(by_period)[-SHOWN[head["every"]] :]
    periods = tuple(_period(by_period[first]) for first in newest)
    kind = head["kind"] or "events"
    return WatchedSeries(
        head["counted"], head["source"], head["every"], periods, kind, head["said_by"], head["definition"], head["admin_code"]
    )


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
