"""Watches the events and figures of a run for what is unusual, so that signals and pages can say so and open to what is behind it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.flow.read.anomalies import PLANNED, told_periods
from tocsin.flow.watch_files import SEASONS, period_of, period_span
from tocsin.flow.watched_series import EVENTS, WatchSeries, event_series, watched_figures
from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.forecast.anomalies import Watched, WatchRow, WatchSettings, watch

#: Methods whose false alarms can be kept in check, which a standing watch must be.
METHODS = ("C1", "C2", "farrington_improved")
#: Periods that are judged, and periods of history behind them; a feed whose newest word is older than `ALIVE` is not watched.
JUDGED = {"week": 104, "month": 24}
HISTORY = {"week": 312, "month": 120}
ALIVE = {"week": 52, "month": 24}
COLUMNS = ("id", "dataset", "situation", "territory", "admin_code", "date_from", "date_precision", "indicator", "invented")
FIGURE_COLUMNS = (
    "id", "dataset", "situation", "territory", "place", "indicator", "definition", "value", "qualifier", "unit", "period_from", "period_to",
    "date_precision", "as_of", "said_by", "relation", "invented",
)  # fmt: skip


@dataclass(frozen=True)
class Unusual:
    """Holds the verdicts, the sets of events or figures behind each series, and what to know about them."""

    anomalies: pa.Table
    input_sets: pa.Table
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Holds what a run was told: events, documents and figures."""

    events: pa.Table
    documents: pa.Table
    figures: pa.Table


def watch_run(told: Told, today: dt.date, seed: int) -> Unusual:
    """Return the verdict on each of the newest periods of each series of events or figures, over by `today`.

    In a period in which its dataset told of anything, a series without an event counts 0; in one in which it told of
    nothing, nothing was reported. A figure that nobody gave was not reported. Events that are only planned are not
    counted. Series of one period are judged together, so that false alarms are kept in check over all of them.
    """
    rows = [
        row
        for row in told.events.select(list(COLUMNS)).to_pylist()
        if row["date_from"] and row["territory"] and row["indicator"] != PLANNED
    ]
    written = told.documents.select(["dataset", "date", "date_precision"]).to_pylist()
    figures = watched_figures(told.figures.select(list(FIGURE_COLUMNS)).to_pylist())
    found: list[dict[str, Any]] = []
    sets: list[dict[str, Any]] = []
    notes: list[str] = []
    for every in JUDGED:
        last = period_of(today, every) - 1
        spoken = told_periods(rows, written, every)
        series = [one for one in (*event_series(rows, spoken, every), *figures[every]) if one.newest > last - ALIVE[every]]
        if not series:
            continue
        began = min(min(one.values) for one in series)
        first = max(last - HISTORY[every] + 1, began)  # history that was never told would pass for a baseline
        said = frozenset(one.name for one in series if one.kind != EVENTS)
        settings = WatchSettings(METHODS, last=JUDGED[every], season=SEASONS[every], seed=seed, said=said)
        watched = watch({one.name: one.counts(first, last) for one in series}, settings)
        made, behind = _rows(series, watched, first, every)
        found += made
        sets += behind
        notes.append(_note(watched, series, every))
    return Unusual(tables.from_rows("anomalies", found), tables.from_rows("input_sets", sets), tuple(notes))


def _rows(series: Sequence[WatchSeries], watched: Watched, first: int, every: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    by_name = {one.name: one for one in series}
    behind = {one.name: _set(one, first, every) for one in series}
    rates = {method: rate.after for method, rate in watched.rates.items()}
    since = {(name, t): gap for name, gaps in watched.outages.items() for gap in gaps for t in range(gap.start, gap.end + 1)}
    made = []
    for row in watched.rows:
        if row.t >= by_name[row.series].oldest - first and (row.method == METHODS[0] or row.state in ("alarm", "calm")):
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


def _verdict(row: WatchRow, one: WatchSeries, behind: str, about: _About) -> dict[str, Any]:
    every = about.every
    start, end = period_span(about.first + row.t, every)
    own = sorted(one.behind.get(about.first + row.t, ()))
    return {
        "id": stable_id("ano", row.series, every, start, row.method),
        "inputs": [behind, *own],
        "method": row.method,
        "parameters": json.dumps({"fdr": WatchSettings().q, "control": WatchSettings().procedure, **about.more}),
        "series": row.series,
        "kind": one.kind,
        **one.about,
        "territory": one.head["territory"],
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
        "invented": bool(one.head["invented"]),
    }


def _set(one: WatchSeries, first: int, every: str) -> dict[str, Any]:
    ids = sorted({ident for period, many in one.behind.items() if period >= first for ident in many})
    what = {"rise": "rise of figures"}.get(one.kind, one.kind)
    label = f"{what} of {one.about.get('said_by') or one.about['source']} in {one.about.get('place') or one.about['counted']}, counted by {every}"
    return {
        "id": stable_id("set", label, *ids),
        "inputs": ids,
        "method": "count events" if one.kind == EVENTS else "line up figures",
        "parameters": None,
        "label": label,
        "size": len(ids),
    }


def _note(watched: Watched, series: Sequence[WatchSeries], every: str) -> str:
    kept = len({(row.series, row.t) for row in watched.rows if row.kept})
    states = Counter(row.state for row in watched.rows if row.method == METHODS[0])
    after = sum(rate.after or 0.0 for rate in watched.rates.values())
    silent = states["not_reported"] + states["suspected_outage"]
    events = sum(one.kind == EVENTS for one in series)
    return (
        f"{events} series of events and {len(series) - events} of figures watched by {every}: {kept} {every}s stand out, "
        f"{silent} were not reported or look like it; "
        f"if nothing unusual happens, {after:.2f} false alarms a {every} are to be expected"
    )
