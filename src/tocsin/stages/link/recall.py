"""Estimates how many true pairs never became candidates: the error that no sampler can see.

A direct audit. Records are taken at random and held against *all* others, without any blocking rule, by the bound of `bound.py`; what
might be one person is compared in full. A pair that no rule catches and no component holds is one that linking lost, if it is true.
How likely that is, is weighed for the two whole clusters it would join, with the likelihood and the prior that the draws use: the
chance that their records are one person, against the chance that they are not and against all other clusters that the record could
belong to. Nothing is supposed about how fields go wrong together. With n_h of the N_h records of stratum h looked at,

    lost = sum_h N_h / n_h  sum over records looked at  sum over pairs it lost  share(pair) P(pair is true)
    recall = found / (found + lost),   found = sum over pairs inside components of the share of draws that hold them together

(Horvitz and Thompson 1952). Records that stand alone are a stratum of their own and looked at more often, because most lost pairs have
one; a pair of one that stands alone with one that does not is counted from the first only, every other pair by half from either end.
The same sum over the clusters that the lost pairs would have joined says by how many the number of persons is too high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Floats, Ints
from tocsin.stages.link.audit import LEAST, Answered, what_was_lost
from tocsin.stages.link.score import Scored

#: Below this an estimate that builds on the clusters is biased upwards and says so.
ENOUGH = 0.98
#: So many records are looked at, fewer where there are so many that this would mean more comparisons of two records than BEARABLE.
LOOKED_AT, BEARABLE = 2_000, 400_000_000
#: So many are looked at in any case, and no more than bring PAIRS pairs that might be one person.
TRIED, PAIRS = 100, 300_000
#: So many pairs that draws hold together are asked whether a rule catches them; fewer than ENOUGH_JOINED that none does say nothing.
JOINED, ENOUGH_JOINED = 50_000, 30
#: So large a share of them stands alone.
ALONE = 0.6
#: How often the records looked at are drawn anew for the interval, and the share that it covers.
AGAIN, LEVEL = 400, 0.95


@dataclass(frozen=True)
class CandidateRecall:
    """Holds the estimated share of true pairs that linking could find, its 95% interval, and how it was estimated.

    `too_many` is by how many the number of persons is too high because of the pairs that were lost, with its 95% interval; None where
    nothing shows it.
    """

    value: float
    method: str
    low: float = 1.0
    high: float = 1.0
    too_many: tuple[int, int, int] | None = (0, 0, 0)

    @property
    def counted_twice(self) -> str | None:
        """Return by how many the number of persons is too high, in words; None where that is none, or not known."""
        if self.too_many is None or self.too_many[0] == 0:
            return None
        value, low, high = self.too_many
        return (
            f"pairs that never became candidates make the number of persons too high by about {value:,} (95% interval {low:,} to {high:,})"
        )

    @property
    def warning(self) -> str | None:
        """Return what a reader of any interval must know, or None where recall is high enough."""
        if self.value >= ENOUGH:
            return None
        if self.low <= 0.0 and self.high >= 1.0:
            return f"{self.method}; what is estimated from these clusters may be biased upwards by any amount"
        return f"about {1 - self.value:.1%} of true pairs never became candidates; what is estimated from these clusters is biased upwards"


def candidate_recall(scored: Scored, answered: Answered, seed: int, threads: int) -> CandidateRecall:
    """Estimate candidate recall by an audit of records taken at random."""
    if scored.blocking.complete:
        return CandidateRecall(1.0, "every pair was compared")
    found = float(answered.share.sum())
    if found < 0.5:
        return CandidateRecall(0.0, "no pair was linked, so nothing shows what the rules catch", 0.0, 1.0, None)
    numbers = np.random.default_rng((seed, 7))
    strata = _strata(scored, answered.alone(), numbers, threads)
    looked = np.sort(np.concatenate([some for some, _ in strata]))
    stands_for = np.zeros(len(looked))
    for some, members in strata:
        stands_for[np.searchsorted(looked, some)] = members / max(1, len(some))
    lost = what_was_lost(scored, answered, looked, stands_for, threads)
    visible = _visible(scored, answered.share)
    missed, low, high = _total(strata, looked, lost.pairs / visible, numbers)
    value, least, most = (round(found / (found + total), 4) for total in (missed, high, low))
    method = f"{len(looked):,} records taken at random and held against all others, without blocking rules"
    joins, fewest, largest = (round(total) for total in _total(strata, looked, lost.joins / visible, numbers))
    return CandidateRecall(value, method, least, most, (joins, fewest, largest))


def _strata(scored: Scored, alone: npt.NDArray[np.bool_], numbers: np.random.Generator, threads: int) -> list[tuple[Ints, int]]:
    """Return, for records that stand alone and for the others, those to look at and how many there are."""
    count = len(alone)
    wanted = min(LOOKED_AT, max(TRIED, BEARABLE // count))
    some = np.sort(numbers.choice(count, min(TRIED, count), replace=False))
    brought = len(scored.bound.partners(some, LEAST, threads)[0]) / len(some)
    wanted = min(wanted, max(TRIED, int(PAIRS / max(1.0, brought))))
    strata = []
    for members, share in ((np.flatnonzero(alone), ALONE), (np.flatnonzero(~alone), 1.0 - ALONE)):
        size = min(len(members), round(share * wanted))
        strata.append((np.sort(numbers.choice(members, size, replace=False)), len(members)))
    return strata


def _visible(scored: Scored, share: Floats) -> float:
    """Return the share of true pairs which no rule catches that are alike enough to be seen, from those that a third record joined."""
    held = np.flatnonzero(share > 0.5)
    held = held[:: max(1, len(held) // JOINED)]
    pairs = scored.pairs
    chained = held[scored.engine.outside(pairs.left[held], pairs.right[held])]
    if len(chained) < ENOUGH_JOINED:
        return 1.0
    return max(0.5, float((scored.weight[chained] > LEAST).mean()))


def _total(strata: list[tuple[Ints, int]], looked: Ints, lost: Floats, numbers: np.random.Generator) -> tuple[float, float, float]:
    """Return the estimated number of lost pairs and its bootstrap interval."""
    total, again = 0.0, np.zeros(AGAIN)
    for some, members in strata:
        if len(some) == 0:
            continue
        own = lost[np.searchsorted(looked, some)]
        total += members * float(own.mean())
        again += members * own[numbers.integers(0, len(own), (AGAIN, len(own)))].mean(axis=1)
    low, high = np.quantile(again, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return total, float(low), float(high)
