"""One situation from evidence to response: what a situation page shows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.flow.read.asks import Ask, Point, asks, own_clock
from tocsin.flow.read.casualties import Counted, counted_in
from tocsin.flow.read.cells import Where, where
from tocsin.flow.read.fans import Fan, fans
from tocsin.flow.read.figures import HARM, NEED, YEARLY, Conflict, Figure, conflicts, figures_of_situation, yearly_deaths
from tocsin.flow.read.framework import Profile, profile
from tocsin.flow.read.monthly import Monthly, monthly_of
from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.risk import AHEAD, Risk, risk_rows, stamps
from tocsin.flow.read.situations import Situation
from tocsin.flow.read.watched import Watch, watched_in


@dataclass(frozen=True)
class Entry:
    """Holds one entry of the timeline: an event, or a measure."""

    id: str
    title: str
    first: dt.date
    last: dt.date | None
    precision: str
    measure: bool
    invented: bool
    district: str = ""


@dataclass(frozen=True)
class Option:
    """Holds one measure of the toolbox and whether it still fits."""

    id: str
    measure: str
    title: str
    lead_time: str
    lead_low: int
    lead_high: int
    days_left: int | None
    fits: str
    decided_by: str
    basis: str
    coercive: bool
    precedents: tuple[str, ...]
    studies: int | None
    less: int
    mixed: int
    more: int
    harm_check: str
    as_at: str


@dataclass(frozen=True)
class Source:
    """Holds one preserved file that the page rests on."""

    id: str
    name: str
    dataset: str
    sha256: str


@dataclass(frozen=True)
class Page:
    """Holds everything a situation page shows."""

    situation: Situation
    levels: tuple[Row, ...]
    timeline: tuple[Entry, ...]
    documented: tuple[Figure, ...]
    needs: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    counted: tuple[Counted, ...]
    yearly: tuple[Figure, ...]
    kinds: Mapping[str, tuple[Figure, ...]]
    risks: tuple[Risk, ...]
    profile: Profile
    fans: tuple[Fan, ...]
    monthly: tuple[Monthly, ...]
    watch: Watch | None
    where: Where | None
    asks: tuple[Ask, ...]
    clock: tuple[Point, ...]
    options: tuple[Option, ...]
    tried: tuple[Row, ...]
    sources: tuple[Source, ...]


def situation_page(published: Published, found: Situation) -> Page:
    """Return everything on record about one situation."""

    def build() -> Page:
        figures = [figure for figure in figures_of_situation(published, found.names) if figure.shown]
        disagreeing = conflicts(figures)
        apart = {figure.id for conflict in disagreeing for figure in conflict.figures}
        code = found.place.code if found.place else ""
        rows = _rows(published, found)
        return Page(
            situation=found,
            levels=tuple(row for row in published.written("levels") if row.get("situation") in found.names),
            timeline=_timeline(rows),
            documented=tuple(f for f in figures if f.id not in apart and f.indicator in HARM and f.qualifier not in ("forecast", "crowd")),
            needs=tuple(f for f in figures if f.indicator in NEED or f.qualifier in ("forecast", "crowd")),
            conflicts=disagreeing,
            counted=counted_in(published, code, invented=found.invented),
            yearly=yearly_deaths(published, code),
            kinds={kind: yearly_deaths(published, code, kind) for kind in YEARLY},
            risks=_risks(published, code),
            profile=profile(published, found),
            fans=fans(published, code),
            monthly=monthly_of(published, code),
            watch=watched_in(published, code),
            where=where(published, found),
            asks=tuple(ask for ask in asks(published) if ask.situation in found.names),
            clock=own_clock(published, found.id),
            options=_options(published, found),
            tried=tuple(sorted((row for row in rows["measures"] if row["role"] in _TRIED), key=_by_day)),
            sources=_sources(published, rows, figures),
        )

    return published.once(("situation", found.slug), build)


_TRIED = ("measure", "decision", "gap", "outcome", None)


def _by_day(row: Row) -> tuple[dt.date, str]:
    return (row["date"] or dt.date.max, row["id"])


def _rows(published: Published, found: Situation) -> dict[str, list[Row]]:
    return {name: published.select(name, situation=found.names) for name in ("events", "measures", "figures")}


def _timeline(rows: dict[str, list[Row]]) -> tuple[Entry, ...]:
    entries = [
        Entry(
            row["id"],
            row["title"] or "",
            row["date_from"],
            row["date_to"],
            row["date_precision"] or "unknown",
            False,
            bool(row["invented"]),
            row["admin_code"] or "",
        )
        for row in rows["events"]
        if row["date_from"] is not None and row["title"]
    ]
    entries += [
        Entry(row["id"], row["title"] or "", row["date"], row["date_to"], row["date_precision"] or "unknown", True, bool(row["invented"]))
        for row in rows["measures"]
        if row["date"] is not None and row["title"] and row["role"] != "norm"
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.measure, entry.id)))


def _risks(published: Published, code: str) -> tuple[Risk, ...]:
    pairs = [pair for pair in stamps(published) if pair[0] in AHEAD] or list(stamps(published))
    found = (next((risk for risk in risk_rows(published, *pair) if risk.place.code == code), None) for pair in pairs)
    return tuple(risk for risk in found if risk is not None)


def _options(published: Published, found: Situation) -> tuple[Option, ...]:
    rows = sorted(published.select("options", situation=found.names), key=lambda row: (bool(row["coercive"]), row["rank"] or 0, row["id"]))
    return tuple(_option(row) for row in rows)


def _option(row: Row) -> Option:
    return Option(
        id=row["id"],
        measure=row["measure"],
        title=row["title"] or row["measure"],
        lead_time=row["lead_time"] or "",
        lead_low=int(row["lead_days_low"] or 0),
        lead_high=int(row["lead_days_high"] or 0),
        days_left=row["days_left"],
        fits=row["fits"] or "unknown",
        decided_by=row["decided_by"] or "",
        basis=row["basis"] or "",
        coercive=bool(row["coercive"]),
        precedents=_precedents(row["precedents"]),
        studies=row["studies"],
        less=int(row["studies_less_harm"] or 0),
        mixed=int(row["studies_mixed"] or 0),
        more=int(row["studies_more_harm"] or 0),
        harm_check=row["harm_check"] or "",
        as_at=str(json.loads(row["parameters"] or "{}").get("as_at", "")),
    )


def _precedents(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    try:
        found = json.loads(text)
    except ValueError:
        return (text,)
    entries = found if isinstance(found, list) else [found]
    return tuple(
        entry if isinstance(entry, str) else precedent(entry.get("situation"), entry.get("year"), entry.get("outcome")) for entry in entries
    )


def precedent(situation: str | None, year: int | None, outcome: str | None) -> str:
    """Return a precedent in one line."""
    head = ", ".join(str(part) for part in (situation, year) if part)
    return f"{head}: {outcome}" if outcome else head


def _sources(published: Published, rows: dict[str, list[Row]], figures: Iterable[Figure]) -> tuple[Source, ...]:
    hashes = {row["item"] for found in rows.values() for row in found}
    items = published.select("items", ["id", "name", "dataset", "sha256"], sha256=sorted(hashes)) if hashes else []
    return tuple(Source(row["id"], row["name"], row["dataset"], row["sha256"]) for row in sorted(items, key=lambda row: row["name"]))
