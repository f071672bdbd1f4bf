"""The rolling origin for onsets: at each year train on answered windows, forecast, and let earlier answers weigh and correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from tocsin.stages.forecast.methods.elastic_net import fit_elastic_nets
from tocsin.stages.forecast.methods.log_pool import log_pool, log_pool_weights
from tocsin.stages.forecast.methods.recalibrate import Drift, recalibrate, shift_weights
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.onset.inputs import onset_inputs
from tocsin.stages.forecast.onset.labels import onset_outcome
from tocsin.stages.forecast.onset.models import MODELS, STACK
from tocsin.stages.forecast.onset.rows import HORIZON, PUBLISHED_INPUTS, CountryYears
from tocsin.stages.forecast.panel import Array

#: Years of data before the first origin, whose forecasts later weigh and correct the stack.
WARM_UP = 14
#: Which models the stack mixes: a smooth one and one of many small steps. At origins up to 1990 no further member brought anything.
STACKED = ("logit_world", "random_cuts")
DRIFT = Drift()
#: Fitted one origin after the other: while it works, its library empties the settings of warnings for the whole program, and
#: whatever fits beside it would warn again and again.
ALONE = ("boosting",)
#: The two years ahead lie on average this far after the last answered year.
MIDDLE = 1.5


@dataclass(frozen=True)
class OnsetRound:
    """Holds one origin: which rows, what each model said, what came in two years and in one (NaN: not known), and the stack's weights and shift."""

    year: int
    rows: np.ndarray
    probabilities: Mapping[str, Array]
    labels: Array
    next_year: Array
    weights: Mapping[str, float]
    shift: float


def first_origin(rows: CountryYears) -> int:
    """Return the first year from which is forecast: `WARM_UP` years of data lie before it."""
    return int(rows.years.min()) + WARM_UP


def rolling_onsets(
    rows: CountryYears,
    seed: int,
    threads: int = 1,
    watch: Callable[[int], None] = lambda _: None,
    models: Mapping[str, Callable[[Training, Array], Array]] = MODELS,
) -> list[OnsetRound]:
    """Return one round a year from `WARM_UP` years after the first, the last one being the forecast nobody can score yet.

    At origin F a training row of year y is used if its answer was known by the end of F, so y + 2 <= F. Weights and
    correction of the stack rest on rounds that were answered by F. Nothing later than F is touched. Origins are fitted
    side by side: the number of threads changes the time and nothing else. `watch` is told of each that is done. `models`
    are the members that are fitted; those in `STACKED` must be among them.
    """
    inputs, two_years = onset_inputs(rows), onset_outcome(rows, HORIZON)
    labels, next_year = two_years.values, onset_outcome(rows, 1).values

    def fitted(year: int, names: Iterable[str]) -> dict[str, Array]:
        known = ~np.isnan(two_years.known_by(dt.date(year, 12, 31)).values)
        training = Training(inputs[known], labels[known], 0, HORIZON, seed)
        return {name: models[name](training, inputs[rows.years == year]) for name in names}

    def single(year: int) -> OnsetRound:
        now = np.flatnonzero(rows.years == year)
        given = fitted(year, [name for name in models if name not in ALONE])
        watch(year)
        return OnsetRound(year, now, given, labels[now], next_year[now], {}, 0.0)

    with ThreadPoolExecutor(threads) as workers:
        singles = list(workers.map(single, range(first_origin(rows), rows.last_year + 1)))
    alone = [name for name in models if name in ALONE]
    singles = [replace(one, probabilities={**one.probabilities, **fitted(one.year, alone)}) for one in singles]
    rounds: list[OnsetRound] = []
    for one in singles:
        rounds.append(_stacked(rounds, one))
    return rounds


def _stacked(rounds: list[OnsetRound], now: OnsetRound) -> OnsetRound:
    """Return the round with the stack: mixed with weights, then corrected for drift, both from answered rounds only.

    Weights need answers to the two-year question. The correction looks at single years, which are answered a year sooner
    and do not overlap: the chance of a year is 1 - sqrt(1 - chance of two).
    """
    past, came = _answered([(r, r.labels) for r in rounds if r.year + HORIZON <= now.year])
    weights = log_pool_weights(np.vstack(past), np.concatenate(came)) if past else np.full(len(STACKED), 1 / len(STACKED))
    recent, happened = _answered([(r, r.next_year) for r in rounds if r.year + 1 <= now.year])
    _, shift = shift_weights([1 - np.sqrt(1 - log_pool(columns, weights)) for columns in recent], happened, MIDDLE, DRIFT)
    stack = bounded(recalibrate(log_pool(_columns(now), weights), shift))
    named = dict(zip(STACKED, weights.tolist(), strict=True))
    return replace(now, probabilities={**now.probabilities, STACK: stack}, weights=named, shift=shift)


def _answered(rounds: list[tuple[OnsetRound, Array]]) -> tuple[list[Array], list[Array]]:
    known = [~np.isnan(labels) for _, labels in rounds]
    forecasts = [_columns(at)[k] for (at, _), k in zip(rounds, known, strict=True)]
    return forecasts, [labels[k] for (_, labels), k in zip(rounds, known, strict=True)]


def _columns(at: OnsetRound) -> Array:
    return np.column_stack([at.probabilities[name] for name in STACKED])


def replicate(
    rows: CountryYears, origins: range, seeds: Sequence[int], threads: int = 1, watch: Callable[[int], None] = lambda _: None
) -> list[Mapping[int, Array]]:
    """Return, for each fold seed, the elastic net's forecast for the rows of each origin year, as its authors make it.

    Trained on complete rows of years up to origin - 2 with the label of the file; a row with a gap gets NaN. Origins are
    independent of each other, so the number of threads changes the time and nothing else.
    """
    inputs = rows.matrix(PUBLISHED_INPUTS)
    complete: np.ndarray = np.asarray(~np.isnan(inputs).any(axis=1))

    def one(year: int) -> list[Array]:
        trained = complete & (rows.years + HORIZON <= year) & ~np.isnan(rows.given)
        nets = fit_elastic_nets(inputs[trained], rows.given[trained], seeds)
        now = rows.years == year
        watch(year)
        return [np.where(complete[now], net.probabilities(np.nan_to_num(inputs[now])), np.nan) for net in nets]

    with ThreadPoolExecutor(threads) as workers:
        made = list(workers.map(one, origins))
    return [{year: given[number] for year, given in zip(origins, made, strict=True)} for number in range(len(seeds))]
