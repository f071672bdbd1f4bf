"""A random forest of probability trees: each leaf says the share of its cases that came true."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from tocsin.stages.forecast.methods.logit import Scale
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

#: Fixed by judgement: large leaves, because events are few and a leaf of five says nothing about one in fifty.
TREES, LEAF = 300, 20


def forest(training: Training, inputs: Array) -> Array:
    """Return fitted probabilities; the training rate where only one class was seen. Gaps take the training median.

    Reference: Breiman 2001, Machine Learning 45; leaves as probabilities: Malley et al. 2012, Methods Inf. Med. 51.
    """
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    scale = Scale.of(training.inputs)
    model = RandomForestClassifier(TREES, min_samples_leaf=LEAF, max_features="sqrt", random_state=training.seed, n_jobs=1)
    fitted = model.fit(scale.apply(training.inputs), training.labels)
    return bounded(fitted.predict_proba(scale.apply(inputs))[:, 1])
