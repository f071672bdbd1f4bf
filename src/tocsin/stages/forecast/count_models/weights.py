"""Weights of a mixture of distributions: those that scored best on earlier origins, none below zero, together one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.stages.forecast.panel import Array

ROUNDS = 300
#: What a bit of ignorance weighs against the CRPS, both relative to the baseline's.
IGNORANCE = 1.0
LEAST = 1e-3


@dataclass(frozen=True)
class Evidence:
    """Holds what one earlier origin says about the parts of a mixture.

    Args:
        cross: part x part, sum over outcomes of the integral of (F_i - H)(F_j - H), H the step at what came; the CRPS of
            the mixture is w' cross w (the CRPS is quadratic in the distribution).
        given: part x outcome, probability of the bin of what came.
        share: weight of each outcome in the ignorance.
    """

    cross: Array
    given: Array
    share: Array


def simplex_weights(evidence: list[Evidence], parts: int) -> Array:
    """Return the weights that make CRPS plus `IGNORANCE` times binned ignorance small on earlier origins.

    Exponentiated gradient (Kivinen and Warmuth 1997, Inf. Comput. 132) from equal weights, a fixed number of rounds.
    """
    weights = np.full(parts, 1 / parts)
    if not evidence:
        return weights
    cross = sum((one.cross for one in evidence), np.zeros((parts, parts)))
    given = np.concatenate([one.given for one in evidence], axis=1)
    share = np.concatenate([one.share for one in evidence]) * IGNORANCE / np.log(2)
    for turn in range(ROUNDS):
        slope = 2 * cross @ weights - (given * share) @ (1 / np.maximum(weights @ given, LEAST))
        slope -= weights @ slope
        weights = weights * np.exp(-0.5 * slope / (np.abs(slope).max() + 1e-12) / (1 + turn / 60))
        weights /= weights.sum()
    return weights
