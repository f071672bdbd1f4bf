"""The models, baselines first: one file each, chosen by name from this list."""

from collections.abc import Callable, Mapping

from tocsin.stages.forecast.methods.boosting import boosting
from tocsin.stages.forecast.methods.climatology import climatology
from tocsin.stages.forecast.methods.logit import logit
from tocsin.stages.forecast.methods.persistence import persistence
from tocsin.stages.forecast.methods.stack import mix, simplex_weights
from tocsin.stages.forecast.methods.training import Training
from tocsin.stages.forecast.panel import Array

#: Name -> function of the training rows and the inputs to forecast for.
MODELS: Mapping[str, Callable[[Training, Array], Array]] = {
    "climatology": climatology,
    "persistence": persistence,
    "logit": logit,
    "boosting": boosting,
}

#: What the stack mixes: the fitted models. A baseline in the mixture would only take weight that a short record cannot take back.
STACKED = ("logit", "boosting")

__all__ = ["MODELS", "STACKED", "Training", "mix", "simplex_weights"]
