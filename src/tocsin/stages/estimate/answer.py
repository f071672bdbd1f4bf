"""What is said of all methods together: the spread, and what in it should make a reader wary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.stages.estimate.result import BOUNDS, Estimate

#: A bound is called above an estimate when it exceeds it by this share of the distance to the upper end.
CLEARLY = 0.1
#: Medians further apart than this factor are called out.
FAR_APART = 1.5


@dataclass(frozen=True)
class Spread:
    """Holds the smallest and largest median over methods that estimate, and their outermost interval ends."""

    low: float | None
    high: float | None
    interval_low: float | None
    interval_high: float | None


def spread(estimates: Sequence[Estimate]) -> Spread:
    """Return how far the methods are apart; lower bounds and refused methods take no part."""
    said = [e for e in estimates if e.refused is None and e.method not in BOUNDS]
    medians = [e.median for e in said if e.median is not None]
    lows = [e.low for e in said if e.low is not None]
    highs = [e.high for e in said if e.high is not None]
    if not medians:
        return Spread(None, None, None, None)
    return Spread(min(medians), max(medians), min(lows), max(highs))


def warnings_between(estimates: Sequence[Estimate]) -> list[str]:
    """Return warnings that only a comparison of methods can give.

    A lower bound above an estimate means that the assumptions of one of the two fail for these lists.
    """
    found = []
    said = [e for e in estimates if e.refused is None and e.median is not None]
    bound = next((e for e in said if e.method in BOUNDS), None)
    for estimate in said:
        if bound is not None and estimate.method not in BOUNDS and _clearly_above(bound, estimate):
            found.append(
                f"The lower bound ({bound.median:,.0f}) lies above the median of {estimate.method} ({estimate.median:,.0f}): "
                "the assumptions of one of the two do not hold for these lists."
            )
    apart = spread(estimates)
    if apart.low and apart.high and apart.high > FAR_APART * apart.low:
        found.append(f"The methods differ by a factor of {apart.high / apart.low:.1f}; no single one of these numbers stands alone.")
    return list(dict.fromkeys(found))


def _clearly_above(bound: Estimate, estimate: Estimate) -> bool:
    """Return whether a lower bound lies above an estimate by more than chance differences of two good methods."""
    if bound.median is None or estimate.median is None or estimate.high is None:
        return False
    return bound.median - estimate.median > CLEARLY * (estimate.high - estimate.median)
