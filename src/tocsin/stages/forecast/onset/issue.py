"""Issues forecasts of onset from one origin: the shown model's chance for every country, with the spread of refits and a baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.methods.log_pool import log_pool
from tocsin.stages.forecast.methods.recalibrate import recalibrate
from tocsin.stages.forecast.methods.spread import REFITS, refit_interval
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.onset.inputs import COLUMNS, onset_inputs
from tocsin.stages.forecast.onset.labels import onset_outcome
from tocsin.stages.forecast.onset.models import MODELS, STACK
from tocsin.stages.forecast.onset.rolling import STACKED, OnsetRound, rolling_onsets
from tocsin.stages.forecast.onset.rows import HORIZON, CountryYears
from tocsin.stages.forecast.panel import Array

BASELINE = "climatology"


@dataclass(frozen=True)
class OnsetRisk:
    """Holds the forecast for one country: chance of an onset in the two years after the origin, its 90% interval, and what stands beside it."""

    code: int
    name: str
    probability: float
    low: float
    high: float
    climatology: float
    rank: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class OnsetIssue:
    """Holds the forecasts of one origin, highest first, with the weights of the stack and the shift of its level in log-odds."""

    origin: int
    weights: dict[str, float]
    shift: float
    risks: tuple[OnsetRisk, ...]


def issue_onsets(rows: CountryYears, seed: int, threads: int = 1, watch: Callable[[int], None] = lambda _: None) -> OnsetIssue:
    """Return the forecasts from the last year of `rows`; weights and level rest on earlier origins that were answered by then.

    The interval is the spread of refits on resampled countries, in log-odds: it says how unsure the model is of its own
    number, and not how wrong the model may be. The result depends on rows and seed alone.
    """
    used = {name: MODELS[name] for name in (BASELINE, *STACKED)}
    last = rolling_onsets(rows, seed, threads, watch, used)[-1]
    given, inputs = last.probabilities[STACK], onset_inputs(rows)
    low, high = refit_interval(given, _refits(rows, inputs, last, seed))
    order = np.lexsort((rows.codes[last.rows], -given))
    risks = [
        OnsetRisk(
            code=int(rows.codes[row]),
            name=str(rows.names[row]),
            probability=float(given[at]),
            low=float(low[at]),
            high=float(high[at]),
            climatology=float(last.probabilities[BASELINE][at]),
            rank=rank,
            missing=tuple(name for name, value in zip(COLUMNS, inputs[row], strict=True) if np.isnan(value)),
        )
        for rank, (at, row) in enumerate(zip(order.tolist(), last.rows[order].tolist(), strict=True), start=1)
    ]
    return OnsetIssue(last.year, dict(last.weights), last.shift, tuple(risks))


def _refits(rows: CountryYears, inputs: Array, last: OnsetRound, seed: int) -> list[Array]:
    labels = onset_outcome(rows, HORIZON).values
    weights = np.array([last.weights[name] for name in STACKED])
    of_country = [np.flatnonzero((rows.codes == code) & ~np.isnan(labels)) for code in np.unique(rows.codes)]
    stream = np.random.default_rng([seed, last.year])
    found = []
    for _ in range(REFITS):
        drawn = np.concatenate([of_country[one] for one in stream.integers(0, len(of_country), len(of_country))])
        training = Training(inputs[drawn], labels[drawn], 0, HORIZON, seed)
        columns = np.column_stack([MODELS[name](training, inputs[last.rows]) for name in STACKED])
        found.append(bounded(recalibrate(log_pool(columns, weights), last.shift)))
    return found
