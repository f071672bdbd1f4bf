"""Tells silence of the reporters from calm: a run of zeros that the series itself makes incredible."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OutageSettings:
    """Says when a run of zeros is suspected to be an outage of reporting.

    Args:
        window: reported weeks before the run that say what to expect.
        least: fewest such weeks to say anything.
        level: probability of the run, under those weeks, below which it is suspected.
    """

    window: int = 26
    least: int = 8
    level: float = 1e-4


@dataclass(frozen=True)
class Outage:
    """Holds one run: weeks `start` to `end` (both inside), and the week from which the suspicion stood.

    Args:
        kind: `not_reported` (no value at all) or `suspected` (zeros that can't be believed).
        probability: of the zeros, where the reports before the run went on; None for weeks without a value.
    """

    start: int
    end: int
    known_from: int
    kind: str
    probability: float | None


def outages(observed: Array, settings: OutageSettings | None = None) -> list[Outage]:
    """Return the weeks that were not reported, and the runs of zeros that look like it, in order of time.

    A week of zero has probability phi^(-m / (phi - 1)) under a negative binomial with the mean m, and variance over
    mean phi, of the reported weeks before the run (exp(-m) where phi is 1); weeks are taken as independent. The
    verdict on a week uses no later week.
    """
    settings = settings or OutageSettings()
    found: list[Outage] = []
    silent = np.isnan(observed)
    for start, end in _runs(silent):
        found.append(Outage(start, end, start, "not_reported", None))
    zeros = np.where(silent, 1.0, observed) == 0
    for start, end in _runs(zeros):
        zero = _zero_probability(observed[:start], settings)
        if zero is None:
            continue
        needed = 1 if zero == 0 else max(1, math.ceil(math.log(settings.level) / math.log(zero) + 1e-12)) if zero < 1 else math.inf
        if needed <= end - start + 1:
            found.append(Outage(start, end, start + int(needed) - 1, "suspected", zero ** (end - start + 1)))
    return sorted(found, key=lambda o: o.start)


def without_suspected(observed: Array, found: list[Outage], at: int) -> Array:
    """Return the counts as they stood at week `at`: zeros suspected by then are missing, later weeks are cut off."""
    known = observed[: at + 1].copy()
    for one in found:
        if one.kind == "suspected" and one.known_from <= at:
            known[one.start : one.end + 1] = math.nan
    return known


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _zero_probability(before: Array, settings: OutageSettings) -> float | None:
    reported = before[~np.isnan(before)][-settings.window :]
    if len(reported) < settings.least:
        return None
    mean = float(reported.mean())
    if mean == 0:
        return None
    phi = float(reported.var(ddof=1)) / mean
    return math.exp(-mean) if phi <= 1 else phi ** (-mean / (phi - 1))
