"""Inputs of the models at an origin: recent deaths, their history, and slow covariates; only years up to the origin."""

from __future__ import annotations

import warnings

import numpy as np

from tocsin.stages.forecast.panel import CARRY_YEARS, COVARIATES, Array, Panel

#: Names of the columns, in order, in words that a reader of `why` understands.
FEATURES = (
    "one-sided deaths in the last year",
    "one-sided deaths, mean of three years",
    "one-sided deaths, highest of ten years",
    "years with at least 25 one-sided deaths in ten",
    "state-based deaths in the last year",
    "state-based deaths, mean of three years",
    "non-state deaths, mean of three years",
    "population",
    "infant mortality",
    "income per person",
)
COVARIATE_OF = {"population": "population", "infant mortality": "infant_mortality", "income per person": "gdp_per_capita"}


def features_at(panel: Panel, year: int) -> Array:
    """Return the inputs (territory x feature) as known from data up to and including `year`; NaN is missing."""
    last = panel.years.index(year) + 1
    one, state, non = (panel.values[n][:, :last] for n in ("deaths_one_sided", "deaths_state_based", "deaths_non_state"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a territory without any year so far: NaN is the answer
        columns = [
            np.log1p(one[:, -1]),
            np.log1p(np.nanmean(one[:, -3:], axis=1)),
            np.log1p(np.nanmax(one[:, -10:], axis=1)),
            np.nansum(one[:, -10:] >= 25, axis=1).astype(float),
            np.log1p(state[:, -1]),
            np.log1p(np.nanmean(state[:, -3:], axis=1)),
            np.log1p(np.nanmean(non[:, -3:], axis=1)),
        ]
    covariates = [np.log(_carried(panel.values[name][:, :last])) for name in COVARIATES]
    return np.column_stack([*columns, *covariates])


def in_system(panel: Panel, year: int) -> np.ndarray:
    """Return which territories have a row of deaths in `year`: those that exist as states then."""
    return ~np.isnan(panel.values["deaths_one_sided"][:, panel.years.index(year)])


def _carried(values: Array) -> Array:
    """Return the last known value of each row, at most `CARRY_YEARS` old."""
    recent = values[:, -CARRY_YEARS:]
    result = np.full(len(values), np.nan)
    for column in range(recent.shape[1]):
        known = ~np.isnan(recent[:, column]) & (recent[:, column] > 0)
        result[known] = recent[known, column]
    return result
