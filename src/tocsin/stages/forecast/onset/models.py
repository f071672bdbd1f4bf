"""The onset models, baselines first: an explicit list; the stack mixes those in `STACKED`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tocsin.stages.forecast.methods.boosting import Shape, boosting
from tocsin.stages.forecast.methods.climatology import climatology
from tocsin.stages.forecast.methods.forest import forest
from tocsin.stages.forecast.methods.logit import logit
from tocsin.stages.forecast.methods.random_cuts import random_cuts
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.onset.inputs import COLUMNS, FIVE, OWN, WORLD
from tocsin.stages.forecast.panel import Array

Model = Callable[[Training, Array], Array]
#: Nearly no penalty: five inputs need none.
FREE = 1.0
RISING = (
    "popsize.log2",
    "un_imr_sqrt",
    "battledeaths.log2",
    "mk_ever",
    "coup.try.5yr",
    "discrimpop",
    "battle deaths, highest of 5 years",
    "battle deaths, mean of 3 years",
    "years of war in 10",
    "onsets in 5 years",
    "share of the region with a mass killing",
    "rank of infant mortality in the year",
)
SHAPE = Shape(
    trees=60, rate=0.05, leaves=4, smallest=40, penalty=5.0, share=0.3, bags=5, rising=tuple(COLUMNS.index(name) for name in RISING)
)


def persistence(training: Training, inputs: Array) -> Array:
    """Return the training rate among rows in the same state: a mass killing goes on, there was one before, there was none."""
    before, now = _state(training.inputs), _state(inputs)
    result = np.empty(len(inputs))
    for state in np.unique(now):
        same = training.labels[before == state]
        result[now == state] = (same.sum() + 0.5) / (len(same) + 1.0)
    return bounded(result)


def logit5(training: Training, inputs: Array) -> Array:
    """Return the logistic regression on five inputs: size, infant mortality, past mass killing, battle deaths, coup."""
    return _on(FIVE, training, inputs)


def logit_world(training: Training, inputs: Array) -> Array:
    """Return the logistic regression on the five inputs and on how many onsets the world saw lately."""
    return _on((*FIVE, *WORLD), training, inputs)


def _on(names: Sequence[str], training: Training, inputs: Array) -> Array:
    chosen = [COLUMNS.index(name) for name in names]
    return logit(replace(training, inputs=training.inputs[:, chosen]), inputs[:, chosen], FREE)


def _of_country(model: Model) -> Model:
    """Return a model that sees the inputs of the country alone: what is the same for a whole year tells trees the year."""

    def own(training: Training, inputs: Array) -> Array:
        return model(replace(training, inputs=training.inputs[:, : len(OWN)]), inputs[:, : len(OWN)])

    return own


def boosted(training: Training, inputs: Array) -> Array:
    """Return boosted trees in which danger can only raise the forecast."""
    return boosting(training, inputs, SHAPE)


def _state(inputs: Array) -> np.ndarray:
    ever = inputs[:, COLUMNS.index("mk_ever")] > 0
    return ever.astype(int) + (inputs[:, COLUMNS.index("mk_ongoing_count_log2")] > 0)


MODELS: Mapping[str, Model] = {
    "climatology": climatology,
    "persistence": persistence,
    "logit5": logit5,
    "logit_world": logit_world,
    "forest": _of_country(forest),
    "random_cuts": _of_country(random_cuts),
    "boosting": _of_country(boosted),
}
CLONE, STACK, PUBLISHED = "ewp_clone", "stack", "ewp_published"
