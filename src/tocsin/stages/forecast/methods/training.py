"""What every model is given: inputs and labels that were known at the origin, and nothing later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.panel import Array

#: No model says never or always: probabilities stay inside this distance of 0 and 1.
FLOOR = 1e-4


@dataclass(frozen=True)
class Training:
    """Holds training rows; `threshold` is the target's count of deaths and `years` its horizon."""

    inputs: Array
    labels: Array
    threshold: int
    years: int
    seed: int

    @property
    def rate(self) -> float:
        """Return the share of rows that came true, with half a case added on each side.

        The added halves are Jeffreys' prior for a proportion: a rate of zero in few rows is no certainty.
        """
        return float((self.labels.sum() + 0.5) / (len(self.labels) + 1.0))


def bounded(probability: Array) -> Array:
    """Return probabilities held away from 0 and 1."""
    return np.clip(probability, FLOOR, 1 - FLOOR)
