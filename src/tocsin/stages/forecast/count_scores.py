"""Scores every count model against every count baseline, calendar year by calendar year, from data to October of the year before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.model.months import first_day, last_day
from tocsin.stages.forecast.count_models import COUNT_MODELS, CountHistory
from tocsin.stages.forecast.count_models.mixture import NEEDED
from tocsin.stages.forecast.evaluation.bootstrap import mean_interval
from tocsin.stages.forecast.evaluation.pit import BINS, pit_histogram
from tocsin.stages.forecast.evaluation.units import UnitScores, score_units

#: Newest calendar years that a run scores; `make bench-forecast` scores all from 2006 on, which takes minutes.
YEARS = 5
#: Months ahead: from data to October, the twelve months of the next calendar year, as the 2023 challenge has it.
STEPS = tuple(range(3, 15))
DRAWS = 1000
#: A place is affected by conflict if it saw a death in this many months before the origin.
AFFECTED = 120
BASELINES = ("exactly_zero", "last_poisson", "conflictology_12", "nb_moments")
METRICS = ("crps", "twcrps25", "twcrps100", "ignorance", "interval_score", "coverage90")
#: What the targets of these scores begin with; the kind of violence follows.
TARGET = "monthly_"
#: Ends the metrics that are taken over places affected by conflict alone.
ONLY = "_affected"
#: With fewer places an interval from drawing whole places would say nothing.
LEAST_PLACES = 5
_WORKERS = 4


@dataclass(frozen=True)
class CountQuestion:
    """Says whose counts are scored, and on what they rest."""

    source: str
    kind: str
    inputs: tuple[str, ...]
    seed: int
    invented: bool


@dataclass(frozen=True)
class _Year:
    """Holds the scores of one calendar year (or of all of them), unit by unit, with the place of each and whether it is affected.

    `pit` is the histogram of the transform over affected units, by model.
    """

    first: int
    last: int
    units: dict[str, UnitScores]
    pit: dict[str, np.ndarray]
    places: np.ndarray
    affected: np.ndarray


def scored_years(history: CountHistory) -> list[int]:
    """Return the months before January of each year that is scored: the newest whole years with enough months before."""
    ends = [month for month in range(int(history.months[0]), history.origin + 1) if month % 12 == 0]
    return [end - 12 for end in ends if end - 14 - int(history.months[0]) + 1 >= NEEDED][-YEARS:]


def count_scores(history: CountHistory, question: CountQuestion) -> list[dict[str, Any]]:
    """Return rows of `scores`: each year and all years together, every model, every metric, over all places and affected ones.

    Each forecast is made from the months to October of the year before. A gain is the baseline's CRPS minus the
    model's, unit by unit; intervals draw whole places with replacement.
    """
    with ThreadPoolExecutor(_WORKERS) as workers:
        years = list(workers.map(lambda end: _year(history, end), scored_years(history)))
    if not years:
        return []
    rows = [row for year in years for row in _rows(year, question, {"origin": last_day(year.first - STEPS[0]).isoformat()})]
    return rows + list(_rows(_joined(years), question, {"windows": len(years)}))


def _year(history: CountHistory, before: int) -> _Year:
    origin = before - STEPS[0] + 1
    past = history.until(origin)
    rows = past.known()
    column = origin - int(history.months[0])
    outcome = history.values[rows][:, [column + step for step in STEPS]]
    there = ~np.isnan(outcome)
    affected = np.nan_to_num(past.values[rows, -AFFECTED:]).max(axis=1, initial=0.0) > 0
    wide = (len(rows), len(STEPS))
    hurt, came = np.broadcast_to(affected[:, None], wide)[there], outcome[there]
    units, pit = {}, {}
    for name, model in COUNT_MODELS.items():
        draws = model(past)(rows, list(STEPS), DRAWS)[there]
        units[name] = score_units(draws, came)
        pit[name] = pit_histogram(draws[hurt], came[hurt]) if hurt.any() else np.full(BINS, np.nan)
    return _Year(before + 1, before + 12, units, pit, np.broadcast_to(rows[:, None], wide)[there], hurt)


def _joined(years: Sequence[_Year]) -> _Year:
    told = [year for year in years if year.affected.any()]
    weights = [int(year.affected.sum()) for year in told]
    return _Year(
        years[0].first,
        years[-1].last,
        {name: UnitScores.joined([year.units[name] for year in years]) for name in COUNT_MODELS},
        {name: np.average([year.pit[name] for year in told], axis=0, weights=weights) for name in COUNT_MODELS if told},
        np.concatenate([year.places for year in years]),
        np.concatenate([year.affected for year in years]),
    )


def _rows(year: _Year, question: CountQuestion, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for model, units in year.units.items():
        for end, chosen in (("", np.ones(len(year.places), dtype=bool)), (ONLY, year.affected)):
            if chosen.any():
                for found in _metrics(year, model, chosen, question.seed):
                    yield _row(year, question, about, model, {**found, "metric": found["metric"] + end})
        if "windows" in about:
            for part, share in enumerate(units.pit, start=1):
                yield _row(year, question, about, model, {"metric": f"pit:{part}", "value": float(share)})
            for part, share in enumerate(year.pit.get(model, ()), start=1):
                yield _row(year, question, about, model, {"metric": f"pit{ONLY}:{part}", "value": float(share)})


def _metrics(year: _Year, model: str, chosen: np.ndarray, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the mean of every metric, and the gain over each baseline, with intervals."""
    units, places = year.units[model].rows(chosen), year.places[chosen]
    counts = {"rows": len(places), "events": int((units.observed > 0).sum())}
    values = {"crps": units.crps, "ignorance": units.ignorance, "interval_score": units.interval_score}
    values |= {"coverage90": units.covered.astype(np.float64)}
    values |= {f"twcrps{threshold}": tail for threshold, tail in units.tail.items()}
    for name in METRICS:
        yield {"metric": name, "value": float(values[name].mean()), **_ends(values[name], places, seed), **counts}
    for baseline in BASELINES:
        if baseline == model:
            continue
        theirs = year.units[baseline].rows(chosen).crps
        skill = 1 - float(units.crps.mean() / theirs.mean()) if theirs.mean() > 0 else None
        gain = theirs - units.crps
        yield {
            "metric": "crps_gain", "value": float(gain.mean()), **_ends(gain, places, seed), "baseline": baseline, "skill": skill, **counts,
        }  # fmt: skip


def _ends(values: np.ndarray, places: np.ndarray, seed: int) -> dict[str, float | None]:
    if len(np.unique(places)) < LEAST_PLACES:
        return {"low": None, "high": None}
    low, high = mean_interval(values, places, seed)
    return {"low": low, "high": high}


def _row(year: _Year, question: CountQuestion, about: dict[str, Any], model: str, found: dict[str, Any]) -> dict[str, Any]:
    target = TARGET + question.kind
    parameters = {
        "source": question.source, "steps": [STEPS[0], STEPS[-1]], "draws": DRAWS, "places": len(np.unique(year.places)), **about,
    }  # fmt: skip
    key = (target, question.source, question.invented, model, found["metric"], found.get("baseline"))
    if question.invented:
        parameters["invented"] = True
    return {
        "id": stable_id("sco", *key, year.first, year.last, "all years" if "windows" in about else "one year"),
        "inputs": list(question.inputs),
        "method": "rolling-origin",
        "parameters": json.dumps(parameters),
        "model": model,
        "target": target,
        "window_from": first_day(year.first),
        "window_to": last_day(year.last),
        "vintage": "final",
        **found,
    }
