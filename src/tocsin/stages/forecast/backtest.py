"""The rolling-origin backtest: at each origin, train on what was known, forecast, and wait for the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.features import features_at, in_system
from tocsin.stages.forecast.methods import MODELS, STACKED, Training, mix, simplex_weights
from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import Target, labels

#: Fewest years of data before the first origin, and fewest earlier origins before the stack is fitted.
FIRST_ORIGIN_AFTER = 10
STACK_AFTER = 4
STACK = "stack"


@dataclass(frozen=True)
class Round:
    """Holds the forecasts of every model at one origin, and what happened where that is known."""

    year: int
    rows: np.ndarray
    probabilities: Mapping[str, Array]
    labels: Array
    weights: Mapping[str, float]


Fitted = Callable[[str, Training, Array], Array]


def learnable(panel: Panel, target: Target) -> bool:
    """Return True where two origins can be compared and the first of them has an answered year to learn from."""
    if len(panel.years) < FIRST_ORIGIN_AFTER + 2:
        return False
    return panel.years[0] + target.answered_after <= panel.years[FIRST_ORIGIN_AFTER]


def rolling(panel: Panel, target: Target, seed: int) -> list[Round]:
    """Return one round an origin, in order of time, the last one being the forecast that nobody can score yet.

    Nothing later than an origin is touched: training rows are those whose window was over by then, and
    the stack's weights rest on earlier rounds whose answer was known by then.
    """
    rounds: list[Round] = []
    inputs = {year: features_at(panel, year) for year in panel.years}
    for year in panel.years[FIRST_ORIGIN_AFTER:]:
        training = training_rows(panel, inputs, target, year, seed)
        rows = np.flatnonzero(in_system(panel, year))
        given = {name: model(training, inputs[year][rows]) for name, model in MODELS.items()}
        weights = stack_weights(rounds, target, year)
        given[STACK] = mix(np.column_stack([given[name] for name in STACKED]), weights)
        rounds.append(Round(year, rows, given, labels(panel, year, target)[rows], dict(zip(STACKED, weights.tolist(), strict=True))))
    return rounds


def parts(model: str, at: Round) -> tuple[tuple[str, ...], Array]:
    """Return which models are behind the forecast of `model` at an origin, with their weights: itself, unless it is the stack."""
    return (STACKED, np.array([at.weights[name] for name in STACKED])) if model == STACK else ((model,), np.ones(1))


def training_rows(panel: Panel, inputs: Mapping[int, Array], target: Target, origin: int, seed: int) -> Training:
    """Return every territory-year whose window had ended by the end of `origin`."""
    blocks, answers = [], []
    for year in panel.years:
        if year + target.answered_after > origin:
            break
        known = ~np.isnan(labels(panel, year, target)) & in_system(panel, year)
        blocks.append(inputs[year][known])
        answers.append(labels(panel, year, target)[known])
    return Training(np.vstack(blocks), np.concatenate(answers), target.deaths, target.years, seed)


def stack_weights(rounds: list[Round], target: Target, origin: int) -> Array:
    """Return the weights of the mixture from earlier rounds that were answered by `origin`; equal weights before that."""
    answered = [r for r in rounds if r.year + target.answered_after <= origin]
    if len(answered) < STACK_AFTER:
        return np.full(len(STACKED), 1 / len(STACKED))
    known = [~np.isnan(r.labels) for r in answered]
    forecasts = np.vstack([np.column_stack([r.probabilities[m][k] for m in STACKED]) for r, k in zip(answered, known, strict=True)])
    return simplex_weights(forecasts, np.concatenate([r.labels[k] for r, k in zip(answered, known, strict=True)]))
