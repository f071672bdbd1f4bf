"""Why a forecast is what it is: which inputs moved it, which past cases were most alike, and what followed there."""

from __future__ import annotations

from typing import Any

import numpy as np

from tocsin.stages.forecast.backtest import training_rows
from tocsin.stages.forecast.features import COVARIATE_OF, FEATURES, features_at, in_system
from tocsin.stages.forecast.methods.logit import Scale, fit
from tocsin.stages.forecast.panel import Array, Panel
from tocsin.stages.forecast.targets import Target, deaths_after, labels

SHOWN = 3


def reasons(panel: Panel, target: Target, places: np.ndarray, seed: int) -> list[dict[str, Any]]:
    """Return for each row the inputs that moved the logit most, and the most similar territory-years before.

    Contributions are coefficient times standardised input, in log-odds against the average territory-year.
    They describe the logit, which every shown mixture leans on; they are no causes.
    """
    inputs = {year: features_at(panel, year) for year in panel.years}
    origin = panel.years[-1]
    training = training_rows(panel, inputs, target, origin, seed)
    scale = Scale.of(training.inputs)
    now = scale.apply(inputs[origin][places])
    moved = now * fit(training, scale).coef_[0] if len(np.unique(training.labels)) > 1 else np.zeros_like(now)
    cases, keys, after = _cases(panel, inputs, target, scale)
    return [
        {"inputs": _moved(moved[row]), "similar": _similar(now[row], cases, keys, after, panel, int(places[row]))}
        for row in range(len(places))
    ]


def missing_inputs(panel: Panel, places: np.ndarray) -> list[list[str]]:
    """Return the covariates that no recent figure gives, by row."""
    now = features_at(panel, panel.years[-1])[places]
    return [
        [COVARIATE_OF[name] for name, value in zip(FEATURES, row, strict=True) if name in COVARIATE_OF and np.isnan(value)] for row in now
    ]


def _moved(contributions: Array) -> list[dict[str, Any]]:
    order = np.argsort(-np.abs(contributions))[:SHOWN]
    return [{"input": FEATURES[i], "log_odds": round(float(contributions[i]), 2)} for i in order]


def _cases(panel: Panel, inputs: dict[int, Array], target: Target, scale: Scale) -> tuple[Array, list[tuple[int, int]], Array]:
    blocks, keys, after = [], [], []
    for year in panel.years:
        known = np.flatnonzero(~np.isnan(labels(panel, year, target)) & in_system(panel, year))
        blocks.append(scale.apply(inputs[year][known]))
        keys += [(int(place), year) for place in known]
        after.append(deaths_after(panel, year, target.years, target.lead)[known])
    return np.vstack(blocks), keys, np.concatenate(after)


def _similar(now: Array, cases: Array, keys: list[tuple[int, int]], after: Array, panel: Panel, place: int) -> list[dict[str, Any]]:
    """Return the nearest cases, at most one a territory and none of the territory itself."""
    shown: list[dict[str, Any]] = []
    used = {place}
    for number in np.argsort(((cases - now) ** 2).sum(axis=1))[: 20 * SHOWN]:
        where, year = keys[number]
        if where in used:
            continue
        used.add(where)
        shown.append({"territory": panel.territories[where], "year": year, "deaths_after": int(after[number])})
        if len(shown) == SHOWN:
            break
    return shown
