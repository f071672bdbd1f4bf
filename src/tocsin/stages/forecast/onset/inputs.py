"""Inputs of Tocsin's own onset models: the published columns and what their history says, never a later year."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np

from tocsin.stages.forecast.onset.rows import PUBLISHED_INPUTS, CountryYears
from tocsin.stages.forecast.panel import Array

#: The five inputs that match the 39: size, poverty, past mass killing, war, coup.
FIVE = ("popsize.log2", "un_imr_sqrt", "mk_ever", "battledeaths.log2", "coup.try.5yr")
HISTORY = (
    "battle deaths, highest of 5 years",
    "battle deaths, mean of 3 years",
    "battle deaths, rise over the 3 years before",
    "years of war in 10",
    "years since an onset",
    "years since a mass killing went on",
    "onsets in 5 years",
    "onsets elsewhere in the region in 5 years",
    "share of the region with a mass killing",
    "rank of infant mortality in the year",
    "change of infant mortality in 5 years",
    "growth, mean of 3 years",
)
#: How the world has been lately; the same for all countries of a year.
WORLD = {"share of countries with an onset in 5 years": 5, "share of countries with an onset in 10 years": 10}
#: What belongs to the country itself, and everything.
OWN = (*PUBLISHED_INPUTS, *HISTORY)
COLUMNS = (*OWN, *WORLD)
#: A slow column is carried on at most this many years where it has gaps.
CARRIED = ("popsize.log2", "gdppcgrowth", "un_imr_sqrt")
CARRY_YEARS = 5
#: "Never yet" counts as this many years since.
NEVER = 60.0
REGIONS = ("reg.na", "reg.eap", "reg.sca", "reg.mna", "reg.eur")


def onset_inputs(rows: CountryYears) -> Array:
    """Return rows x `COLUMNS`; NaN is missing.

    Each row rests on rows of the same year and of earlier years only, so changing a later year changes nothing.
    """
    columns = {name: rows.inputs[name].copy() for name in PUBLISHED_INPUTS}
    for name in CARRIED:
        columns[name] = _by_country(rows, columns[name], _carry)
    war, onset = columns["battledeaths.log2"], rows.events
    running = columns["mk_ongoing_count_log2"] > 0
    region = columns["reg.na"] * 0 + sum((i + 1) * columns[name] for i, name in enumerate(REGIONS))
    own5 = _by_country(rows, onset, lambda values: _window(values, 5, np.nansum))
    history = [
        _by_country(rows, war, lambda values: _window(values, 5, np.nanmax)),
        _by_country(rows, war, lambda values: _window(values, 3, np.nanmean)),
        _by_country(rows, war, _rise),
        _by_country(rows, (war > 0).astype(float), lambda values: _window(values, 10, np.nansum)),
        _by_country(rows, onset, _since),
        _by_country(rows, running.astype(float), _since),
        own5,
        _elsewhere(region, rows.years, own5, share=False),
        _elsewhere(region, rows.years, running.astype(float), share=True),
        _rank_in_year(columns["un_imr_sqrt"], rows.years),
        _by_country(rows, columns["un_imr_sqrt"], _change),
        _by_country(rows, columns["gdppcgrowth"], lambda values: _window(values, 3, np.nanmean)),
    ]
    world = [_world_share(rows, years) for years in WORLD.values()]
    return np.column_stack([*columns.values(), *history, *world])


def _world_share(rows: CountryYears, last: int) -> Array:
    """Return the mean share of countries in which a mass killing began a year, over the last years up to each row's own."""
    first = int(rows.years.min())
    known, number = ~np.isnan(rows.events), rows.last_year - first + 1
    began, countries = (np.bincount(rows.years[known] - first, w, number) for w in (rows.events[known], None))
    share = np.where(countries > 0, began / np.maximum(countries, 1), np.nan)
    return _window(share, last, np.nanmean)[rows.years - first]


def _by_country(rows: CountryYears, values: Array, step: Callable[[Array], Array]) -> Array:
    """Return `step` of each country's series laid out by calendar year: a missing year is a gap, not a neighbor."""
    result = np.empty(len(values))
    for code in np.unique(rows.codes):
        of = np.flatnonzero(rows.codes == code)
        own = rows.years[of] - rows.years[of[0]]
        series = np.full(int(own[-1]) + 1, np.nan)
        series[own] = values[of]
        result[of] = step(series)[own]
    return result


def _window(series: Array, years: int, of: Callable[..., Array]) -> Array:
    padded = np.concatenate([np.full(years - 1, np.nan), series])
    views = np.lib.stride_tricks.sliding_window_view(padded, years)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nothing known in the window: NaN is the answer
        return np.asarray(of(views, axis=1))


def _rise(series: Array) -> Array:
    before = _window(np.concatenate([[np.nan], series[:-1]]), 3, np.nanmean)
    return series - np.where(np.isnan(before), series, before)


def _change(series: Array) -> Array:
    return series - np.concatenate([np.full(min(5, len(series)), np.nan), series])[: len(series)]


def _carry(series: Array) -> Array:
    result = series.copy()
    for age in range(1, CARRY_YEARS + 1):
        older = np.concatenate([np.full(min(age, len(series)), np.nan), series])[: len(series)]
        result = np.where(np.isnan(result), older, result)
    return result


def _since(series: Array) -> Array:
    years, result = NEVER, np.empty(len(series))
    for i, value in enumerate(series.tolist()):
        years = 0.0 if value > 0 else min(years + 1, NEVER)
        result[i] = years
    return np.log1p(result)


def _elsewhere(region: Array, years: np.ndarray, values: Array, share: bool) -> Array:
    result = np.empty(len(values))
    known = np.nan_to_num(values)
    for year in np.unique(years):
        for place in np.unique(region[years == year]):
            of = (years == year) & (region == place)
            others = known[of].sum() - known[of]
            result[of] = others / max(int(of.sum()) - 1, 1) if share else others
    return result


def _rank_in_year(values: Array, years: np.ndarray) -> Array:
    result = np.full(len(values), np.nan)
    for year in np.unique(years):
        of = (years == year) & ~np.isnan(values)
        result[of] = (values[of][:, None] > values[of][None, :]).mean(axis=1) if of.any() else np.nan
    return result
