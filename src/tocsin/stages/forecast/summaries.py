"""What was fitted, as numbers a person can read: coefficients, rates, weights and importance. No model is ever stored.

A model is made again from the tables and the seed; its summary is kept as JSON beside the forecasts.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from tocsin.stages.forecast.backtest import Round, training_rows
from tocsin.stages.forecast.features import FEATURES, features_at
from tocsin.stages.forecast.methods import MODELS, Training
from tocsin.stages.forecast.methods.boosting import Shape
from tocsin.stages.forecast.methods.logit import C, Scale, fit
from tocsin.stages.forecast.methods.persistence import LAST_YEAR
from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import Target
from tocsin.stages.forecast.why import moved_by


def summary(panel: Panel, target: Target, last: Round, shown: str, seed: int) -> dict[str, Any]:
    """Return what every model learned for one target at the last origin.

    `importance` of a model is the mean over today's territories of how far each input moves its forecast, in
    log-odds, against the same forecast with this input at the median of the training rows.
    """
    inputs = {year: features_at(panel, year) for year in panel.years}
    training = training_rows(panel, inputs, target, panel.years[-1], seed)
    scale, now = Scale.of(training.inputs), inputs[panel.years[-1]][last.rows]
    return {
        "target": target.name,
        "horizon_months": target.months,
        "lead_years": target.lead,
        "origin": panel.origin.isoformat(),
        "shown": shown,
        "stack_weights": {name: round(float(weight), 4) for name, weight in last.weights.items()},
        "training": {
            "rows": len(training.labels),
            "events": int(training.labels.sum()),
            "first_origin": panel.years[0],
            "last_origin": panel.years[-1] - target.answered_after,
        },
        "inputs": [
            {"input": name, "median": _short(scale.median[i]), "mean": _short(scale.mean[i]), "spread": _short(scale.spread[i])}
            for i, name in enumerate(FEATURES)
        ],
        "models": {name: {**_learned(name, training, scale), "importance": _importance(name, training, scale, now)} for name in MODELS},
    }


def _learned(name: str, training: Training, scale: Scale) -> dict[str, Any]:
    if name == "climatology":
        return {"rate": _short(training.rate)}
    if name == "persistence":
        above = training.inputs[:, LAST_YEAR] >= np.log1p(training.threshold)
        return {"rate_above": _rate(training.labels[above]), "rate_below": _rate(training.labels[~above])}
    if name == "logit" and len(np.unique(training.labels)) > 1:
        model = fit(training, scale)
        return {
            "inverse_penalty": C,
            "intercept": _short(float(model.intercept_[0])),
            "coefficients": {feature: _short(float(value)) for feature, value in zip(FEATURES, model.coef_[0], strict=True)},
        }
    return {"settings": {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(Shape()).items()}} if name == "boosting" else {}


def _importance(name: str, training: Training, scale: Scale, now: Array) -> dict[str, float]:
    moved = moved_by(lambda inputs: MODELS[name](training, inputs), now, np.broadcast_to(scale.median, now.shape))
    sizes = np.abs(moved).mean(axis=0)
    order = np.argsort(-sizes, kind="stable")
    return {FEATURES[i]: round(float(sizes[i]), 3) for i in order if sizes[i] >= 0.0005}


def _rate(labels: Array) -> float:
    return _short((labels.sum() + 0.5) / (len(labels) + 1.0))


def _short(value: float) -> float:
    return round(float(value), 5)
