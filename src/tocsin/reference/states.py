"""What states said and set up: focal points for the responsibility to protect, and positions taken in votes and pledges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.reference.confidence import keep
from tocsin.reference.files import number_or_none, read_rows


@dataclass(frozen=True)
class FocalPoint:
    """Says what is known about the focal point of a state or body; `basis` is the evidence, not always proof."""

    body: str
    territory: str | None
    basis: str
    year: int | None
    confidence: str
    evidence_strength: str
    source: str


@dataclass(frozen=True)
class Position:
    """Says how one state, or all of them in number, stood on a text or pledge; `date` may be a month only."""

    event: str
    date: str
    state: str
    territory: str | None
    position: str
    number: int | None
    confidence: str
    confidence_detail: str
    source: str
    note: str


@cache
def focal_points(include_unchecked: bool = False) -> tuple[FocalPoint, ...]:
    """Return states and bodies with a focal point, or with evidence that points to one; no name of a person."""
    return keep(
        (
            FocalPoint(
                row["body"],
                row["territory"] or None,
                row["basis"],
                number_or_none(row["year"]),
                row["confidence"],
                row["evidence_strength"],
                row["source"],
            )
            for row in read_rows("focal_points.csv")
        ),
        include_unchecked,
    )


@cache
def positions(include_unchecked: bool = False) -> tuple[Position, ...]:
    """Return positions on the responsibility to protect and on restraint of the veto."""
    return keep(
        (
            Position(
                event=row["event"],
                date=row["date"],
                state=row["state"],
                territory=row["territory"] or None,
                position=row["position"],
                number=number_or_none(row["number"]),
                confidence=row["confidence"],
                confidence_detail=row["confidence_detail"],
                source=row["source"],
                note=row["note"],
            )
            for row in read_rows("positions.csv")
        ),
        include_unchecked,
    )
