"""Scores of every model in every single window, so that no bad year disappears in a mean."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.model.targets import BASELINES
from tocsin.stages.forecast.backtest import Round
from tocsin.stages.forecast.evaluation import brier, log_losses
from tocsin.stages.forecast.judge import EVALUATE_FROM
from tocsin.stages.forecast.panel import Array
from tocsin.stages.forecast.targets import Target

#: Draws of whole countries behind each interval.
DRAWS = 500


def window_rows(target: Target, rounds: Sequence[Round], inputs: list[str], seed: int) -> list[dict[str, Any]]:
    """Return rows of `scores` for each answered window and model: log loss, Brier score, and gain over each baseline.

    Intervals (95%) draw countries with replacement. `parameters` says by `role` whether the window helped to choose
    the model shown first (`choice`) or was kept back to test it (`test`).
    """
    return [row for one in rounds for row in _window(target, one, inputs, seed)]


def _window(target: Target, one: Round, inputs: list[str], seed: int) -> Iterator[dict[str, Any]]:
    known = ~np.isnan(one.labels)
    if not known.any():
        return
    label = one.labels[known]
    losses = {model: log_losses(given[known], label) for model, given in one.probabilities.items()}
    columns: list[tuple[str, str, str | None, Array]] = []
    for model, loss in losses.items():
        columns.append((model, "log_loss", None, loss))
        columns.append((model, "brier", None, brier(one.probabilities[model][known], label)))
        columns += [(model, "log_score_gain", name, losses[name] - loss) for name in BASELINES if name != model]
    values = np.column_stack([column[3] for column in columns])
    ends = _ends(values, np.random.default_rng([seed, one.year, target.deaths, target.years, target.lead]))
    for number, (model, metric, baseline, _) in enumerate(columns):
        skill = None
        if baseline is not None:
            skill = 1 - float(losses[model].mean() / losses[baseline].mean())
        yield {
            "id": stable_id("sco", target.name, target.months, model, metric, baseline, one.year),
            "inputs": inputs,
            "method": "rolling-origin, one window",
            "parameters": _parameters(target, one),
            "model": model,
            "target": target.name,
            "window_from": dt.date(one.year + target.lead + 1, 1, 1),
            "window_to": dt.date(one.year + target.answered_after, 12, 31),
            "metric": metric,
            "value": float(values[:, number].mean()),
            "low": float(ends[0, number]),
            "high": float(ends[1, number]),
            "baseline": baseline,
            "skill": skill,
            "rows": len(label),
            "events": int(label.sum()),
            "vintage": "final",
        }


def _parameters(target: Target, one: Round) -> str:
    role = "test" if one.year >= EVALUATE_FROM else "choice"
    return json.dumps({"horizon_months": target.months, "origin": one.year, "lead_years": target.lead, "role": role})


def _ends(values: Array, stream: np.random.Generator) -> Array:
    """Return the 95% interval of each column's mean when its rows, one a country, are drawn with replacement."""
    size = len(values)
    weights = stream.multinomial(size, np.full(size, 1 / size), size=DRAWS).astype(float)
    return np.asarray(np.quantile(weights @ values / size, [0.025, 0.975], axis=0))
