"""Averages probability trees: each leaf says the share of its cases that came true."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from tocsin.stages.forecast.methods.logit import Scale
from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

#: Gives a tree, still to be fitted, and the weights of its training rows, from a stream of random numbers and their count.
Grow = Callable[[np.random.Generator, int], tuple[DecisionTreeClassifier, Array]]


def mean_of_trees(training: Training, inputs: Array, grow: Grow, trees: int) -> Array:
    """Return the mean forecast of so many trees; the training rate where one class was seen. Gaps take the training median.

    Trees are fitted one by one, not by the library's forests: those change the settings of warnings for the whole
    program while they work, so forests fitted side by side would disturb each other.
    Reference for leaves as probabilities: Malley et al. 2012, Methods of Information in Medicine 51.
    """
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    scale = Scale.of(training.inputs)
    seen, now = (np.ascontiguousarray(scale.apply(values), dtype=np.float32) for values in (training.inputs, inputs))
    stream, total = np.random.default_rng(training.seed), np.zeros(len(now))
    for _ in range(trees):
        tree, weights = grow(stream, len(seen))
        total += _share(tree.fit(seen, training.labels, weights, check_input=False), now)
    return bounded(total / trees)


def _share(tree: DecisionTreeClassifier, now: np.ndarray) -> Array:
    """Return the share of events in the leaf of each row; where the tree drew one class only, that class."""
    given = np.asarray(tree.predict_proba(now, check_input=False))
    return given[:, 1] if given.shape[1] > 1 else np.full(len(now), float(tree.classes_[0]))
