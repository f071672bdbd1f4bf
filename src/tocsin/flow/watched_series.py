"""Builds the series that every run watches: events by week and district, or by month and kind, and figures by week or month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.flow.figure_series import FigureSeries, figure_series
from tocsin.flow.read.anomalies import EXACT, LEAST_EVENTS
from tocsin.flow.read.districts import district
from tocsin.flow.watch_files import period_of
from tocsin.model.tables import Row
from tocsin.stages.forecast.monthly import INDICATORS

#: How the events of a feed are counted: those that count deaths by kind by month and kind, others by week and district.
COUNTED_BY = {"week": "district", "month": "kind"}
#: What a series counts: events, what figures say of a period, or the rise of a total.
EVENTS, FIGURES, RISE = "events", "figures", "rise"


@dataclass(frozen=True)
class WatchSeries:
    """Holds one series: what it counts, the values that were told, and the ids behind each period.

    Args:
        head: the row for what all rows of the series have in common.
        about: columns of the verdicts that are the same in every period.
    """

    name: str
    kind: str
    values: Mapping[int, float]
    behind: Mapping[int, Sequence[str]]
    head: Row
    about: Mapping[str, object]

    @property
    def newest(self) -> int:
        """Return the newest period of which anything was told."""
        return max(self.behind)

    @property
    def oldest(self) -> int:
        """Return the oldest period of which anything was told."""
        return min(self.behind)

    def counts(self, first: int, last: int) -> npt.NDArray[np.float64]:
        """Return the values of the periods from `first` to `last`, NaN where nothing was told."""
        return np.array([self.values.get(period, np.nan) for period in range(first, last + 1)], dtype=np.float64)


def event_series(rows: Sequence[Row], told: Mapping[str, set[int]], every: str) -> Iterator[WatchSeries]:
    """Yield series of events; in a period in which its dataset told of anything, a series without an event counts 0."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_kind = row["indicator"] in INDICATORS
        if row["date_precision"] not in EXACT[every] or by_kind is not (COUNTED_BY[every] == "kind"):
            continue
        counted = str(row["indicator"]) if by_kind else str(row["admin_code"] or row["territory"])
        groups[str(row["dataset"]), str(row["territory"]), counted].append(row)
    for (source, territory, counted), members in sorted(groups.items()):
        if len(members) < LEAST_EVENTS:
            continue
        behind: dict[int, list[str]] = defaultdict(list)
        for row in sorted(members, key=lambda row: str(row["id"])):
            behind[period_of(row["date_from"], every)].append(row["id"])
        head = min(members, key=lambda row: str(row["id"]))
        place = head["admin_code"] if COUNTED_BY[every] == "district" else None
        about = {
            "source": source,
            "counted": counted,
            "admin_code": place,
            "place": district(place).name if place else None,
            "situation": next((r["situation"] for r in members if r["situation"]), None),
        }
        values = {period: float(len(behind.get(period, ()))) for period in told[source]}
        yield WatchSeries(f"{source} · {territory} · {counted}", EVENTS, values, behind, head, about)


def watched_figures(rows: Sequence[Row]) -> dict[str, list[WatchSeries]]:
    """Return series of figures by period: by week where a source speaks so often, else by month."""
    weekly = figure_series(rows, "week").series
    known = {ident for one in weekly for ident in one.ids}
    monthly = [one for one in figure_series(rows, "month").series if known.isdisjoint(one.ids)]
    return {"week": [_figures(one) for one in weekly], "month": [_figures(one) for one in monthly]}


def _figures(one: FigureSeries) -> WatchSeries:
    head = one.head
    about = {
        "source": head["dataset"],
        "counted": head["indicator"],
        "said_by": head["said_by"],
        "definition": head["definition"],
        "place": head["place"],
        "situation": head["situation"],
    }
    return WatchSeries(one.name, RISE if one.rise else FIGURES, one.values, one.behind, head, about)
