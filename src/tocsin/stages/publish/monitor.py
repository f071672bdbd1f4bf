"""The content of the monitor: situations under watch and the risk table of the world."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.model.tables import Row
from tocsin.model.text import day
from tocsin.stages.publish.compose import Material, risk_table, stale_note
from tocsin.stages.publish.edition import Risk


@dataclass(frozen=True)
class Watched:
    """Is one situation under watch."""

    id: str
    slug: str
    title: str
    territory: str | None
    since: str
    level: str | None
    summary: str | None
    invented: bool
    dated: bool
    until: str | None


@dataclass(frozen=True)
class Monitor:
    """Is one issue of the monitor."""

    title: str
    edition: dt.date
    state: str
    situations: tuple[Watched, ...]
    risks: tuple[Risk, ...]
    stale_note: str | None
    signed: str | None

    @property
    def watched(self) -> tuple[Watched, ...]:
        """Return the situations that have not ended."""
        return tuple(s for s in self.situations if s.until is None)

    @property
    def ended(self) -> tuple[Watched, ...]:
        """Return the situations that ended and are kept for review."""
        return tuple(s for s in self.situations if s.until is not None)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the id of everything that the issue rests on."""
        return (*(s.id for s in self.situations), *(r.id for r in self.risks))


def compose_monitor(material: Material, situations: list[Row], state: str, signed: str | None = None) -> Monitor:
    """Return the monitor: every situation, the invented ones last and marked, and every territory's risk."""
    ordered = sorted(situations, key=lambda s: (bool(s["invented"]), s["title"]))
    risks = risk_table(material, len(material.forecasts))
    return Monitor("Tocsin monitor", material.edition, state, tuple(_watched(s) for s in ordered), risks, stale_note(risks), signed)


def _watched(row: Row) -> Watched:
    since = day(row["started"], row["started_precision"])
    until = day(row["ended"], row["started_precision"]) if row["ended"] else None
    return Watched(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        territory=row["territory"],
        since=since,
        level=row["level"],
        summary=row["summary"],
        invented=bool(row["invented"]),
        dated=row["started"] is not None,
        until=until,
    )
