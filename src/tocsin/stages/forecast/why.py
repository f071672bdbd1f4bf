"""Why a forecast is what it is: which inputs moved it, what changed since the origin before, which past cases were most alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.stages.forecast.backtest import Round, parts, training_rows
from tocsin.stages.forecast.features import COVARIATE_OF, FEATURES, features_at, in_system
from tocsin.stages.forecast.methods import MODELS, Training, mix
from tocsin.stages.forecast.methods.logit import Scale
from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import Target, deaths_after, labels

#: Similar cases shown, and similar cases counted for how often the event followed.
SHOWN = 3
COUNTED = 20
#: A contribution smaller than this, in log-odds, says nothing.
SILENT = 0.005

Model = Callable[[Array], Array]


@dataclass(frozen=True)
class Shown:
    """Holds what `reasons` explains: the model shown, at the last two origins."""

    panel: Panel
    target: Target
    last: Round
    before: Round | None
    model: str
    seed: int


def reasons(shown: Shown) -> list[dict[str, Any]]:
    """Return for each row why the shown model gives what it gives.

    `inputs`: for each known input its value and what it moves: log-odds of the forecast less log-odds of the same
    model with this input at its median. `changed`: the forecast at the origin before, and what each input moved since;
    `refit` is what the same inputs would have moved by learning from one year more. `similar`: the past
    territory-years with the most similar inputs and the deaths that followed; `followed`: in how many of the
    nearest ones the event came. All of it describes a model; none of it is a cause.
    """
    panel, target = shown.panel, shown.target
    inputs = {year: features_at(panel, year) for year in panel.years}
    training = training_rows(panel, inputs, target, panel.years[-1], shown.seed)
    scale = Scale.of(training.inputs)
    now, past = inputs[panel.years[-1]][shown.last.rows], inputs[panel.years[-2]][shown.last.rows]
    usual = np.broadcast_to(scale.median, now.shape)
    asked = (_variants(now, usual), _variants(now, past), past)
    odds = _log_odds(_model(shown, training)(np.vstack(asked)))  # asked once, so that the model is fitted once
    first, second, same = np.split(odds, np.cumsum([len(block) for block in asked[:2]]))
    moved, since, given = _moved(first, now, usual), _moved(second, now, past), first[: len(now)]
    cases = _cases(panel, inputs, target, scale)
    standard = scale.apply(now)
    earlier = _earlier(shown)
    return [
        {
            "model": shown.model,
            "inputs": _listed(moved[row], now[row]),
            "changed": _changed(since[row], now[row], past[row], earlier.get(int(place)), float(given[row]), float(same[row])),
            **_similar(standard[row], cases, panel, int(place), target),
        }
        for row, place in enumerate(shown.last.rows)
    ]


def missing_inputs(panel: Panel, places: np.ndarray) -> list[list[str]]:
    """Return the covariates that no recent figure gives, by row."""
    now = features_at(panel, panel.years[-1])[places]
    return [
        [COVARIATE_OF[name] for name, value in zip(FEATURES, row, strict=True) if name in COVARIATE_OF and np.isnan(value)] for row in now
    ]


def moved_by(ask: Model, now: Array, other: Array) -> Array:
    """Return rows x inputs: log-odds of the forecast less its log-odds with one input replaced by that of `other`.

    An input that is missing on either side moves nothing. All variants are asked at once, so that a model is fitted once.

    >>> moved_by(lambda x: 1 / (1 + np.exp(-2 * x[:, 0])), np.array([[1.5]]), np.array([[1.0]])).round(6).tolist()
    [[1.0]]
    """
    return _moved(_log_odds(ask(_variants(now, other))), now, other)


def _variants(now: Array, other: Array) -> Array:
    """Return the rows of `now`, then the same rows once an input, with that input taken from `other`."""
    columns = now.shape[1]
    variants = np.repeat(now[None, :, :], columns + 1, axis=0)
    for column in range(columns):
        variants[column + 1, :, column] = other[:, column]
    return np.asarray(variants.reshape(-1, columns))


def _moved(odds: Array, now: Array, other: Array) -> Array:
    rows, columns = now.shape
    by_input = odds.reshape(columns + 1, rows)
    return np.where(np.isnan(now) | np.isnan(other), 0.0, (by_input[0] - by_input[1:]).T)


def natural(name: str, value: float) -> float | None:
    """Return an input on the scale that people know: deaths and persons, not their logarithms; None where it is missing."""
    if np.isnan(value):
        return None
    if name in COVARIATE_OF:
        return round(float(np.exp(value)), 1)
    return float(value) if name.startswith("years") else round(float(np.expm1(value)), 1)


def _model(shown: Shown, training: Training) -> Model:
    names, weights = parts(shown.model, shown.last)

    def ask(inputs: Array) -> Array:
        return mix(np.column_stack([MODELS[name](training, inputs) for name in names]), weights)

    return ask


def _log_odds(probability: Array) -> Array:
    return np.asarray(np.log(probability) - np.log1p(-probability))


def _earlier(shown: Shown) -> Mapping[int, float]:
    if shown.before is None:
        return {}
    return dict(zip(shown.before.rows.tolist(), shown.before.probabilities[shown.model].tolist(), strict=True))


def _listed(moved: Array, now: Array) -> list[dict[str, Any]]:
    """Return every known input, the one that moved most first."""
    order = [i for i in np.argsort(-np.abs(moved), kind="stable") if not np.isnan(now[i])]
    return [{"input": FEATURES[i], "value": natural(FEATURES[i], now[i]), "log_odds": round(float(moved[i]), 3)} for i in order]


def _changed(moved: Array, now: Array, past: Array, earlier: float | None, given: float, same: float) -> dict[str, Any] | None:
    if earlier is None:
        return None
    order = [i for i in np.argsort(-np.abs(moved), kind="stable") if abs(moved[i]) >= SILENT]
    before = float(_log_odds(np.array([earlier]))[0])
    return {
        "probability_before": earlier,
        "log_odds": round(given - before, 3),
        "refit": round(same - before, 3),
        "inputs": [
            {
                "input": FEATURES[i],
                "before": natural(FEATURES[i], past[i]),
                "now": natural(FEATURES[i], now[i]),
                "log_odds": round(float(moved[i]), 3),
            }
            for i in order
        ],
    }


@dataclass(frozen=True)
class _Cases:
    inputs: Array
    keys: list[tuple[int, int]]
    after: Array


def _cases(panel: Panel, inputs: dict[int, Array], target: Target, scale: Scale) -> _Cases:
    blocks, keys, after = [], [], []
    for year in panel.years:
        known = np.flatnonzero(~np.isnan(labels(panel, year, target)) & in_system(panel, year))
        blocks.append(scale.apply(inputs[year][known]))
        keys += [(int(place), year) for place in known]
        after.append(deaths_after(panel, year, target.years, target.lead)[known])
    return _Cases(np.vstack(blocks), keys, np.concatenate(after))


def _similar(now: Array, cases: _Cases, panel: Panel, place: int, target: Target) -> dict[str, Any]:
    """Return the nearest cases, at most one a territory and none of the territory itself, and what followed in more of them."""
    found: list[dict[str, Any]] = []
    events = 0
    used = {place}
    for number in np.argsort(((cases.inputs - now) ** 2).sum(axis=1), kind="stable"):
        where, year = cases.keys[number]
        if where in used:
            continue
        used.add(where)
        deaths = int(cases.after[number])
        found.append({"territory": panel.territories[where], "year": year, "deaths_after": deaths})
        events += deaths >= target.deaths
        if len(found) == COUNTED:
            break
    return {"similar": found[:SHOWN], "followed": {"cases": len(found), "events": events}}
