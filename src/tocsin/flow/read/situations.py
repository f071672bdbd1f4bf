"""Situations: what is under watch, since when and at which level."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row


@dataclass(frozen=True)
class Situation:
    """Holds the head of one situation."""

    id: str
    slug: str
    title: str
    place: Place | None
    group: str
    started: dt.date | None
    started_precision: str
    ended: dt.date | None
    ended_precision: str
    level: str
    summary: str
    outcome: str
    invented: bool

    @property
    def names(self) -> tuple[str, str]:
        """Return the two names by which other tables may call it."""
        return (self.slug, self.id)


def situations(published: Published) -> tuple[Situation, ...]:
    """Return every situation: those under watch first, then the newest."""

    def build() -> tuple[Situation, ...]:
        found = [_situation(row) for row in published.select("situations")]
        return tuple(sorted(found, key=lambda s: (s.invented, s.ended is not None, -(s.started or dt.date.min).toordinal(), s.slug)))

    return published.once("situations", build)


def situation(published: Published, slug: str) -> Situation | None:
    """Return one situation by its slug."""
    return next((found for found in situations(published) if found.slug == slug), None)


def _situation(row: Row) -> Situation:
    return Situation(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        place=place(row["territory"]) if row["territory"] else None,
        group=row["group"] or "",
        started=row["started"],
        started_precision=row["started_precision"] or "unknown",
        ended=row["ended"],
        ended_precision=row["ended_precision"] or "unknown",
        level=row["level"] or "",
        summary=row["summary"] or "",
        outcome=row["outcome"] or "",
        invented=bool(row["invented"]),
    )
