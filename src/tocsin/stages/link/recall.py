"""Estimates how many true pairs never became candidates: the error that no sampler can see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.blocking import Blocking
from tocsin.stages.link.splink import Engine, Pairs

#: Below this an estimate that builds on the clusters is biased upwards and says so.
ENOUGH = 0.98


@dataclass(frozen=True)
class CandidateRecall:
    """Holds the estimated share of true pairs among the candidates, how it was estimated, and the pairs one and two rules found."""

    value: float
    method: str
    once: float = 0.0
    twice: float = 0.0

    @property
    def warning(self) -> str | None:
        """Return what a reader of any interval must know, or None where recall is high enough."""
        if self.value >= ENOUGH:
            return None
        return f"about {1 - self.value:.1%} of true pairs never became candidates; what is estimated from these clusters is biased upwards"


def candidate_recall(engine: Engine, blocking: Blocking, pairs: Pairs, probability: npt.NDArray[np.float64], count: int) -> CandidateRecall:
    """Estimate candidate recall with the blocking rules as lists that each catch some true pairs.

    With f1 and f2 the expected numbers of true pairs that one and two rules catch, at least f1^2 / (2 f2) were caught by
    none (Chao 1987), so recall is at most found / (found + f1^2 / (2 f2)). Pairs found only inside components count as
    caught by none.
    """
    if blocking.complete or len(pairs) == 0:
        return CandidateRecall(1.0, "every pair was compared")
    likely = np.flatnonzero(probability > 0.5)
    caught = engine.caught(pairs.left[likely], pairs.right[likely]).sum(axis=1)
    weight = probability[likely]
    none, once, twice = (float(weight[caught == times].sum()) for times in (0, 1, 2))
    found = float(weight.sum())
    missed = max(once * once / (2.0 * twice) if twice > 0 else once, none)
    value = (found) / (found + max(missed - none, 0.0)) if found > 0 else 1.0
    return CandidateRecall(round(value, 4), "blocking rules as lists (Chao lower bound of what all miss)", once, twice)
