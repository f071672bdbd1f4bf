"""Issues the forecasts: every territory, target and horizon, with interval, baseline, reasons and state of the window."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import item_id, stable_id
from tocsin.model.periods import add_months, window_after
from tocsin.model.targets import YEAR_AHEAD
from tocsin.stages.forecast.ahead import ahead_targets
from tocsin.stages.forecast.backtest import STACK, Round, learnable, parts, rolling, training_rows
from tocsin.stages.forecast.band_scores import Level, band_score_rows
from tocsin.stages.forecast.by_window import window_rows
from tocsin.stages.forecast.counts import count_draws
from tocsin.stages.forecast.features import FEATURES, features_at
from tocsin.stages.forecast.judge import choose, score_rows
from tocsin.stages.forecast.methods import MODELS, STACKED, Training, mix
from tocsin.stages.forecast.methods.spread import REFITS, refit_interval
from tocsin.stages.forecast.panel import Array, Panel, build_panel
from tocsin.stages.forecast.summaries import summary
from tocsin.stages.forecast.targets import TARGETS, Target
from tocsin.stages.forecast.track_record import record_rows
from tocsin.stages.forecast.vintage import Issuing, refuse_leaks
from tocsin.stages.forecast.why import Shown, missing_inputs, reasons

#: What renews a forecast whose window has begun; pages say the sentence around it in the reader's language.
RENEW = "tocsin collect ucdp_country_year --from FILE"


@dataclass(frozen=True)
class Issue:
    """Holds what one act of forecasting gives; `models` says what every model learned, one summary a target."""

    forecasts: pa.Table
    scores: pa.Table
    input_sets: pa.Table
    models: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Case:
    """Holds what the rows of one issue share."""

    panel: Panel
    issued_at: dt.date
    seed: int
    training_set: str
    inputs: Mapping[int, Array]

    def issuing(self, target: Target) -> Issuing:
        """Return origin, day of issue and window of a target."""
        before = add_months(self.panel.origin, 12 * target.lead)
        return Issuing(self.panel.origin, self.issued_at, window_after(before, target.months))


def issue_forecasts(figures: Iterable[Mapping[str, Any]], issued_at: dt.date, seed: int) -> Issue:
    """Return forecasts for every territory of the last year with data, and the scores of every model.

    Empty tables where there are no yearly deaths, or too few years of them to learn from. The result
    depends on the figures, the day and the seed alone.

    Raises:
        BadInput: a figure stands twice, was not yet known at `issued_at`, or gives the answer away.
    """
    panel = build_panel(figures, issued_at)
    if panel is None:
        return Issue(tables.empty("forecasts"), tables.empty("scores"), tables.empty("input_sets"))
    set_row = _training_set(panel)
    inputs = {year: features_at(panel, year) for year in panel.years}
    case = Case(panel, issued_at, seed, set_row["id"], inputs)
    rows: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    models: list[dict[str, Any]] = []
    shown: dict[tuple[int, int], list[Level]] = {}
    places = np.empty(0, dtype=int)
    for target in (t for t in (*TARGETS, *ahead_targets(panel.origin, issued_at)) if learnable(panel, t)):
        known = training_rows(panel, inputs, target, panel.years[-1], seed)
        refuse_leaks(FEATURES, known.inputs, known.labels)
        rounds = rolling(panel, target, seed)
        chosen, places = choose(rounds), rounds[-1].rows
        rows += _probability_rows(case, target, rounds, chosen)
        scores += score_rows(target, rounds, [set_row["id"]], seed)
        scores += window_rows(target, rounds, [set_row["id"]], seed)
        scores += record_rows(target, rounds, chosen, panel.territories, [set_row["id"]])
        models.append(summary(panel, target, rounds[-1], chosen, seed))
        shown.setdefault((target.years, target.lead), []).append(Level(rounds, chosen))
    for (years, lead), levels in shown.items():
        counted = Target(f"one_sided_count{YEAR_AHEAD if lead else ''}", 0, years, lead)
        probabilities = np.column_stack([level.rounds[-1].probabilities[level.chosen] for level in levels])
        rows += _count_rows(case, counted, probabilities, places)
        scores += band_score_rows(panel, counted, levels, [set_row["id"]], seed)
    return Issue(
        tables.from_rows("forecasts", rows), tables.from_rows("scores", scores), tables.from_rows("input_sets", [set_row]), tuple(models)
    )


def _training_set(panel: Panel) -> dict[str, Any]:
    label = f"yearly deaths and covariates of {len(panel.territories)} territories, {panel.years[0]} to {panel.years[-1]}"
    inputs = [item_id(sha) for sha in panel.items]
    return {
        "id": stable_id("set", *inputs, label),
        "inputs": inputs,
        "method": "panel",
        "parameters": None,
        "label": label,
        "size": len(panel.ids),
    }


def _probability_rows(case: Case, target: Target, rounds: list[Round], chosen: str) -> list[dict[str, Any]]:
    last, before = rounds[-1], rounds[-2]
    low, high = _intervals(case, target, last, chosen)
    why = reasons(Shown(case.panel, target, last, before, chosen, case.seed))
    missing = missing_inputs(case.panel, last.rows)
    previous = dict(zip(before.rows.tolist(), range(len(before.rows)), strict=True))
    rows = []
    for model, given in last.probabilities.items():
        ranks = (-given).argsort(kind="stable").argsort() + 1
        for row, place in enumerate(last.rows.tolist()):
            earlier = before.probabilities[model][previous[place]] if place in previous else None
            rows.append(
                {
                    **_common(case, target, place, model),
                    "chosen": model == chosen,
                    "probability": float(given[row]),
                    "low": float(low[row]) if model == chosen else None,
                    "high": float(high[row]) if model == chosen else None,
                    "climatology": float(last.probabilities["climatology"][row]),
                    "previous": float(earlier) if earlier is not None else None,
                    "rank": int(ranks[row]),
                    "why": json.dumps(why[row]) if model == chosen else None,
                    "missing": missing[row],
                }
            )
    return rows


def _count_rows(case: Case, target: Target, probabilities: Array, places: np.ndarray) -> list[dict[str, Any]]:
    draws = count_draws(case.panel, probabilities, target.years, places, case.seed)
    rows = []
    for row, place in enumerate(places.tolist()):
        low, high = np.quantile(draws[row], [0.05, 0.95])
        common = _common(case, target, place, "bands")
        rows.append(
            {**common, "chosen": True, "low": float(low), "high": float(high), "draws": draws[row].astype(int).tolist(), "missing": []}
        )
    return rows


def _common(case: Case, target: Target, place: int, model: str) -> dict[str, Any]:
    panel = case.panel
    territory, issuing = panel.territories[place], case.issuing(target)
    recent = [i for year in panel.years[-3:] for i in panel.ids.get((territory, year), ())]
    return {
        "id": stable_id("fct", target.name, target.months, territory, panel.origin, model, case.issued_at),
        "inputs": [case.training_set, *recent],
        "method": model,
        "parameters": json.dumps({"seed": case.seed, "first_year": panel.years[0], "stack_of": list(STACKED) if model == STACK else None}),
        "target": target.name,
        "territory": territory,
        "origin": issuing.origin,
        "horizon_months": target.months,
        "window_from": issuing.window.start,
        "window_to": issuing.window.end,
        "issued_at": issuing.issued_at,
        "stale": not issuing.ahead,
        "renew": None if issuing.ahead else RENEW,
        "model": model,
        "vintage": panel.vintage,
    }


def _intervals(case: Case, target: Target, last: Round, chosen: str) -> tuple[Array, Array]:
    """Return the 90% interval of the shown model's own number: the spread of refits on resampled countries, in log-odds."""
    given = last.probabilities[chosen]
    stream = np.random.default_rng([case.seed, target.deaths, target.years])
    refits = [_refit(case, target, last, chosen, stream) for _ in range(REFITS)]
    return refit_interval(given, refits)


def _refit(case: Case, target: Target, last: Round, chosen: str, stream: np.random.Generator) -> Array:
    panel, inputs = case.panel, case.inputs
    picks = stream.integers(0, len(panel.territories), len(panel.territories))
    drawn = Panel(panel.territories, panel.years, {k: v[picks] for k, v in panel.values.items()}, {}, ())
    training: Training = training_rows(drawn, {year: rows[picks] for year, rows in inputs.items()}, target, drawn.years[-1], case.seed)
    now = inputs[panel.years[-1]][last.rows]
    names, weights = parts(chosen, last)
    given = np.column_stack([MODELS[name](training, now) for name in names])
    return mix(given, weights)
