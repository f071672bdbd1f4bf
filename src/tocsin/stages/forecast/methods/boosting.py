"""Regularised gradient boosting of shallow trees; missing inputs are a branch of their own."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array


def boosting(training: Training, inputs: Array) -> Array:
    """Return fitted probabilities; the training rate where only one class was ever seen."""
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    model = HistGradientBoostingClassifier(
        max_iter=40,
        learning_rate=0.08,
        max_leaf_nodes=6,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=training.seed,
    )
    return bounded(model.fit(training.inputs, training.labels).predict_proba(inputs)[:, 1])
