"""Estimates how many true pairs never became candidates: the error that no sampler can see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.blocking import Blocking
from tocsin.stages.link.splink import Engine, Pairs

#: Below this an estimate that builds on the clusters is biased upwards and says so.
ENOUGH = 0.98
#: So many pairs that a third record holds together are enough to estimate from.
ENOUGH_THIRDS = 200


@dataclass(frozen=True)
class CandidateRecall:
    """Holds the estimated share of true pairs that linking could find, how it was estimated, and the share that rules catch directly."""

    value: float
    method: str
    by_rules: float = 1.0

    @property
    def warning(self) -> str | None:
        """Return what a reader of any interval must know, or None where recall is high enough."""
        if self.value >= ENOUGH:
            return None
        return f"about {1 - self.value:.1%} of true pairs never became candidates; what is estimated from these clusters is biased upwards"


def candidate_recall(engine: Engine, blocking: Blocking, pairs: Pairs, label: npt.NDArray[np.int32]) -> CandidateRecall:
    """Estimate candidate recall from the pairs inside clusters of the best single answer.

    Pairs that a third record holds together anyway show how often the rules catch a true pair, r; a record of a cluster of s
    is then lost with chance (1 - r)^(s - 1). Where there are too few such pairs, the rules count as lists that each catch some
    true pairs: with f1 and f2 pairs caught by exactly one and two, about f1^2 / (2 f2) are caught by none (Chao 1987). That
    is cautious: rules that look at different fields overlap little.
    """
    if blocking.complete:
        return CandidateRecall(1.0, "every pair was compared")
    held = np.flatnonzero(label[pairs.left] == label[pairs.right])
    if len(held) == 0:
        return CandidateRecall(0.0, "no pair was linked, so nothing shows what the rules catch")
    left, right = pairs.left[held], pairs.right[held]
    rules = engine.caught(left, right).sum(axis=1)
    share, lost, seen = _by_third_records(left, right, rules > 0, label)
    if seen >= ENOUGH_THIRDS:
        return CandidateRecall(round(len(held) / (len(held) + lost), 4), "pairs that a third record holds together anyway", share)
    once, twice = int((rules == 1).sum()), int((rules == 2).sum())
    missed = once * once / (2.0 * twice) if twice else float(once)
    return CandidateRecall(round(len(held) / (len(held) + missed), 4), "blocking rules as lists (Chao)", share)


def _by_third_records(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], caught: npt.NDArray[np.bool_], label: npt.NDArray[np.int32]
) -> tuple[float, float, int]:
    """Return the share of such pairs that rules catch, the number of pairs that are lost at this share, and how many pairs showed it."""
    count = len(label)
    degree = np.bincount(left[caught], minlength=count) + np.bincount(right[caught], minlength=count)
    anyway = (degree[left] - caught >= 1) & (degree[right] - caught >= 1)
    if not anyway.any():
        return 1.0, 0.0, 0
    share = float(np.clip(caught[anyway].mean(), 0.05, 1.0))
    sizes = np.bincount(np.bincount(label, minlength=count))
    lost = 0.0
    for size in range(2, len(sizes)):
        missed = (1.0 - share) ** (size - 1)
        lost += sizes[size] * (1.0 if size == 2 else float(size) * (size - 1)) * missed / (1.0 - missed)
    return share, lost, int(anyway.sum())
