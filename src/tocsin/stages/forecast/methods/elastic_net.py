"""The elastic net for yes-or-no labels, with its penalty chosen by cross-validated deviance.

Minimises  -loglik / n + lambda * (alpha * |b|_1 + (1 - alpha) / 2 * |b|_2^2)  over standardised columns, the intercept free,
along the path of lambda that `glmnet` takes, by proximal Newton steps whose inner problem is solved by coordinate descent.
Reference: Friedman, Hastie and Tibshirani 2010, J. Statistical Software 33(1).

Own code and not a library: the path, the folds and the stopping rules decide which lambda wins, and a compiled loop of one
thread gives the same figure on every computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.panel import Array

ALPHA = 0.5
FOLDS = 10
LAMBDAS = 100
#: Smallest lambda as a share of the largest: with more rows than columns, and otherwise.
RATIO_TALL, RATIO_WIDE = 1e-4, 1e-2
#: The path ends where the deviance explained passes the first figure, or gains less than the second share of itself.
EXPLAINED, GAINED = 0.999, 1e-5
#: Fewest lambdas before the path may end for lack of gain.
FEWEST = 5
#: Steps are repeated until no coefficient moves the objective by more than this share of the null deviance.
TOLERANCE = 1e-7
#: Cross-validation holds probabilities this far from 0 and 1.
HELD = 1e-5


@dataclass(frozen=True)
class ElasticNet:
    """Holds a fitted model: coefficients on the scale of the inputs, and the penalty that won."""

    intercept: float
    coefficients: Array
    penalty: float
    path: Array
    deviance: Array

    def probabilities(self, inputs: Array) -> Array:
        """Return the fitted chance of the event, row by row."""
        return np.asarray(1 / (1 + np.exp(-(self.intercept + inputs @ self.coefficients))))


def fit_elastic_nets(inputs: Array, labels: Array, seeds: Sequence[int], alpha: float = ALPHA) -> list[ElasticNet]:
    """Return, for each seed of the folds, the elastic net at the lambda with the least 10-fold cross-validated deviance.

    Folds are random rows of equal number. A column that never varies gets no coefficient. The path is fitted once.

    Args:
        inputs: rows x columns, without gaps.
        labels: rows, 0 or 1, both present.
        seeds: one net each.
        alpha: share of the absolute penalty; 1 is the lasso.
    """
    if len(np.unique(labels)) < 2:
        raise BadInput("only one class: no model can learn from it", "elastic net", "rows with and without the event", "one kind of row")
    standard = _Standard.of(inputs)
    path, betas = _whole_path(standard.apply(inputs), labels, alpha)
    return [_best(inputs, labels, standard, (path, betas), (seed, alpha)) for seed in seeds]


def _best(inputs: Array, labels: Array, standard: _Standard, whole: tuple[Array, Array], how: tuple[int, float]) -> ElasticNet:
    (path, betas), (seed, alpha) = whole, how
    folds = np.random.default_rng(seed).permutation(np.arange(len(labels)) % FOLDS)
    losses = np.empty((len(path), len(labels)))
    for fold in range(FOLDS):
        held = folds == fold
        again = _Standard.of(inputs[~held])
        fitted, _ = _follow(again.apply(inputs[~held]), labels[~held], path, alpha, stop=False)
        losses[:, held] = _deviances(again.apply(inputs[held]), labels[held], fitted)
    deviance = losses.mean(axis=1)
    best = int(np.argmin(deviance))
    coefficients = betas[best, 1:] / standard.spread
    return ElasticNet(float(betas[best, 0] - coefficients @ standard.mean), coefficients, float(path[best]), path, deviance)


@dataclass(frozen=True)
class _Standard:
    mean: Array
    spread: Array

    @classmethod
    def of(cls, inputs: Array) -> _Standard:
        spread = inputs.std(axis=0)
        return cls(inputs.mean(axis=0), np.where(spread > 0, spread, np.inf))

    def apply(self, inputs: Array) -> Array:
        return np.ascontiguousarray((inputs - self.mean) / self.spread)


def _whole_path(scaled: Array, labels: Array, alpha: float) -> tuple[Array, Array]:
    rows, columns = scaled.shape
    largest = float(np.abs(scaled.T @ (labels - labels.mean())).max()) / rows / max(alpha, 1e-3)
    path = largest * np.geomspace(1.0, RATIO_TALL if rows > columns else RATIO_WIDE, LAMBDAS)
    betas, reached = _follow(scaled, labels, path, alpha, stop=True)
    return path[:reached], betas[:reached]


def _follow(scaled: Array, labels: Array, path: Array, alpha: float, stop: bool) -> tuple[Array, int]:
    betas, reached = _descend(scaled, labels.astype(float), path, alpha, stop)
    betas[reached:] = betas[reached - 1]
    return betas, int(reached)


def _deviances(scaled: Array, labels: Array, betas: Array) -> Array:
    chance = 1 / (1 + np.exp(-(betas[:, :1] + betas[:, 1:] @ scaled.T)))
    chance = np.clip(chance, HELD, 1 - HELD)
    return np.asarray(-2 * np.log(np.where(labels == 1, chance, 1 - chance)))


@njit(cache=True, nogil=True)
def _chances(x: Array, beta: Array) -> Array:
    eta = np.dot(x, beta[1:]) + beta[0]
    return 1 / (1 + np.exp(-eta))


@njit(cache=True, nogil=True)
def _deviance(chance: Array, y: Array) -> float:
    total = 0.0
    for i in range(len(y)):
        p = chance[i] if y[i] == 1 else 1 - chance[i]
        total -= 2 * np.log(max(p, 1e-300))
    return total / len(y)


@njit(cache=True, nogil=True)
def _curvature(x: Array, chance: Array) -> Array:
    """Return the weighted second moments of intercept and columns."""
    rows, columns = x.shape
    weight = np.maximum(chance * (1 - chance), 1e-5) / rows
    full = np.empty((columns + 1, columns + 1))
    weighted = x * weight.reshape(-1, 1)
    full[1:, 1:] = np.dot(weighted.T, x)
    full[0, 0] = weight.sum()
    for j in range(columns):
        full[0, j + 1] = full[j + 1, 0] = weighted[:, j].sum()
    return full


@njit(cache=True, nogil=True)
def _newton_point(beta: Array, slope: Array, full: Array, penalty: float, alpha: float, null: float) -> Array:
    """Return the minimum of the quadratic model plus penalty, by coordinate descent from `beta`."""
    new = beta.copy()
    left = slope.copy()  # slope of the log-likelihood at `new` under the quadratic model
    for _ in range(10_000):
        moved = 0.0
        for j in range(len(beta)):
            if full[j, j] <= 0:
                continue
            pull = left[j] + full[j, j] * new[j]
            if j == 0:
                value = pull / full[j, j]
            else:
                size = abs(pull) - penalty * alpha
                value = np.sign(pull) * size / (full[j, j] + penalty * (1 - alpha)) if size > 0 else 0.0
            step = value - new[j]
            if step != 0:
                new[j] = value
                left -= step * full[:, j]
                moved = max(moved, full[j, j] * step * step)
        if moved < 0.1 * TOLERANCE * null:
            break
    return new


@njit(cache=True, nogil=True)
def _descend(x: Array, y: Array, path: Array, alpha: float, stop: bool) -> tuple[Array, int]:
    """Return coefficients (intercept first) along the path, and how many lambdas were fitted before it ended."""
    rows, columns = x.shape
    betas = np.zeros((len(path), columns + 1))
    rate = y.mean()
    beta = np.zeros(columns + 1)
    beta[0] = np.log(rate / (1 - rate))
    chance = _chances(x, beta)
    null = _deviance(chance, y)
    before = 0.0
    slope = np.empty(columns + 1)
    full = _curvature(x, chance)
    for k in range(len(path)):
        for turn in range(200):
            if turn % 8 == 7 or (turn == 0 and k % 3 == 0):
                full = _curvature(x, chance)
            rest = (y - chance) / rows
            slope[0] = rest.sum()
            slope[1:] = np.dot(rest, x)
            new = _newton_point(beta, slope, full, path[k], alpha, null)
            moved = 0.0
            for j in range(columns + 1):
                moved = max(moved, full[j, j] * (new[j] - beta[j]) ** 2)
            beta = new
            chance = _chances(x, beta)
            if moved < TOLERANCE * null:
                break
        betas[k] = beta
        explained = 1 - _deviance(chance, y) / null
        if stop and (explained > EXPLAINED or (k >= FEWEST and explained - before < GAINED * explained)):
            return betas, k + 1
        before = explained
    return betas, len(path)
