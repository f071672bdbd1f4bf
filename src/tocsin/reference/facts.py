"""The facts of the four founding documents, and the situations that they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.reference.confidence import keep
from tocsin.reference.files import date_or_none, number_or_none, read_rows

#: When the world could read each document: a day, or the first day of the month that it carries.
DOCUMENT_DATES: Mapping[str, dt.date] = {
    "D1": dt.date(2013, 1, 11),
    "D2": dt.date(2011, 6, 1),
    "D3": dt.date(2014, 9, 1),
    "D4": dt.date(2015, 7, 1),
}


@dataclass(frozen=True)
class Fact:
    """Holds one fact as the document states it, in words of our own, and how it is coded.

    Args:
        kind: what the fact speaks of: casualties, displacement, incident, precursor, trigger, warning, recommendation, ...
        date_precision: day, month, year, approximate (bounds read from the text) or as_of (state known on that day).
        number_words: how the document qualifies the number.
        counted: what the number counts, in the document's sense.
        crimes: a coding, not a legal finding.
        situation: slug of the situation, where there is one.
        event: how the fact stands among events: incident, precursor, trigger, perpetrator_profile; None if it is no event.
        role: how it stands among measures: warning, recommendation, measure, decision, gap, outcome, norm; None if it is none.
        measure: id in the toolbox; `measure_words` where the toolbox has no such measure.
        indicator: what its figure counts, as in table `figures`; None without a number.
        qualifier: exact, at_least, about, rounded, forecast, crowd, ordinal.
        conflict_group: same for facts that disagree about one thing; they are never added or averaged.
        relation: rounded_of, subset_of, same_as (the other fact is the more exact); `related` is the id of the other fact.
    """

    id: str
    kind: str
    date_from: dt.date | None
    date_to: dt.date | None
    date_precision: str
    place: str
    territory: str | None
    title: str
    perpetrator: str
    victims: str
    actor: str
    number: int | None
    number_words: str
    counted: str
    crimes: tuple[str, ...]
    said_by: str
    document: str
    section: str
    note: str
    confidence: str
    situation: str | None
    event: str | None
    role: str | None
    measure: str | None
    measure_words: str | None
    status: str | None
    indicator: str | None
    qualifier: str | None
    unit: str | None
    conflict_group: str | None
    relation: str | None
    related: str | None


@dataclass(frozen=True)
class FoundingSituation:
    """Describes one situation of the founding documents; `level` is None: nobody has established one."""

    slug: str
    title: str
    territory: str
    started: dt.date | None
    started_precision: str
    ended: dt.date | None
    ended_precision: str
    level: str | None
    outcome: str | None
    summary: str
    facts: tuple[str, ...]


_OBLIGATORY = {"id", "kind", "date_precision", "title", "document", "section", "confidence"}
_TEXTS = {"place", "perpetrator", "victims", "actor", "number_words", "counted", "said_by", "note"} | _OBLIGATORY


@cache
def founding_facts(include_unchecked: bool = False) -> tuple[Fact, ...]:
    """Return the facts in the order of their ids."""
    return keep((fact_from_row(row) for row in read_rows("founding_facts.csv")), include_unchecked)


def fact_from_row(row: Mapping[str, str]) -> Fact:
    """Return the fact that one row of founding_facts.csv holds."""
    where = f"founding_facts.csv, {row['id']}"
    optional = {k: v or None for k, v in row.items() if k not in _TEXTS}
    texts = {k: v for k, v in row.items() if k in _TEXTS}
    special = {
        "date_from": date_or_none(row["date_from"], where),
        "date_to": date_or_none(row["date_to"], where),
        "number": number_or_none(row["number"]),
        "crimes": tuple(filter(None, row["crimes"].split(";"))),
    }
    return Fact(**{**texts, **optional, **special})  # type: ignore[arg-type]


@cache
def founding_situations() -> tuple[FoundingSituation, ...]:
    """Return the situations in the order of the file."""
    return tuple(situation_from_row(row) for row in read_rows("founding_situations.csv"))


def situation_from_row(row: Mapping[str, str]) -> FoundingSituation:
    """Return the situation that one row of founding_situations.csv holds."""
    where = f"founding_situations.csv, {row['slug']}"
    return FoundingSituation(
        slug=row["slug"],
        title=row["title"],
        territory=row["territory"],
        started=date_or_none(row["started"], where),
        started_precision=row["started_precision"],
        ended=date_or_none(row["ended"], where),
        ended_precision=row["ended_precision"],
        level=row["level"] or None,
        outcome=row["outcome"] or None,
        summary=row["summary"],
        facts=tuple(row["facts"].split(";")),
    )
