"""The stack: a mixture of models whose weights won the best log score at earlier origins."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array

ROUNDS = 200
#: Pull to equal weights, in events. Of free to equal weights, the nearly equal ones had the best log score at origins that score nothing.
PULL = 50.0


def simplex_weights(forecasts: Array, labels: Array, pull: float = PULL) -> Array:
    """Return weights (non-negative, sum one) that give the mixture the best log score on past forecasts, drawn towards equal ones.

    Expectation-maximisation for mixture weights: w_k <- (sum over rows of w_k q_k / sum_j w_j q_j + pull / K) / (rows + pull),
    where q is the probability that a model gave to what happened. Rows without the event say next to nothing about the
    weights, so `pull` counts like so many events that speak for equal weights (a Dirichlet prior). Where events are few,
    equal weights are hard to beat: Hall and Mitchell 2007, Int. J. Forecasting 23; Smith and Wallis 2009, Oxford
    Bulletin of Economics and Statistics 71.

    Args:
        forecasts: rows x models, probabilities of the event; without rows the weights are equal.
        labels: rows, 0 or 1.
        pull: weight of the pull to equal weights, in events.

    >>> simplex_weights(np.array([[0.9, 0.5], [0.1, 0.5]]), np.array([1.0, 0.0]), 0).round(2).tolist()
    [1.0, 0.0]
    >>> simplex_weights(np.array([[0.9, 0.5], [0.1, 0.5]]), np.array([1.0, 0.0])).round(2).tolist()
    [0.51, 0.49]
    """
    given = np.where(labels[:, None] == 1, forecasts, 1 - forecasts)
    rows, models = forecasts.shape
    weights = np.full(models, 1 / models)
    if not rows:
        return weights
    for _ in range(ROUNDS):
        share = weights * given
        weights = ((share / share.sum(axis=1, keepdims=True)).sum(axis=0) + pull / models) / (rows + pull)
    return np.asarray(weights)


def mix(forecasts: Array, weights: Array) -> Array:
    """Return the weighted mean of the models' probabilities."""
    return np.asarray(forecasts @ weights)
