"""The logarithmic pool: models mixed on the log-odds, with weights that won the best log score at earlier origins."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.methods.stack import PULL
from tocsin.stages.forecast.panel import Array

ROUNDS = 200


def log_pool(forecasts: Array, weights: Array) -> Array:
    """Return the probability whose log-odds are the weighted mean of the models' log-odds.

    Unlike the mean of probabilities, a model that says "next to never" can hold back one that says "perhaps". Genest and
    Zidek 1986, Statistical Science 1.

    >>> log_pool(np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0.5, 0.5])).round(2).tolist()
    [0.5, 0.5]
    """
    return np.asarray(1 / (1 + np.exp(-(_log_odds(forecasts) @ weights))))


def log_pool_weights(forecasts: Array, labels: Array, pull: float = PULL) -> Array:
    """Return weights (non-negative, sum one) that give the pool the best log score on past forecasts, drawn towards equal ones.

    Maximises sum of log scores + pull / K * sum of log w_k, which is concave in w, by exponentiated gradient (Kivinen and
    Warmuth 1997, Inf. Comput. 132) from equal weights, a fixed number of rounds.

    Args:
        forecasts: rows x models, probabilities of the event; without rows the weights are equal.
        labels: rows, 0 or 1.
        pull: weight of the pull to equal weights, in events.

    >>> log_pool_weights(np.array([[0.9, 0.5], [0.1, 0.5]] * 50), np.array([1.0, 0.0] * 50), 1.0).round(1).tolist()
    [1.0, 0.0]
    """
    models = forecasts.shape[1]
    odds, weights = _log_odds(forecasts), np.full(models, 1 / models)
    if not len(labels):
        return weights
    for turn in range(ROUNDS):
        slope = odds.T @ (labels - log_pool(forecasts, weights)) + pull / models / weights
        slope -= weights @ slope
        weights = weights * np.exp(0.5 * slope / (np.abs(slope).max() + 1e-12) / (1 + turn / 10))
        weights /= weights.sum()
    return np.asarray(weights)


def _log_odds(forecasts: Array) -> Array:
    return np.asarray(np.log(forecasts) - np.log1p(-forecasts))
