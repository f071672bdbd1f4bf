"""Estimates precision and recall of a clustering from judged pairs drawn at random, with an interval.

Pairs are put into strata: five bands of probability, and whether the best clustering joins them. In each stratum they
stand in a random order that does not change, and the sample is as many from the top as were judged without a gap; so a
pair that somebody picked out is not in it. With t of m judged pairs of stratum s being one person, its share of true
pairs is Beta(t + 1/2, m - t + 1/2); precision = sum over joined strata of N_s share_s / N_s, recall = the joined true
pairs / all true pairs among those the run kept.

Reference: Jeffreys intervals in Brown, Cai and DasGupta (2001), Statistical Science 16:101-133; post-stratification as in
Marchant and Rubinstein (2017), PVLDB 10:1322-1333.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BANDS = (0.05, 0.35, 0.65, 0.95)
DRAWS = 4000


@dataclass(frozen=True)
class Share:
    """Holds a share with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """Holds precision and recall of the best clustering, and how many judged pairs they rest on."""

    precision: Share
    recall: Share
    sample: int
    pairs: int


@dataclass(frozen=True)
class Stratum:
    """Holds the pairs of one stratum in their random order."""

    band: int
    joined: bool
    pairs: tuple[str, ...]


def strata_of_pairs(pairs: Sequence[str], probability: Sequence[float], joined: Sequence[bool]) -> tuple[Stratum, ...]:
    """Return the strata with their pairs in a random order that depends on the pairs' ids alone."""
    groups: dict[tuple[int, bool], list[str]] = {}
    for pair, p, together in zip(pairs, probability, joined, strict=True):
        groups.setdefault((int(np.searchsorted(BANDS, p, side="right")), bool(together)), []).append(pair)
    return tuple(Stratum(band, together, tuple(sorted(found, key=_lot))) for (band, together), found in sorted(groups.items()))


def random_order(strata: Sequence[Stratum]) -> list[str]:
    """Return all pairs, one from each stratum in turn, so that small strata are known early."""
    longest = max((len(stratum.pairs) for stratum in strata), default=0)
    return [stratum.pairs[place] for place in range(longest) for stratum in strata if place < len(stratum.pairs)]


def quality(strata: Sequence[Stratum], answers: Mapping[str, str], seed: int = 20130111) -> Quality | None:
    """Return precision and recall with intervals; None before the first pair of the random order was judged.

    Args:
        strata: from `strata_of_pairs`.
        answers: pair -> positive, negative or unsure; an unsure pair is left out of the sample and leaves no gap.
        seed: of the draws behind the intervals.
    """
    rng = np.random.default_rng(seed)
    counts = [_judged_from_the_top(stratum, answers) for stratum in strata]
    sample = sum(true + false for true, false in counts)
    if sample == 0:
        return None
    sizes = np.array([len(stratum.pairs) for stratum in strata], np.float64)
    joined = np.array([stratum.joined for stratum in strata], np.bool_)
    shares = np.stack([rng.beta(true + 0.5, false + 0.5, DRAWS) for true, false in counts], axis=1)
    true_pairs = shares * sizes
    linked = true_pairs[:, joined].sum(axis=1)
    precision = linked / max(float(sizes[joined].sum()), 1.0)
    recall = linked / np.maximum(true_pairs.sum(axis=1), 1e-12)
    return Quality(_share(precision), _share(recall), sample, int(sizes.sum()))


def _judged_from_the_top(stratum: Stratum, answers: Mapping[str, str]) -> tuple[int, int]:
    true = false = 0
    for pair in stratum.pairs:
        if pair not in answers:
            break
        true += answers[pair] == "positive"
        false += answers[pair] == "negative"
    return true, false


def _lot(pair: str) -> str:
    return hashlib.sha256(f"lot {pair}".encode()).hexdigest()


def _share(values: NDArray[np.float64]) -> Share:
    low, middle, high = (float(q) for q in np.quantile(values, (0.025, 0.5, 0.975)))
    return Share(middle, low, high)
