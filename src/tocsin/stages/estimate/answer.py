"""What is said of all methods together: the spread, and what in it should make a reader wary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.model.text import METHOD_NAMES
from tocsin.stages.estimate.result import BOUNDS, Estimate

#: Methods that may be named first, in this order; each allows for dependence between lists, whatever their number.
MAIN_ORDER = ("dga", "lcm", "loglinear")
#: What is said beside an interval whose clusters miss true pairs.
BIASED = "biased upwards"
#: Share of true pairs that linking must be able to find.
ENOUGH_RECALL = 0.98
#: A bound is called above an estimate when it exceeds it by this share of the distance to the upper end. Simulated lists
#: whose people are equally visible stay below it, most of those whose people differ lie above (`bench.linked_coverage`).
CLEARLY = 0.5
#: Medians further apart than this factor are called out.
FAR_APART = 1.5


@dataclass(frozen=True)
class Spread:
    """Holds the smallest and largest median over methods that estimate, their outermost interval ends, and how far they differ.

    `between_methods` is the share of the variance of log N that lies between the methods, each counted once.
    """

    low: float | None
    high: float | None
    interval_low: float | None
    interval_high: float | None
    between_methods: float | None = None


def spread(estimates: Sequence[Estimate]) -> Spread:
    """Return how far the methods are apart; lower bounds and refused methods take no part."""
    said = [e for e in estimates if e.refused is None and e.method not in BOUNDS]
    medians = [e.median for e in said if e.median is not None]
    lows = [e.low for e in said if e.low is not None]
    highs = [e.high for e in said if e.high is not None]
    if not medians:
        return Spread(None, None, None, None)
    return Spread(min(medians), max(medians), min(lows), max(highs), _between(said))


def main_estimate(estimates: Sequence[Estimate]) -> Estimate | None:
    """Return the estimate to name first: of the first method in `MAIN_ORDER` that gave a number; None where none did.

    The order puts methods that average over models before those that choose one; it never looks at the numbers.
    """
    said = [e for e in estimates if e.refused is None and e.median is not None and e.method in MAIN_ORDER]
    return min(said, key=lambda e: MAIN_ORDER.index(e.method), default=None)


def _between(estimates: Sequence[Estimate]) -> float | None:
    """Return the share of variance between methods; of a method with several settings the first stands for it."""
    first: dict[str, Estimate] = {}
    for estimate in estimates:
        if len(estimate.draws):
            first.setdefault(estimate.method, estimate)
    if len(first) < 2:
        return None
    logs = [np.log(e.draws) for e in first.values()]
    between = float(np.var([values.mean() for values in logs]))
    total = between + float(np.mean([values.var() for values in logs]))
    return between / total if total > 0 else 0.0


def warnings_between(estimates: Sequence[Estimate]) -> list[str]:
    """Return warnings that only a comparison of methods can give.

    A lower bound above an estimate means that the assumptions of one of the two fail for these lists.
    """
    found = []
    bound = _bound(estimates)
    for estimate in probably_too_low(estimates):
        if bound is not None:
            found.append(
                f"The lower bound ({bound.median:,.0f}) lies above the median of {METHOD_NAMES[estimate.method].lower()} "
                f"({estimate.median:,.0f}): people probably differ in how visible they are to the lists, "
                "which that method does not allow for, and the total may be higher."
            )
    apart = spread(estimates)
    if apart.low and apart.high and apart.high > FAR_APART * apart.low:
        found.append(f"The methods differ by a factor of {apart.high / apart.low:.1f}; no single one of these numbers stands alone.")
    return list(dict.fromkeys(found))


def probably_too_low(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return the estimates that a lower bound clearly exceeds; sample coverage judges its own assumptions."""
    bound = _bound(estimates)
    if bound is None:
        return []
    said = [e for e in estimates if e.refused is None and e.method not in (*BOUNDS, "coverage")]
    return [e for e in said if _clearly_above(bound, e)]


def _bound(estimates: Sequence[Estimate]) -> Estimate | None:
    return next((e for e in estimates if e.method in BOUNDS and e.refused is None and e.median is not None), None)


def about_recall(recall: float | None) -> str | None:
    """Return the warning that missed pairs call for; None where recall is high enough or nothing was linked.

    >>> about_recall(0.95)
    'Linking could find about 95.0% of the true pairs; below 98% people are counted twice, and the estimate is biased upwards.'
    """
    if recall is None or recall >= ENOUGH_RECALL:
        return None
    return (
        f"Linking could find about {recall:.1%} of the true pairs; below {ENOUGH_RECALL:.0%} people are counted twice, "
        f"and the estimate is {BIASED}."
    )


def about_too_many(too_many: tuple[int, int, int] | None) -> str | None:
    """Return by how many the documented number is too high for pairs that linking could not find; None where that is nobody.

    >>> about_too_many((67, 55, 80))
    'The documented number is too high by about 67 (95% interval 55 to 80): people whose records linking could not bring together.'
    """
    if too_many is None or too_many[0] == 0:
        return None
    value, low, high = too_many
    return (
        f"The documented number is too high by about {value:,} (95% interval {low:,} to {high:,}): "
        "people whose records linking could not bring together."
    )


def _clearly_above(bound: Estimate, estimate: Estimate) -> bool:
    """Return whether a lower bound lies above an estimate by more than chance differences of two good methods."""
    if bound.median is None or estimate.median is None or estimate.high is None:
        return False
    return bound.median - estimate.median > CLEARLY * (estimate.high - estimate.median)
