"""Says how much of a framework an assessment covers, so that a short list is not read as a calm place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """Counts answers; `share` is the part of all indicators with an answer other than unknown."""

    present: int
    absent: int
    unknown: int

    @property
    def share(self) -> float:
        """Return the answered part, 0 to 1; 0 where there is no indicator at all."""
        total = self.present + self.absent + self.unknown
        return (self.present + self.absent) / total if total else 0.0


def coverage(answers: Iterable[str]) -> Coverage:
    """Count the answers of one profile.

    >>> coverage(["present", "unknown", "unknown", "absent"]).share
    0.5
    """
    counts = {"present": 0, "absent": 0, "unknown": 0}
    for answer in answers:
        counts[answer] += 1
    return Coverage(**counts)
