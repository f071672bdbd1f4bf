"""Fits a log-linear model to counts that vary more than Poisson counts do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Array = npt.NDArray[np.float64]
_TOLERANCE, _ROUNDS = 1e-8, 25


@dataclass(frozen=True)
class Fit:
    """Holds a fitted model.

    Args:
        coefficients: one for each column of the design.
        covariance: of the coefficients, for a dispersion of 1.
        dispersion: Pearson's estimate; may lie under 1.
        relative_dispersion: the same from residuals relative to the mean, (y - m)/m, each with its prior weight alone.
        fitted: the mean of each row.
        leverage: diagonal of the hat matrix.
        freedom: rows with weight, less columns.
    """

    coefficients: Array
    covariance: Array
    dispersion: float
    relative_dispersion: float
    fitted: Array
    leverage: Array
    freedom: int

    def p_value(self, column: int) -> float:
        """Return the two-sided p-value of one coefficient by Student's t, with the relative dispersion.

        `farringtonFlexible` tests the trend so; with Pearson's dispersion fewer trends would stay.
        """
        error = np.sqrt(self.relative_dispersion * self.covariance[column, column])
        return float(2 * stats.t.sf(abs(self.coefficients[column]) / error, self.freedom))


def fit(design: Array, counts: Array, weights: Array | None = None) -> Fit | None:
    """Return the quasi-Poisson fit with log link by iterated weighted least squares, or None where it does not converge.

    The steps, start and stop follow R's `glm`: start at counts + 0.1, stop when the deviance changes by less than
    1e-8 of itself, 25 rounds at most. Reference: McCullagh and Nelder, Generalized Linear Models, 1989, chapter 9.
    """
    weights = np.ones(len(counts)) if weights is None else weights
    if len(counts) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    mean: Array = counts + 0.1
    deviance = _deviance(counts, mean, weights)
    for _ in range(_ROUNDS):
        working = np.log(mean) + (counts - mean) / mean
        root: Array = np.sqrt(weights * mean)
        coefficients: Array = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0].astype(np.float64)
        mean = np.exp(np.clip(design @ coefficients, -700, 700))
        before, deviance = deviance, _deviance(counts, mean, weights)
        if abs(deviance - before) / (abs(deviance) + 0.1) < _TOLERANCE:
            return _summary(design, counts, (weights, root**2), mean, coefficients)
    return None


def _deviance(counts: Array, mean: Array, weights: Array) -> float:
    ratio = np.where(counts > 0, counts, 1.0) / mean
    return float(2 * np.sum(weights * (np.where(counts > 0, counts * np.log(ratio), 0.0) - (counts - mean))))


def _summary(design: Array, counts: Array, weighed: tuple[Array, Array], mean: Array, coefficients: Array) -> Fit | None:
    """Return what follows from the last round; `weighed` holds the prior weights and the working weights of that round."""
    prior, working = weighed
    freedom = len(counts) - design.shape[1]
    q, r = np.linalg.qr(design * np.sqrt(working)[:, None])
    if np.min(np.abs(np.diag(r))) < 1e-11 * max(1.0, float(np.max(np.abs(r)))):
        return None
    inverse = np.linalg.inv(r)
    squares = ((counts - mean) / mean) ** 2
    dispersion, relative = float(np.sum(working * squares) / freedom), float(np.sum(prior * squares) / freedom)
    return Fit(coefficients, inverse @ inverse.T, dispersion, relative, mean, np.sum(q**2, axis=1), freedom)
