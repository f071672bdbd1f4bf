"""The stack: a mixture of models whose weights won the best log score at earlier origins."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.panel import Array

ROUNDS = 200


def simplex_weights(forecasts: Array, labels: Array) -> Array:
    """Return weights (non-negative, sum one) that give the mixture the best mean log score on past forecasts.

    Expectation-maximisation for mixture weights: w_k <- mean over rows of w_k q_k / sum_j w_j q_j, where q is the
    probability that a model gave to what happened. Reference: Hall and Mitchell 2007, Int. J. Forecasting 23.

    Args:
        forecasts: rows x models, probabilities of the event.
        labels: rows, 0 or 1.

    >>> simplex_weights(np.array([[0.9, 0.5], [0.1, 0.5]]), np.array([1.0, 0.0])).round(2).tolist()
    [1.0, 0.0]
    """
    given = np.where(labels[:, None] == 1, forecasts, 1 - forecasts)
    weights = np.full(forecasts.shape[1], 1 / forecasts.shape[1])
    for _ in range(ROUNDS):
        share = weights * given
        weights = (share / share.sum(axis=1, keepdims=True)).mean(axis=0)
    return np.asarray(weights)


def mix(forecasts: Array, weights: Array) -> Array:
    """Return the weighted mean of the models' probabilities."""
    return np.asarray(forecasts @ weights)
