"""What the Security Council did and did not do: vetoed drafts, and resolutions that name the responsibility to protect."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from tocsin.reference.confidence import keep
from tocsin.reference.files import date_or_none, read_rows


@dataclass(frozen=True)
class Veto:
    """Describes one vetoed draft; `atrocity_relevance` is a coding of the agenda item, not a finding."""

    date: dt.date
    draft: str
    meeting_record: str
    situation: str
    territories: tuple[str, ...]
    vetoed_by: tuple[str, ...]
    atrocity_relevance: str
    confidence: str
    confidence_detail: str
    source: str
    note: str


@dataclass(frozen=True)
class Resolution:
    """Describes one resolution that refers, as strongly as `evidence_strength` says, to the responsibility to protect."""

    symbol: str
    adopted: dt.date | None
    situation: str
    territory: str | None
    kind: str
    confidence: str
    evidence_strength: str
    source: str
    note: str


@cache
def vetoes(include_unchecked: bool = False) -> tuple[Veto, ...]:
    """Return vetoed drafts since 1990, oldest first."""
    return keep(
        (
            Veto(
                date=dt.date.fromisoformat(row["date"]),
                draft=row["draft"],
                meeting_record=row["meeting_record"],
                situation=row["situation"],
                territories=tuple(filter(None, row["territories"].split(";"))),
                vetoed_by=tuple(row["vetoed_by"].split(";")),
                atrocity_relevance=row["atrocity_relevance"],
                confidence=row["confidence"],
                confidence_detail=row["confidence_detail"],
                source=row["source"],
                note=row["note"],
            )
            for row in read_rows("vetoes.csv")
        ),
        include_unchecked,
    )


@cache
def resolutions(include_unchecked: bool = False) -> tuple[Resolution, ...]:
    """Return resolutions that refer to the responsibility to protect; the list is partial and says so in its source record."""
    return keep(
        (
            Resolution(
                symbol=row["symbol"],
                adopted=date_or_none(row["adopted"], f"resolutions.csv, {row['symbol']}"),
                situation=row["situation"],
                territory=row["territory"] or None,
                kind=row["kind"],
                confidence=row["confidence"],
                evidence_strength=row["evidence_strength"],
                source=row["source"],
                note=row["note"],
            )
            for row in read_rows("resolutions.csv")
        ),
        include_unchecked,
    )
