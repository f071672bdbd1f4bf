"""Reads the facts of the founding documents into situations, figures, events and measures.

One fact may give several rows: an attack on a crowd is an event, and the size of the crowd a figure.
"""

from __future__ import annotations

from tocsin import reference
from tocsin.model.ids import stable_id
from tocsin.reference import DOCUMENT_DATES, Fact
from tocsin.stages.collect import Crawl, SourceFile

FACTS, SITUATIONS = "founding_facts.csv", "founding_situations.csv"
#: Qualifiers under which the number is also the least that it can be.
MINIMUM = ("at_least", "crowd")


def bundled() -> list[tuple[str, bytes]]:
    """Return the two files that ship."""
    return [(name, reference.read_text(name).encode("utf-8")) for name in (SITUATIONS, FACTS)]


def crawl(crawl: Crawl) -> None:
    """Emit every fact in each of its senses, and the situations."""
    for item in crawl.items:
        if item.name.endswith(SITUATIONS):
            for record in crawl.rows(item, ("slug", "title", "territory", "summary", "facts")):
                _situation(crawl, item, record.locator, reference.situation_from_row(record.values))
        else:
            for record in crawl.rows(item, ("id", "kind", "document", "section")):
                _fact(crawl, item, reference.fact_from_row(record.values))


def _situation(crawl: Crawl, item: SourceFile, locator: str, situation: reference.FoundingSituation) -> None:
    documents = {f.document for f in reference.founding_facts() if f.id in situation.facts}
    crawl.emit(
        "situations",
        item=item,
        locator=f"{locator}, {', '.join(situation.facts)}",
        key=[situation.slug],
        available_at=min((DOCUMENT_DATES[d] for d in documents), default=None),
        slug=situation.slug,
        title=situation.title,
        territory=situation.territory,
        started=situation.started,
        started_precision=situation.started_precision,
        ended=situation.ended,
        ended_precision=situation.ended_precision,
        level=situation.level,
        outcome=situation.outcome,
        summary=situation.summary,
    )


def _fact(crawl: Crawl, item: SourceFile, fact: Fact) -> None:
    if fact.confidence == "unchecked":
        crawl.skip("fact that nobody has checked")
        return
    if fact.relation == "same_as":
        crawl.skip("fact that another one states more exactly")
        return
    if fact.number is not None:
        _figure(crawl, item, fact)
    if fact.event:
        _event(crawl, item, fact)
    if fact.role:
        _measure(crawl, item, fact)


def _locator(fact: Fact) -> str:
    return f"{fact.id}, {fact.document} {fact.section}"


def _figure(crawl: Crawl, item: SourceFile, fact: Fact) -> None:
    number = float(fact.number or 0)
    crawl.emit(
        "figures",
        item=item,
        locator=_locator(fact),
        key=[fact.id],
        available_at=DOCUMENT_DATES[fact.document],
        indicator=fact.indicator,
        definition=f"{fact.title} ({fact.number_words} {fact.number:,} {fact.counted})",
        value=number,
        low=number if fact.qualifier in MINIMUM else None,
        qualifier=fact.qualifier,
        unit=fact.unit,
        situation=fact.situation,
        place=fact.place or None,
        territory=fact.territory,
        period_from=fact.date_from,
        period_to=fact.date_to,
        date_precision=fact.date_precision,
        as_of=fact.date_to if fact.date_precision == "as_of" else None,
        said_by=fact.said_by,
        conflict_group=fact.conflict_group,
        relation=fact.relation,
        related=stable_id("fig", crawl.dataset, fact.related) if fact.related else None,
        confidence=fact.confidence,
        note=fact.note or None,
    )


def _event(crawl: Crawl, item: SourceFile, fact: Fact) -> None:
    killed = fact.number if fact.indicator == "killed" and fact.qualifier == "exact" else None
    crawl.emit(
        "events",
        item=item,
        locator=_locator(fact),
        key=[fact.id],
        available_at=DOCUMENT_DATES[fact.document],
        situation=fact.situation,
        title=fact.title,
        date_from=fact.date_from,
        date_to=fact.date_to,
        date_precision=fact.date_precision,
        territory=fact.territory,
        place=fact.place or None,
        actors=[fact.perpetrator] if fact.perpetrator else [],
        acts=[],
        indicator=fact.event,
        best=killed,
        low=killed,
        high=killed,
        confidence=fact.confidence,
    )


def _measure(crawl: Crawl, item: SourceFile, fact: Fact) -> None:
    """Emit a measure; an outcome is dated on the day it was stated, not on the first day that it looks back on."""
    looks_back = fact.role == "outcome"
    asked = fact.actor.partition(" (addressee")[0] if "(addressee" in fact.actor else None
    crawl.emit(
        "measures",
        item=item,
        locator=_locator(fact),
        key=[fact.id],
        available_at=DOCUMENT_DATES[fact.document],
        kind=fact.measure,
        role=fact.role,
        actor=fact.said_by if asked else fact.actor or fact.said_by,
        target=asked or fact.perpetrator or None,
        situation=fact.situation,
        territory=fact.territory,
        date=fact.date_to if looks_back else fact.date_from,
        date_to=fact.date_to,
        date_precision="as_of" if looks_back else fact.date_precision,
        status=fact.status,
        title=fact.title,
        note=fact.note or None,
    )
