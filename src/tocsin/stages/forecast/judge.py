"""Scores every model over the evaluation years against climatology and persistence, and picks the one shown first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.model.targets import BASELINES
from tocsin.stages.forecast.backtest import STACK, Round
from tocsin.stages.forecast.evaluation import brier, log_losses, mean_interval
from tocsin.stages.forecast.evaluation.bootstrap import group_interval
from tocsin.stages.forecast.methods import MODELS
from tocsin.stages.forecast.ordering import alert_metrics, order_metrics
from tocsin.stages.forecast.panel import Array
from tocsin.stages.forecast.targets import Target

#: Origins before this year choose the model; origins from this year on score it. Fixed before any score was seen.
EVALUATE_FROM = 2012


@dataclass(frozen=True)
class Pool:
    """Holds forecasts and answers of several origins, row by row."""

    probabilities: dict[str, Array]
    labels: Array
    places: np.ndarray
    years: np.ndarray
    first: int
    last: int

    def about(self, target: Target, model: str, inputs: list[str]) -> dict[str, Any]:
        """Return what every row of `scores` over these origins says beside its metric."""
        return {
            "inputs": inputs,
            "method": "rolling-origin",
            "parameters": json.dumps({"horizon_months": target.months, "first_origin": self.first, "last_origin": self.last}),
            "model": model,
            "target": target.name,
            "window_from": dt.date(self.first + target.lead + 1, 1, 1),
            "window_to": dt.date(self.last + target.answered_after, 12, 31),
            "vintage": "final",
        }


def pool(rounds: Sequence[Round], first: int, last: int) -> Pool | None:
    """Return the answered rows of origins `first` to `last`; None where there are none."""
    chosen = [(r, ~np.isnan(r.labels)) for r in rounds if first <= r.year <= last]
    chosen = [(r, k) for r, k in chosen if k.any()]
    if not chosen:
        return None
    names = (*MODELS, STACK)
    probabilities = {n: np.concatenate([r.probabilities[n][k] for r, k in chosen]) for n in names}
    labels, places = np.concatenate([r.labels[k] for r, k in chosen]), np.concatenate([r.rows[k] for r, k in chosen])
    years = np.concatenate([np.full(int(k.sum()), r.year) for r, k in chosen])
    return Pool(probabilities, labels, places, years, chosen[0][0].year, chosen[-1][0].year)


def choose(rounds: Sequence[Round]) -> str:
    """Return the model with the best pooled log score at origins before the evaluation years.

    The rule looks at no evaluation year. Without earlier origins the stack is taken.
    """
    past = pool(rounds, 0, EVALUATE_FROM - 1)
    if past is None:
        return STACK
    return min(past.probabilities, key=lambda name: (float(log_losses(past.probabilities[name], past.labels).mean()), name))


def score_rows(target: Target, rounds: Sequence[Round], inputs: list[str], seed: int) -> list[dict[str, Any]]:
    """Return rows of `scores`: every model, every metric, over all evaluation origins."""
    evaluated = pool(rounds, EVALUATE_FROM, 10_000)
    if evaluated is None:
        return []
    rows: list[dict[str, Any]] = []
    for model in evaluated.probabilities:
        rows += [_row(target, model, metric, evaluated, inputs) for metric in _metrics(model, evaluated, target.deaths, seed)]
    return rows


def _metrics(model: str, at: Pool, deaths: int, seed: int) -> list[dict[str, Any]]:
    given, label = at.probabilities[model], at.labels
    losses, squares = log_losses(given, label), brier(given, label)
    found: list[dict[str, Any]] = []
    for name, values in (("log_loss", losses), ("brier", squares)):
        low, high = mean_interval(values, at.places, seed)
        found.append({"metric": name, "value": float(values.mean()), "low": low, "high": high})
    for baseline in BASELINES:
        reference = log_losses(at.probabilities[baseline], label)
        low, high = mean_interval(reference - losses, at.places, seed)
        skill = 1 - float(losses.mean() / reference.mean())
        gain = float((reference - losses).mean())
        found.append({"metric": "log_score_gain", "value": gain, "low": low, "high": high, "baseline": baseline, "skill": skill})
        low, high = group_interval(reference - losses, reference, at.places, seed)
        found.append({"metric": "log_score_skill", "value": skill, "low": low, "high": high, "baseline": baseline})
    found += order_metrics(given, label, at.places, at.years, seed)
    found += alert_metrics(given, label, at.places, at.years, deaths)
    return found


def _row(target: Target, model: str, metric: dict[str, Any], at: Pool, inputs: list[str]) -> dict[str, Any]:
    return {
        "id": stable_id("sco", target.name, target.months, model, metric["metric"], metric.get("baseline")),
        **at.about(target, model, inputs),
        "rows": len(at.labels),
        "events": int(at.labels.sum()),
        **metric,
    }
