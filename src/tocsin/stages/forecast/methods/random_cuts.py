"""Extremely randomized trees: each learns from all rows and draws where it cuts, so the mean over trees is smooth."""

from __future__ import annotations

import numpy as np
from sklearn.tree import DecisionTreeClassifier, ExtraTreeClassifier

from tocsin.stages.forecast.methods.training import Training
from tocsin.stages.forecast.methods.trees import mean_of_trees
from tocsin.stages.forecast.panel import Array

TREES = 300
#: Random cuts blur by themselves, so leaves may be smaller than those of the random forest.
LEAF = 10
#: Share of the inputs that a tree may weigh at each split: without choosing the cut it can afford many.
SHARE = 0.4


def random_cuts(training: Training, inputs: Array) -> Array:
    """Return the mean of the trees. Reference: Geurts, Ernst and Wehenkel 2006, Machine Learning 63."""
    return mean_of_trees(training, inputs, _grow, TREES)


def _grow(stream: np.random.Generator, count: int) -> tuple[DecisionTreeClassifier, Array]:
    tree = ExtraTreeClassifier(min_samples_leaf=LEAF, max_features=SHARE, random_state=int(stream.integers(2**31)))
    return tree, np.ones(count)
