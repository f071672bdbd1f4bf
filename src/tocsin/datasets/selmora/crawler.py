"""Reads the files of Selmora like those of any other feed; every row is marked as invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tocsin.datasets.selmora.generator import TRUTH, generate
from tocsin.datasets.selmora.people import crawl_lists
from tocsin.datasets.selmora.texts import crawl_digest, crawl_report
from tocsin.stages.collect import Crawl, Record, SourceFile

TERRITORY = "XSE"
SITUATION = "selmora"


def bundled() -> list[tuple[str, bytes]]:
    """Return the files of the Selmora that ships, without the truth."""
    return [(name, data) for name, data in generate().items() if not name.startswith(TRUTH)]


def crawl(crawl: Crawl) -> None:
    """Emit situation, events, figures, measures, documents and persons."""
    readers: Mapping[str, Callable[[Crawl, SourceFile], None]] = {
        "situation.csv": _situation,
        "incidents.csv": _incidents,
        "figures.csv": _figures,
        "measures.csv": _measures,
    }
    for item in crawl.items:
        if item.name in readers:
            readers[item.name](crawl, item)
        elif item.name.startswith("digest-"):
            crawl_digest(crawl, item)
        elif item.name.startswith("reports/"):
            crawl_report(crawl, item)
    crawl_lists(crawl)


def _situation(crawl: Crawl, item: SourceFile) -> None:
    for record in crawl.rows(item, ("slug", "title", "territory", "started")):
        started, precision = record.date("started")
        ended, ended_precision = record.date("ended")
        slug = record.need("slug")
        crawl.emit(
            "situations",
            item=item,
            locator=record.locator,
            key=[slug],
            available_at=started,
            slug=slug,
            started=started,
            started_precision=precision,
            ended=ended,
            ended_precision=ended_precision,
            **_texts(record, "title", "territory", "group", "level", "summary", "outcome"),
        )
        record.audit()


def _incidents(crawl: Crawl, item: SourceFile) -> None:
    for record in crawl.rows(item, ("account", "date_from", "place", "best", "low", "high")):
        account, actor, acts = record.need("account"), record.pop("actor"), record.pop("acts")
        start, _ = record.date("date_from")
        end, _ = record.date("date_to")
        known, _ = record.date("known_on")
        crawl.emit(
            "events",
            item=item,
            locator=record.locator,
            key=[account],
            available_at=known,
            situation=SITUATION,
            territory=TERRITORY,
            date_from=start,
            date_to=end,
            longitude=record.number("longitude"),
            latitude=record.number("latitude"),
            actors=[actor] if actor else [],
            acts=acts.split(";") if acts else [],
            **{name: record.count(name) for name in ("best", "low", "high")},
            said_by=record.pop("observer"),
            **_texts(record, "title", "date_precision", "place", "admin_code", "place_precision", "indicator", "confidence"),
        )
        record.audit()


def _figures(crawl: Crawl, item: SourceFile) -> None:
    known: dict[str, str] = {}
    for record in crawl.rows(item, ("figure", "indicator", "value", "qualifier")):
        name, related = record.need("figure"), record.pop("related")
        start, _ = record.date("period_from")
        end, _ = record.date("period_to")
        as_of, precision = record.date("as_of")
        known[name] = crawl.emit(
            "figures",
            item=item,
            locator=record.locator,
            key=[name],
            available_at=as_of,
            situation=SITUATION,
            territory=TERRITORY,
            period_from=start,
            period_to=end,
            as_of=as_of,
            date_precision=precision,
            related=known[related] if related else None,
            **{column: record.number(column) for column in ("value", "low", "high")},
            **_texts(record, "indicator", "definition", "qualifier", "unit", "place", "said_by", "conflict_group", "relation"),
            **_texts(record, "confidence", "note"),
        )
        record.audit()


def _measures(crawl: Crawl, item: SourceFile) -> None:
    for record in crawl.rows(item, ("measure", "date", "role", "title")):
        name = record.need("measure")
        day, precision = record.date("date")
        crawl.emit(
            "measures",
            item=item,
            locator=record.locator,
            key=[name],
            available_at=day,
            situation=SITUATION,
            territory=TERRITORY,
            date=day,
            date_precision=precision,
            **_texts(record, "kind", "role", "actor", "target", "basis", "status", "title", "note"),
        )
        record.audit()


def _texts(record: Record, *columns: str) -> Mapping[str, str | None]:
    names: Iterable[str] = columns
    return {column: record.pop(column) for column in names}
