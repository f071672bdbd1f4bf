"""Counts the events and figures of the newest run by period, so that they can be watched for what is unusual."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from tocsin.flow.figure_series import figure_series
from tocsin.flow.watch_files import SEASONS, SeriesSet, period_label, period_of
from tocsin.model.errors import NotFound, WrongUse
from tocsin.storage import Workspace

#: What an event is called that is planned, such as an election; it did not happen yet.
PLANNED = "trigger"
#: A series with fewer events in all says nothing about any period.
LEAST_EVENTS = 8
#: Precisions of a date that tell its period.
EXACT = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}


def series_of_workspace(workspace: Workspace, every: str) -> SeriesSet:
    """Return events by dataset, territory and province, and figures of single periods, as series on one axis.

    A period in which a dataset told of nothing anywhere was not reported: no event and no document of it is dated
    then. In a period that was reported, a province without an event counts 0.

    Raises:
        NotFound: nothing was run, or nothing in the run has dates exact enough.
    """
    if every not in SEASONS:
        raise WrongUse("not a period", "--every", ", ".join(SEASONS), every[:20])
    snapshot = workspace.snapshot()
    if snapshot is None:
        raise NotFound("nothing was run in this workspace yet", "forecast anomalies", todo="Run: tocsin run")
    events = [row for row in snapshot.rows("events") if row["indicator"] != PLANNED]
    told = told_periods(events, snapshot.rows("documents"), every)
    counted, too_few = _events(events, told, every)
    figures = figure_series(snapshot.rows("figures"), every)
    said = {one.name: one.values for one in figures.series}
    cells: dict[str, Mapping[int, float]] = {**counted, **said}
    if not cells:
        raise NotFound(f"no events or figures are dated to the {every}", snapshot.run, todo="Try --every month, or --data FILE.")
    first, last = min(min(own) for own in cells.values()), max(max(own) for own in cells.values())
    series = {name: np.array([own.get(p, math.nan) for p in range(first, last + 1)], dtype=np.float64) for name, own in cells.items()}
    rises = sum(one.rise for one in figures.series)
    notes = [f"events by dataset and province: {len(counted)} series; figures: {len(said)}"]
    notes += [f"{rises} of the figures are totals at a date: their rise is watched"] if rises else []
    notes += [f"{too_few} series with fewer than {LEAST_EVENTS} events left out"] if too_few else []
    notes += [f"{figures.disputed} periods with figures that disagree left out"] if figures.disputed else []
    labels = tuple(period_label(p, every) for p in range(first, last + 1))
    return SeriesSet(series, labels, SEASONS[every], tuple(notes), frozenset(said))


def told_periods(events: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]], every: str) -> dict[str, set[int]]:
    """Return the periods in which each dataset told of anything."""
    told: dict[str, set[int]] = defaultdict(set)
    dated = [(row["dataset"], row["date_from"], row["date_precision"]) for row in events]
    dated += [(row["dataset"], row["date"], row["date_precision"]) for row in documents]
    for dataset, day, precision in dated:
        if day is not None and precision in EXACT[every]:
            told[str(dataset)].add(period_of(day, every))
    return told


def _events(rows: Iterable[Mapping[str, Any]], told: Mapping[str, set[int]], every: str) -> tuple[dict[str, dict[int, float]], int]:
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row["date_from"] is not None and row["territory"] and row["date_precision"] in EXACT[every]:
            place = str(row["admin_code"] or row["territory"])
            counts[str(row["dataset"]), place][period_of(row["date_from"], every)] += 1
    kept = {key: own for key, own in counts.items() if own.total() >= LEAST_EVENTS}
    cells = {f"events · {dataset} · {place}": {p: float(own[p]) for p in told[dataset]} for (dataset, place), own in sorted(kept.items())}
    return cells, len(counts) - len(kept)
