"""The random forest: trees that each learn from rows drawn again and take the best cut of a few inputs."""

from __future__ import annotations

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from tocsin.stages.forecast.methods.training import Training
from tocsin.stages.forecast.methods.trees import mean_of_trees
from tocsin.stages.forecast.panel import Array

TREES = 300
#: Large leaves, because events are few: a leaf of five says nothing about one in fifty.
LEAF = 20


def forest(training: Training, inputs: Array) -> Array:
    """Return the mean of the trees. Reference: Breiman 2001, Machine Learning 45."""
    return mean_of_trees(training, inputs, _grow, TREES)


def _grow(stream: np.random.Generator, count: int) -> tuple[DecisionTreeClassifier, Array]:
    number = int(stream.integers(2**31))
    drawn = np.bincount(stream.integers(0, count, count), minlength=count).astype(float)
    return DecisionTreeClassifier(min_samples_leaf=LEAF, max_features="sqrt", random_state=number), drawn
