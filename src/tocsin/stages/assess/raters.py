"""Joins what several people answered about one indicator, so that dissent stays visible and caution wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.grades import CONFIDENCES, STANDARDS_OF_PROOF

#: Ratings of fewer people than this decide nothing.
LEAST_RATERS = 2
#: Who answered, from the least to the most looked at.
REVIEWS = ("machine", "one_rater", "two_raters", "disputed")


@dataclass(frozen=True)
class GivenRating:
    """Holds one person's answer in force; `who` is an opaque id."""

    id: str
    indicator: str
    situation: str
    answer: str
    confidence: str
    standard_of_proof: str | None
    rationale: str
    evidence: tuple[str, ...]
    who: str


@dataclass(frozen=True)
class Joined:
    """Holds the answer of several raters.

    Args:
        review: `two_raters` where all agree, else `disputed`.
        agreeing: ids of the ratings with this answer; `dissent` those with another.
    """

    answer: str
    confidence: str
    standard_of_proof: str | None
    review: str
    agreeing: tuple[str, ...]
    dissent: tuple[str, ...]
    rationale: str


def join_ratings(ratings: Sequence[GivenRating]) -> Joined | None:
    """Return the joined answer of at least two people, or None: one person alone decides nothing.

    A sign that one rater saw is present, and the others dissent: it is not undone by one who did not see it. It is
    absent only where all agree. Confidence is the lowest among those who agree, low where somebody dissents; the
    standard of proof is the lowest rung among those who agree.

    Args:
        ratings: one a person, of one indicator in one situation; their order does not matter.
    """
    if len({rating.who for rating in ratings}) < LEAST_RATERS:
        return None
    ordered = sorted(ratings, key=lambda r: r.id)
    answers = {rating.answer for rating in ordered}
    answer = "present" if "present" in answers else "unknown" if "unknown" in answers else "absent"
    agreeing = [r for r in ordered if r.answer == answer]
    dissent = [r for r in ordered if r.answer != answer]
    confidence = "low" if dissent else min((r.confidence for r in agreeing), key=CONFIDENCES.index)
    rungs = [r.standard_of_proof for r in agreeing if r.standard_of_proof]
    lowest = min(rungs, key=STANDARDS_OF_PROOF.index) if rungs and answer != "unknown" else None
    reasons = list(dict.fromkeys(r.rationale.strip() for r in agreeing if r.rationale.strip()))
    reasons += [f"Dissent ({r.answer}): {r.rationale.strip()}" for r in dissent]
    return Joined(
        answer=answer,
        confidence=confidence,
        standard_of_proof=lowest,
        review="disputed" if dissent else "two_raters",
        agreeing=tuple(r.id for r in agreeing),
        dissent=tuple(r.id for r in dissent),
        rationale=" ".join(reasons),
    )
