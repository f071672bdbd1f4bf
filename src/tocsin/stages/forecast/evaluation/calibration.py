"""Calibration: what happened where about so much was forecast, and how forecasts would have to be stretched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from scipy.stats import beta

from tocsin.stages.forecast.panel import Array

NEWTON_STEPS = 50
#: A step that makes the fit worse is halved at most so often.
HALVINGS = 40


@dataclass(frozen=True)
class CalibrationBin:
    """Holds one group of forecasts of like size: mean forecast, share that came true, exact 95 % interval, rows, events."""

    forecast: float
    observed: float
    low: float
    high: float
    rows: int
    events: int


def calibration_curve(probability: Array, label: Array, bins: int = 10) -> list[CalibrationBin]:
    """Return the curve over groups of like numbers of rows; equal forecasts stay in one group.

    The interval is that of Clopper and Pearson 1934, Biometrika 26.

    >>> calibration_curve(np.array([0.2, 0.2, 0.8, 0.8]), np.array([0.0, 0.0, 1.0, 1.0]), 2)[1].observed
    1.0
    """
    edges = np.unique(np.quantile(probability, np.linspace(0, 1, bins + 1)[1:-1]))
    group = np.searchsorted(edges, probability, side="left")
    return [_bin(probability[group == g], label[group == g]) for g in np.unique(group)]


def _bin(probability: Array, label: Array) -> CalibrationBin:
    rows, events = len(label), int(label.sum())
    low = float(beta.ppf(0.025, events, rows - events + 1)) if events else 0.0
    high = float(beta.ppf(0.975, events + 1, rows - events)) if events < rows else 1.0
    return CalibrationBin(float(probability.mean()), events / rows, low, high, rows, events)


def calibration_line(probability: Array, label: Array) -> tuple[float, float] | None:
    """Return intercept and slope of the logistic regression of labels on the log-odds of the forecasts; None if not identified.

    Honest forecasts have 0 and 1; a slope below 1 says that they are too extreme. Not identified: one kind of answer, one forecast
    for all, or forecasts that part the answers without an error. Reference: Cox 1958, Biometrika 45.
    """
    odds = np.log(probability) - np.log1p(-probability)
    if label.min() == label.max() or np.ptp(odds) < 1e-9:
        return None
    design = np.column_stack([np.ones(len(odds)), odds])
    line = np.array([0.0, 1.0])
    for _ in range(NEWTON_STEPS):
        fitted = expit(design @ line)
        curvature = design.T @ (design * (fitted * (1 - fitted))[:, None])
        step = np.linalg.lstsq(curvature, design.T @ (label - fitted), rcond=None)[0]
        share = _share(design, label, line, step)
        line = line + share * step
        if share * np.abs(step).max() < 1e-8:
            return float(line[0]), float(line[1])
    return None


def _share(design: Array, label: Array, line: Array, step: Array) -> float:
    """Return how much of a Newton step to take: the first of 1, 1/2, 1/4, ... that does not make the fit worse; 0 where none does."""
    before = _cost(design @ line, label)
    for halvings in range(HALVINGS):
        if _cost(design @ (line + step / 2**halvings), label) <= before:
            return 1 / float(2**halvings)
    return 0.0


def _cost(odds: Array, label: Array) -> float:
    """Return the summed log score of chances given as log-odds, without overflow: ln(1 + e^x) - y x."""
    return float((np.logaddexp(0, odds) - label * odds).sum())
