"""Regularised gradient boosting of shallow trees; missing inputs are a branch of their own."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from tocsin.stages.forecast.methods.training import Training, bounded
from tocsin.stages.forecast.panel import Array

#: One fit at a time: while it works, the library changes the settings of warnings for the whole program.
FITTING = Lock()


@dataclass(frozen=True)
class Shape:
    """Says how trees grow; fixed beforehand, never tuned on scored years.

    Args:
        trees: how many, one after the other.
        rate: how much of each tree is taken.
        leaves: most leaves of a tree.
        smallest: fewest rows in a leaf.
        penalty: quadratic penalty on leaf values.
        share: share of the inputs that each split may see.
        bags: how many forecasts with other seeds are averaged.
        rising: columns that may only raise the forecast.
    """

    trees: int = 40
    rate: float = 0.08
    leaves: int = 6
    smallest: int = 40
    penalty: float = 5.0
    share: float = 1.0
    bags: int = 1
    rising: tuple[int, ...] = ()


def boosting(training: Training, inputs: Array, shape: Shape | None = None) -> Array:
    """Return fitted probabilities; the training rate where only one class was seen. An input nobody ever had is left out."""
    if len(np.unique(training.labels)) < 2:
        return bounded(np.full(len(inputs), training.rate))
    own = shape or Shape()
    known: np.ndarray = np.asarray(~np.isnan(training.inputs).all(axis=0))
    with FITTING, threadpool_limits(limits=1):  # small trees: threads cost more than they bring, and one thread is the same everywhere
        given = [_one(training, inputs, known, own, bag) for bag in range(own.bags)]
    return bounded(np.mean(given, axis=0))


def _one(training: Training, inputs: Array, known: np.ndarray, shape: Shape, bag: int) -> Array:
    model = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        learning_rate=shape.rate,
        max_leaf_nodes=shape.leaves,
        min_samples_leaf=shape.smallest,
        l2_regularization=shape.penalty,
        max_features=shape.share,
        monotonic_cst=[1 if column in shape.rising else 0 for column in np.flatnonzero(known)],
        early_stopping=False,
        random_state=training.seed + bag,
    )
    fitted = model.fit(training.inputs[:, known], training.labels)
    return np.asarray(fitted.predict_proba(inputs[:, known])[:, 1])
