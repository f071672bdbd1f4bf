"""The toolbox: what can be done, by whom, in which time, and what studies found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from tocsin import reference
from tocsin.flow.read.situation import precedent
from tocsin.stages.respond import LEAD_DAYS


@dataclass(frozen=True)
class Measure:
    """Holds one measure of the toolbox."""

    id: str
    name: str
    actors: tuple[str, ...]
    kinds: tuple[str, ...]
    pillars: tuple[int, ...]
    coercive: bool
    lead_time: str
    lead_low: int
    lead_high: int
    basis: str
    preconditions: str
    precedents: tuple[str, ...]
    studies: int | None
    less: int
    mixed: int
    more: int


@dataclass(frozen=True)
class Filter:
    """Holds what a reader wants to see; empty sets mean all."""

    days: int | None = None
    actors: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)
    consent: str = "all"
    query: str = ""
    sort: str = "lead"


@cache
def measures() -> tuple[Measure, ...]:
    """Return every measure, those without coercion first, then by lead time and name."""
    toolbox = reference.toolbox()
    found = [_measure(entry, toolbox.evidence.get(entry.evidence_ref or "")) for entry in toolbox.measures]
    return tuple(sorted(found, key=lambda m: (m.coercive, m.lead_low, m.name)))


def _measure(entry: reference.Measure, study: reference.StudyCounts | None) -> Measure:
    low, high = LEAD_DAYS.get(entry.typical_lead_time, (0, 0))
    return Measure(
        id=entry.id,
        name=entry.name,
        actors=tuple(entry.actors),
        kinds=tuple(entry.kind),
        pillars=tuple(entry.pillars),
        coercive=bool(entry.coercive),
        lead_time=entry.typical_lead_time,
        lead_low=low,
        lead_high=high,
        basis=entry.legal_basis or "",
        preconditions=entry.preconditions or "",
        precedents=tuple(precedent(p.situation, p.year, p.outcome) for p in entry.precedents if p.confidence != "unchecked"),
        studies=study.studies if study else None,
        less=study.findings_reduces_harm if study else 0,
        mixed=study.findings_none_or_mixed if study else 0,
        more=study.findings_raises_harm if study else 0,
    )


def actors() -> tuple[str, ...]:
    """Return everyone who can act, in alphabetical order."""
    return tuple(sorted({actor for measure in measures() for actor in measure.actors}))


def kinds() -> tuple[str, ...]:
    """Return every kind of measure."""
    return tuple(sorted({kind for measure in measures() for kind in measure.kinds}))


def chosen(wanted: Filter) -> tuple[Measure, ...]:
    """Return the measures that a reader wants to see, least coercive first."""
    found: Iterable[Measure] = measures()
    if wanted.actors:
        found = (m for m in found if wanted.actors & set(m.actors))
    if wanted.kinds:
        found = (m for m in found if wanted.kinds & set(m.kinds))
    if wanted.consent != "all":
        found = (m for m in found if m.coercive == (wanted.consent == "without"))
    if wanted.days is not None:
        found = (m for m in found if m.lead_low <= (wanted.days or 0))
    if wanted.query:
        sought = wanted.query.casefold()
        found = (m for m in found if sought in f"{m.name} {' '.join(m.actors)} {m.basis}".casefold())
    rows = tuple(found)
    return tuple(sorted(rows, key=lambda m: m.name)) if wanted.sort == "name" else rows
