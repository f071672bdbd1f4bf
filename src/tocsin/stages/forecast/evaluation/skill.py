"""Skill: how much of a reference's mean score a forecast takes away."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.evaluation.scores import log_losses
from tocsin.stages.forecast.panel import Array


def log_skill(probability: Array, label: Array, reference: Array | None = None) -> float | None:
    """Return 1 - mean log score / mean log score of the reference; None where the reference is perfect.

    The reference is the rate of these very rows unless one is given. That rate was not known in advance, so the first
    figure is the stricter one; an expanding climatology (the rate known at each origin) is what could be said then.
    Reference: Gneiting and Raftery 2007, J. American Statistical Association 102, section 2.3.

    >>> round(log_skill(np.array([0.75, 0.25]), np.array([1.0, 0.0])), 3)
    0.585
    """
    base = np.full(len(label), label.mean()) if reference is None else reference
    if base.min() <= 0 or base.max() >= 1:
        return None
    return float(1 - log_losses(probability, label).mean() / log_losses(base, label).mean())
