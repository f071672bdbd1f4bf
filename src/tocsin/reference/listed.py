"""Situations that others have listed: before the International Criminal Court, and by the Global Centre for R2P."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.reference.confidence import keep
from tocsin.reference.files import read_rows


@dataclass(frozen=True)
class IccSituation:
    """Says how a situation reached the Court; dates are text, since many are known by the month only."""

    situation: str
    territories: tuple[str, ...]
    referral: str
    referral_date: str | None
    opened: str | None
    confidence: str
    confidence_detail: str
    note: str


@dataclass(frozen=True)
class PopulationAtRisk:
    """Says that one edition of a public list named a situation; `level` is None where the list shows none."""

    edition: str
    situation: str
    territories: tuple[str, ...]
    group: str | None
    level: str | None
    confidence: str
    source: str
    note: str


@cache
def icc_situations(include_unchecked: bool = False) -> tuple[IccSituation, ...]:
    """Return situations before the Court; most rows still hold an unchecked date and are left out unless asked for."""
    return keep(
        (
            IccSituation(
                row["situation"],
                tuple(filter(None, row["territories"].split(";"))),
                row["referral"],
                row["referral_date"] or None,
                row["opened"] or None,
                row["confidence"],
                row["confidence_detail"],
                row["note"],
            )
            for row in read_rows("icc_situations.csv")
        ),
        include_unchecked,
    )


@cache
def populations_at_risk(include_unchecked: bool = False) -> tuple[PopulationAtRisk, ...]:
    """Return situations by edition of the list."""
    return keep(
        (
            PopulationAtRisk(
                row["edition"],
                row["situation"],
                tuple(row["territories"].split(";")),
                row["group"] or None,
                row["level"] or None,
                row["confidence"],
                row["source"],
                row["note"],
            )
            for row in read_rows("populations_at_risk.csv")
        ),
        include_unchecked,
    )
