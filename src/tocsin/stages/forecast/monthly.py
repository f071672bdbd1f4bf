"""Forecasts of the months after the data, for whoever has events with day, kind and deaths: counts, sums, levels, escalation."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import item_id, stable_id
from tocsin.model.months import first_day, last_day, month_of
from tocsin.model.periods import Window
from tocsin.model.tables import Row
from tocsin.model.targets import QUANTILES
from tocsin.stages.forecast.count_models import CountHistory, Draws, as_paths
from tocsin.stages.forecast.count_models.mixture import NEEDED, count_mixture
from tocsin.stages.forecast.count_scores import YEARS, CountQuestion, count_scores, scored_years
from tocsin.stages.forecast.count_targets import KINDS, LEVELS, STEPS, WINDOWS
from tocsin.stages.forecast.escalation import CHOSEN, Escalations, escalation_targets
from tocsin.stages.forecast.grid import history_of_events
from tocsin.stages.forecast.vintage import guard, vintage_of

MODEL = "count_mixture"
DRAWS = 1000
#: Events whose `indicator` is one of these are counted by month.
INDICATORS = {f"deaths_{kind}": kind for kind in KINDS}
#: A row's own inputs: the events of this many months before the origin.
RECENT = 24
#: A file of events that names fewer territories than this tells of those alone; of others it says nothing, also not zero.
WHOLE_WORLD = 10


@dataclass(frozen=True)
class Issued:
    """Holds the monthly forecasts, the scores of every count model, the sets of what they rest on, and what to know about them."""

    monthly: pa.Table
    scores: pa.Table
    input_sets: pa.Table
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Says when the forecasts are issued, with which seed, and from when to when each territory was a state of its own."""

    issued_at: dt.date
    seed: int
    spells: Mapping[str, tuple[dt.date | None, dt.date | None]]


@dataclass(frozen=True)
class File:
    """Says from which month to which month one preserved file has events, and in which territories."""

    first: int
    last: int
    territories: frozenset[str]


@dataclass(frozen=True)
class Series:
    """Holds the counts of one kind of violence from one dataset, by territory, and the events behind them."""

    source: str
    kind: str
    invented: bool
    codes: tuple[str, ...]
    history: CountHistory
    events: Mapping[str, Sequence[Row]]
    items: tuple[str, ...]
    vintage: str


def issue_monthly(events: Sequence[Row], asked: Asked) -> Issued:
    """Return the forecasts of the 36 months after the newest event of each dataset that tells the kind of violence.

    Between the first and the newest event of a file a month without an event is one without deaths, but only for territories
    that the file tells of, and while they were states of their own: all other months are unknown.

    Raises:
        BadInput: an event was not yet known on the day of issue.
    """
    events = [row for row in events if row["indicator"] in INDICATORS]
    guard(events, asked.issued_at)
    rows: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    sets: list[dict[str, Any]] = []
    notes: list[str] = []
    for series in _series(events, asked):
        name = f"{series.source}, {series.kind.replace('_', '-')}"
        months = len(series.history.months)
        if months < NEEDED:
            notes.append(f"{name}: events of {months} months; the monthly forecast needs {NEEDED}, so there is none.")
            continue
        left = len(series.codes) - len(series.history.known())
        if left:
            why = "no file tells of their last month, or they are no states of their own any more"
            notes.append(f"{name}: {left} of {len(series.codes)} territories are not forecast: {why}.")
        made, behind = _forecast(series, asked)
        rows += made
        sets += behind
        question = CountQuestion(series.source, series.kind, (behind[0]["id"],), asked.seed, series.invented)
        scores += count_scores(series.history, question)
        notes.append(_scored(name, len(scored_years(series.history))))
    return Issued(
        tables.from_rows("monthly_forecasts", rows), tables.from_rows("scores", scores), tables.from_rows("input_sets", sets), tuple(notes)
    )


def _scored(name: str, years: int) -> str:
    """Return how many calendar years the count models were scored on."""
    if not years:
        return f"{name}: no whole calendar year with {NEEDED} months before its forecast, so the count models are not scored."
    return f"{name}: every count model scored against every baseline on the newest {years} calendar years (at most {YEARS} in a run)."


def _series(events: Sequence[Row], asked: Asked) -> Iterator[Series]:
    """Yield the counts of each dataset and kind; invented and real events are never learned from together."""
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in events:
        if row["date_to"] and row["territory"] and row["best"] is not None:
            groups[str(row["dataset"]), bool(row["invented"])].append(row)
    for (source, _), rows in sorted(groups.items()):
        files = _files(rows)
        for indicator, kind in INDICATORS.items():
            chosen = [row for row in rows if row["indicator"] == indicator]
            if chosen:
                yield _one(source, kind, chosen, files, asked)


def _files(rows: Sequence[Row]) -> tuple[File, ...]:
    """Return what each preserved file tells of: its first and last month, and its territories."""
    months: dict[str, set[int]] = defaultdict(set)
    territories: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        months[row["item"]].add(month_of(row["date_to"].year, row["date_to"].month))
        territories[row["item"]].add(row["territory"])
    return tuple(File(min(months[item]), max(months[item]), frozenset(territories[item])) for item in sorted(months))


def _one(source: str, kind: str, rows: Sequence[Row], files: Sequence[File], asked: Asked) -> Series:
    codes = tuple(sorted({row["territory"] for row in rows}))
    months = np.array([month_of(row["date_to"].year, row["date_to"].month) for row in rows], dtype=np.int64)
    places = np.searchsorted(np.array(codes), [row["territory"] for row in rows]).astype(np.int64)
    span = (min(file.first for file in files), max(file.last for file in files))
    history = history_of_events(months, places, np.array([row["best"] for row in rows], dtype=np.float64), span)
    for place, code in enumerate(codes):
        started, ended = asked.spells.get(code, (None, None))
        history.values[place, _outside(history, started, ended) | ~_told(history, code, files)] = np.nan
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["territory"]].append(row)
    items = tuple(sorted({str(row["item"]) for row in rows}))
    return Series(source, kind, bool(rows[0]["invented"]), codes, history, by_code, items, vintage_of(rows, asked.issued_at))


def _told(history: CountHistory, code: str, files: Sequence[File]) -> np.ndarray:
    """Return the months in which some file tells of a territory."""
    told = np.zeros(len(history.months), dtype=bool)
    for file in files:
        if len(file.territories) >= WHOLE_WORLD or code in file.territories:
            told |= (history.months >= file.first) & (history.months <= file.last)
    return told


def _outside(history: CountHistory, started: dt.date | None, ended: dt.date | None) -> np.ndarray:
    first = month_of(started.year, started.month) if started else -np.inf
    last = month_of(ended.year, ended.month) if ended else np.inf
    return np.asarray((history.months < first) | (history.months > last))


def _forecast(series: Series, asked: Asked) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    history, steps = series.history, list(range(1, STEPS + 1))
    rows_of = history.known()
    streams = np.array([int.from_bytes(series.codes[row].encode()) for row in rows_of], dtype=np.int64)
    draws = as_paths(count_mixture(history)(rows_of, steps, DRAWS), streams, asked.seed)
    learned = Escalations.of(history)
    rises = {target: learned.chances(rows_of, draws, target) for target in escalation_targets(series.kind)}
    training = _training_set(series)
    rows, sets = [], [training]
    for number, place in enumerate(rows_of.tolist()):
        own = _own_set(series, series.codes[place])
        sets += [own] if own else []
        common = _common(series, asked, series.codes[place], [training["id"], *([own["id"]] if own else [])])
        rows += [_row(common, series, asked, answer) for answer in _counts(draws[number])]
        for target, chances in rises.items():
            if not np.isnan(chances[CHOSEN][number]):
                said = {name: float(values[number]) for name, values in chances.items()}
                rows.append(_row(common, series, asked, _rise(target.level, target.last, said)))
    return rows, sets


def _counts(draws: Draws) -> Iterator[dict[str, Any]]:
    """Yield each month's count, the sums of whole years, and the chances that a sum reaches a level."""
    for step, month in enumerate(draws, start=1):
        yield {"question": "count", "first": step, "last": step, **_spread(month)}
    for months in (*WINDOWS, STEPS):
        yield {"question": "total", "first": 1, "last": months, **_spread(draws[:months].sum(axis=0, dtype=np.int64))}
    for months in WINDOWS:
        sums = draws[:months].sum(axis=0, dtype=np.int64)
        for level in LEVELS:
            yield {"question": "at_least", "first": 1, "last": months, "level": level, "probability": float((sums >= level).mean())}


def _spread(draws: np.ndarray) -> dict[str, Any]:
    return {"mean": float(draws.mean()), "quantiles": [float(q) for q in np.quantile(draws, QUANTILES, method="inverted_cdf")]}


def _rise(level: int, last: int, said: Mapping[str, float]) -> dict[str, Any]:
    return {
        "question": "escalation",
        "first": 1,
        "last": last,
        "level": level,
        "probability": said[CHOSEN],
        "climatology": said["climatology"],
        "parameters": {name: round(value, 4) for name, value in said.items()},
    }


def _row(common: Mapping[str, Any], series: Series, asked: Asked, answer: dict[str, Any]) -> dict[str, Any]:
    first, last = (series.history.origin + answer.pop(end) for end in ("first", "last"))
    parameters = {"seed": asked.seed, "draws": DRAWS, **answer.pop("parameters", {})}
    window = Window(first_day(first), last_day(last))
    stale = window.stale(asked.issued_at)
    key = (series.source, series.kind, common["territory"], answer["question"], answer.get("level"), window.start, window.end)
    return {
        **common,
        **answer,
        "id": stable_id("mon", *key, common["origin"], asked.issued_at),
        "parameters": json.dumps(parameters),
        "horizon_months": last - series.history.origin,
        "window_from": window.start,
        "window_to": window.end,
        "stale": stale,
        "renew": f"tocsin collect {series.source} --from FILE" if stale else None,
    }


def _common(series: Series, asked: Asked, code: str, inputs: list[str]) -> dict[str, Any]:
    return {
        "inputs": inputs,
        "method": MODEL,
        "source": series.source,
        "kind": series.kind,
        "territory": code,
        "origin": last_day(series.history.origin),
        "issued_at": asked.issued_at,
        "model": MODEL,
        "vintage": series.vintage,
        "invented": series.invented,
    }


def _training_set(series: Series) -> dict[str, Any]:
    history = series.history
    first, last = first_day(int(history.months[0])), last_day(history.origin)
    label = f"{series.kind.replace('_', '-')} deaths by month of {len(series.codes)} territories, {first} to {last}"
    inputs = [item_id(sha) for sha in series.items]
    return {
        "id": stable_id("set", *inputs, label, *series.codes),
        "inputs": inputs,
        "method": "count events",
        "parameters": None,
        "label": label,
        "size": sum(len(rows) for rows in series.events.values()),
    }


def _own_set(series: Series, code: str) -> dict[str, Any] | None:
    """Return the set of a territory's own events of the last months; None where there was none."""
    first = first_day(series.history.origin - RECENT + 1)
    ids = sorted(row["id"] for row in series.events[code] if row["date_to"] >= first)
    if not ids:
        return None
    label = f"{series.kind.replace('_', '-')} events in {code} since {first}"
    return {
        "id": stable_id("set", *ids, label),
        "inputs": ids,
        "method": "count events",
        "parameters": None,
        "label": label,
        "size": len(ids),
    }
