"""Logistic regression on standardised inputs, lightly shrunk; missing inputs take the training median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

#: Inverse strength of the quadratic penalty on standardised coefficients; fixed beforehand, never tuned.
C = 0.1


@dataclass(frozen=True)
class Scale:
    """Holds what standardising needs, taken from training rows only."""

    median: Array
    mean: Array
    spread: Array

    @classmethod
    def of(cls, inputs: Array) -> Scale:
        """Return median, mean and spread by column; a constant column gets a spread of one, an empty one a median of zero."""
        known = ~np.isnan(inputs).all(axis=0)
        median = np.zeros(inputs.shape[1])
        median[known] = np.nanmedian(inputs[:, known], axis=0)
        filled = np.where(np.isnan(inputs), median, inputs)
        spread = filled.std(axis=0)
        return cls(median, filled.mean(axis=0), np.where(spread > 0, spread, 1.0))

    def apply(self, inputs: Array) -> Array:
        """Return inputs with gaps filled and columns standardised."""
        return np.asarray((np.where(np.isnan(inputs), self.median, inputs) - self.mean) / self.spread)


def logit(training: Training, inputs: Array, strength: float = C) -> Array:
    """Return fitted probabilities; the training rate where only one class was ever seen."""
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    scale = Scale.of(training.inputs)
    model = fit(training, scale, strength)
    return bounded(model.predict_proba(scale.apply(inputs))[:, 1])


def fit(training: Training, scale: Scale, strength: float = C) -> LogisticRegression:
    """Return the fitted regression on standardised inputs."""
    return LogisticRegression(C=strength, max_iter=500).fit(scale.apply(training.inputs), training.labels)
