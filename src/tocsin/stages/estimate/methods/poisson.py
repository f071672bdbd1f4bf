"""Fits a Poisson regression with a log link by Newton steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PoissonFit:
    """Holds the coefficients, their covariance, the fitted means and the log likelihood without its constant."""

    coefficients: Array
    covariance: Array
    means: Array
    log_likelihood: float


def fit_poisson(design: Array, counts: Array, start: Array | None = None) -> PoissonFit | None:
    """Maximise the Poisson likelihood with log mean = design x coefficients; None where it does not converge.

    Each step is halved until the likelihood does not fall. The caller has checked that a maximum exists.
    """
    beta: Array = start if start is not None else np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0].astype(np.float64)
    value = _log_likelihood(design, counts, beta)
    for _ in range(200):
        means = np.exp(design @ beta)
        information = design.T @ (design * means[:, None])
        score = design.T @ (counts - means)
        step = _solve(information, score)
        if step is None:
            return None
        scale = 1.0
        while True:
            moved = beta + scale * step
            reached = _log_likelihood(design, counts, moved)
            if reached >= value - 1e-10 * (1 + abs(value)) or scale < 1e-8:
                break
            scale /= 2
        beta, value = moved, reached
        if float(np.abs(scale * step).max(initial=0.0)) < 1e-9:
            means = np.exp(design @ beta)
            covariance = _solve(design.T @ (design * means[:, None]), np.eye(design.shape[1]))
            return None if covariance is None else PoissonFit(beta, covariance, means, value)
    return None


def _solve(matrix: Array, right: Array) -> Array | None:
    try:
        found: Array = np.linalg.solve(matrix, right).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    return found if np.isfinite(found).all() else None


def _log_likelihood(design: Array, counts: Array, beta: Array) -> float:
    predictor = design @ beta
    if predictor.max(initial=0.0) > 700:
        return -np.inf
    return float(counts @ predictor - np.exp(predictor).sum())
