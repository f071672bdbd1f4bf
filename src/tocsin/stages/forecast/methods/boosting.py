"""Regularised gradient boosting of shallow trees; missing inputs are a branch of their own."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array


def boosting(training: Training, inputs: Array) -> Array:
    """Return fitted probabilities; the training rate where only one class was seen. An input nobody ever had is left out."""
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
    known = ~np.isnan(training.inputs).all(axis=0)
    with threadpool_limits(limits=1):  # small trees: threads cost more than they bring, and one thread is the same everywhere
        fitted = model.fit(training.inputs[:, known], training.labels)
        return bounded(fitted.predict_proba(inputs[:, known])[:, 1])
