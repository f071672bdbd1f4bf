"""Watches the events of a run for what is unusual, so that signals and pages can say so and open to the events behind it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from tocsin.flow.read.anomalies import EXACT, LEAST_EVENTS, PLANNED, told_periods
from tocsin.flow.watch_files import SEASONS, period_of, period_span
from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.forecast.anomalies import Watched, WatchRow, WatchSettings, watch
from tocsin.stages.forecast.monthly import INDICATORS

Row = Mapping[str, Any]
#: Methods whose false alarms can be kept in check, which a standing watch must be.
METHODS = ("C1", "C2", "farrington_improved")
#: Periods that are judged, and periods of history behind them; a feed whose newest word is older than `ALIVE` is not watched.
JUDGED = {"week": 104, "month": 24}
HISTORY = {"week": 312, "month": 120}
ALIVE = {"week": 52, "month": 24}
#: How the events of a feed are counted: those that count deaths by kind by month and kind, others by week and district.
COUNTED_BY = {"week": "district", "month": "kind"}
COLUMNS = ("id", "dataset", "situation", "territory", "admin_code", "date_from", "date_precision", "indicator", "invented")


@dataclass(frozen=True)
class Unusual:
    """Holds the verdicts, the sets of events behind each series, and what to know about them."""

    anomalies: pa.Table
    input_sets: pa.Table
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Series:
    """Holds one series of counts: what it counts, and the events of each period."""

    source: str
    counted: str
    rows: Sequence[Row]
    every: str

    @property
    def name(self) -> str:
        return f"{self.source} · {self.rows[0]['territory']} · {self.counted}"

    @cached_property
    def by_period(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for row in self.rows:
            found[period_of(row["date_from"], self.every)].append(row["id"])
        return found


def watch_events(events: pa.Table, documents: pa.Table, today: dt.date, seed: int) -> Unusual:
    """Return the verdict on each of the newest periods of each series of events, over by `today`.

    In a period in which its dataset told of anything, a series without an event counts 0; in one in which it told of
    nothing, nothing was reported. Events that are only planned are not counted.
    """
    rows = [
        row for row in events.select(list(COLUMNS)).to_pylist() if row["date_from"] and row["territory"] and row["indicator"] != PLANNED
    ]
    written = documents.select(["dataset", "date", "date_precision"]).to_pylist()
    found: list[dict[str, Any]] = []
    sets: list[dict[str, Any]] = []
    notes: list[str] = []
    for every in JUDGED:
        last = period_of(today, every) - 1
        series = [one for one in _series(rows, every) if max(one.by_period) > last - ALIVE[every]]
        if not series:
            continue
        told = told_periods(rows, written, every)
        began = min(min(told[one.source]) for one in series)
        first = max(last - HISTORY[every] + 1, began)  # history that was never told would pass for a baseline
        counts = {one.name: _counts(one, told[one.source], first, last) for one in series}
        settings = WatchSettings(METHODS, last=JUDGED[every], season=SEASONS[every], seed=seed)
        watched = watch(counts, settings)
        made, behind = _rows(series, watched, first, every)
        found += made
        sets += behind
        notes.append(_note(watched, len(series), every))
    return Unusual(tables.from_rows("anomalies", found), tables.from_rows("input_sets", sets), tuple(notes))


def _series(rows: Sequence[Row], every: str) -> Iterator[_Series]:
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_kind = row["indicator"] in INDICATORS
        if row["date_precision"] not in EXACT[every] or by_kind is not (COUNTED_BY[every] == "kind"):
            continue
        counted = str(row["indicator"]) if by_kind else str(row["admin_code"] or row["territory"])
        groups[str(row["dataset"]), str(row["territory"]), counted].append(row)
    for (source, _, counted), members in sorted(groups.items()):
        if len(members) >= LEAST_EVENTS:
            yield _Series(source, counted, sorted(members, key=lambda row: str(row["id"])), every)


def _counts(one: _Series, told: set[int], first: int, last: int) -> np.ndarray:
    """Return counts from the first period that the dataset told of, NaN before and where it told of nothing."""
    own = {period: len(ids) for period, ids in one.by_period.items()}
    return np.array([float(own.get(p, 0)) if p in told else np.nan for p in range(first, last + 1)])


def _rows(series: Sequence[_Series], watched: Watched, first: int, every: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    by_name = {one.name: one for one in series}
    behind = {one.name: _set(one, first) for one in series}
    began = {one.name: min(one.by_period) - first for one in series}
    rates = {method: rate.after for method, rate in watched.rates.items()}
    since = {(name, t): gap for name, gaps in watched.outages.items() for gap in gaps for t in range(gap.start, gap.end + 1)}
    made = []
    for row in watched.rows:
        if row.t >= began[row.series] and (row.method == METHODS[0] or row.state in ("alarm", "calm")):
            gap = since.get((row.series, row.t)) if row.state == "suspected_outage" else None
            about = {"since": period_span(first + gap.start, every)[0].isoformat(), "probability": gap.probability} if gap else {}
            made.append(_verdict(row, by_name[row.series], behind[row.series]["id"], _About(first, every, rates[row.method], about)))
    return made, list(behind.values())


@dataclass(frozen=True)
class _About:
    """Says where the axis begins, the period, the false alarms of the method, and what else the row's parameters hold."""

    first: int
    every: str
    rate: float | None
    more: Mapping[str, object]


def _verdict(row: WatchRow, one: _Series, behind: str, about: _About) -> dict[str, Any]:
    every = about.every
    start, end = period_span(about.first + row.t, every)
    own = sorted(one.by_period.get(about.first + row.t, ()))
    head = one.rows[0]
    return {
        "id": stable_id("ano", row.series, every, start, row.method),
        "inputs": [behind, *own],
        "method": row.method,
        "parameters": json.dumps({"fdr": WatchSettings().q, "control": WatchSettings().procedure, **about.more}),
        "series": row.series,
        "source": one.source,
        "counted": one.counted,
        "territory": head["territory"],
        "situation": next((r["situation"] for r in one.rows if r["situation"]), None),
        "admin_code": head["admin_code"] if COUNTED_BY[every] == "district" else None,
        "every": every,
        "period_from": start,
        "period_to": end,
        "observed": row.observed,
        "expected": row.expected,
        "upperbound": row.upperbound,
        "p": row.p,
        "adjusted": row.adjusted,
        "state": row.state,
        "kept": row.kept,
        "false_alarms": about.rate,
        "invented": bool(head["invented"]),
    }


def _set(one: _Series, first: int) -> dict[str, Any]:
    ids = sorted(ident for period, many in one.by_period.items() if period >= first for ident in many)
    label = f"events of {one.source} in {one.counted}, counted by {one.every}"
    return {
        "id": stable_id("set", label, *ids),
        "inputs": ids,
        "method": "count events",
        "parameters": None,
        "label": label,
        "size": len(ids),
    }


def _note(watched: Watched, series: int, every: str) -> str:
    kept = len({(row.series, row.t) for row in watched.rows if row.kept})
    states = Counter(row.state for row in watched.rows if row.method == METHODS[0])
    after = sum(rate.after or 0.0 for rate in watched.rates.values())
    silent = states["not_reported"] + states["suspected_outage"]
    return (
        f"{series} series of events watched by {every}: {kept} {every}s stand out, {silent} were not reported or look like it; "
        f"if nothing unusual happens, {after:.2f} false alarms a {every} are to be expected"
    )
