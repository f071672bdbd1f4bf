"""The pool of log-odds: models mixed on the scale of evidence, with simplex weights that won the log score earlier."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from tocsin.stages.forecast.evaluation.scores import log_losses
from tocsin.stages.forecast.panel import Array

#: Strength of the pull to equal weights, in events' worth of evidence: few events decide little.
PULL = 10.0


def pool(forecasts: Array, weights: Array) -> Array:
    """Return the pooled probability: log-odds(p) = sum of w_k log-odds(p_k).

    Reference: Genest and Zidek 1986, Statistical Science 1 (logarithmic opinion pool).

    >>> pool(np.array([[0.5, 0.8]]), np.array([0.5, 0.5])).round(3).tolist()
    [0.667]
    """
    odds = np.log(forecasts) - np.log1p(-forecasts)
    return np.asarray(1 / (1 + np.exp(-(odds @ weights))))


def pool_weights(forecasts: Array, labels: Array, pull: float = PULL) -> Array:
    """Return weights (non-negative, sum one) with the best log score of the pool on past forecasts, drawn towards equal ones.

    Minimises sum of log scores - pull * mean of ln(K w_k): the second part is a Dirichlet prior around equal weights, so a
    short record moves them little and no model is ever dropped for good.
    """
    count = forecasts.shape[1]
    if not len(labels):
        return np.full(count, 1 / count)

    def loss(free: Array) -> float:
        weights = _softmax(free)
        return float(log_losses(pool(forecasts, weights), labels).sum() - pull * np.log(count * weights).mean())

    found = minimize(loss, np.zeros(count), method="L-BFGS-B")
    return _softmax(found.x)


def _softmax(free: Array) -> Array:
    share = np.exp(free - free.max())
    return np.asarray(share / share.sum())
