"""Reads the digest of Selmora into its items, and each field report into one document, with spans into the files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from tocsin.model.periods import Precision
from tocsin.stages.collect import Crawl, SourceFile

_HEAD = re.compile(r"^# (?P<title>.+)$", re.M)
_SECTION = re.compile(r"^## (?P<numeral>[IV]+)\. (?P<title>.+)$", re.M)
_ITEM = re.compile(r"^### (?P<number>\d+)\. (?P<title>.+)$", re.M)
_FIELD = re.compile(r"^(?P<label>Author|Outlet|Date|Kind|الكاتب|التاريخ): (?P<value>.+)$", re.M)
_LABELS = {"الكاتب": "Author", "التاريخ": "Date"}
_MONTHS = {dt.date(2000, n, 1).strftime("%B"): n for n in range(1, 13)}
_FIGURE = re.compile(
    r"(?:At least (?P<killed>[\d,]+) people were killed|About (?P<displaced>[\d,]+) people were displaced)[^.]*?, the (?P<by>[^,.]+) said\."
)
_EXCERPT = 300


def crawl_report(crawl: Crawl, item: SourceFile) -> None:
    """Emit a field report as one text; the extract stage reads figures and places from it."""
    text = item.text()
    fields = _fields(text)
    head = _HEAD.search(text)
    day, precision = read_day(fields.get("Date", ""))
    crawl.emit(
        "documents",
        item=item,
        locator=f"characters 0-{len(text)}",
        key=[item.name],
        available_at=day,
        kind="text",
        title=head["title"] if head else item.name,
        author=fields.get("Author"),
        outlet="Southern Isles Wire (invented)" if "-reprinted" in item.name else None,
        date=day,
        date_precision=precision,
        language="ar" if item.name.endswith("-ar.md") else "en",
        territory="XSE",
        span_start=0,
        span_end=len(text),
        text_hash=_hash(text),
        excerpt=_excerpt(text.split("\n## ")[1].split("\n", 1)[1] if "\n## " in text else text),
    )


def crawl_digest(crawl: Crawl, item: SourceFile) -> None:
    """Emit the digest, the summary of its second section, and one document for each item."""
    text = item.text()
    head = _HEAD.search(text)
    title = head["title"] if head else item.name
    day, precision = read_day(title.split(", ")[-1].removesuffix(" (invented)"))
    parent = crawl.emit(
        "documents", item=item, locator=f"characters 0-{len(text)}", key=[item.name], kind="digest", title=title, date=day,
        date_precision=precision, territory="XSE", span_start=0, span_end=len(text), text_hash=_hash(text), available_at=day, language="en",
    )  # fmt: skip
    sections = list(_SECTION.finditer(text))
    for position, section in enumerate(sections):
        end = sections[position + 1].start() if position + 1 < len(sections) else len(text)
        items = list(_ITEM.finditer(text, section.end(), end))
        summary = text[section.end() : items[0].start() if items else end]
        if summary.strip():
            _summary(crawl, item, parent, section, summary, day)
        for number, found in enumerate(items):
            stop = items[number + 1].start() if number + 1 < len(items) else end
            _item(crawl, item, found, text[found.start() : stop], {"parent": parent, "section": section["numeral"], "available_at": day})


def _summary(crawl: Crawl, item: SourceFile, parent: str, section: re.Match[str], summary: str, day: dt.date | None) -> None:
    start = section.end() + len(summary) - len(summary.lstrip())
    stop = section.end() + len(summary.rstrip())
    document = crawl.emit(
        "documents", item=item, locator=f"characters {start}-{stop}", key=[item.name, section["numeral"], "summary"], available_at=day,
        kind="section_summary", parent=parent, section=section["numeral"], title=section["title"], date=day, date_precision="day",
        language="en", territory="XSE", span_start=start, span_end=stop, text_hash=_hash(summary), excerpt=_excerpt(summary),
    )  # fmt: skip
    _summary_figures(crawl, item, document, section.end(), summary, day)


def _summary_figures(crawl: Crawl, item: SourceFile, document: str, start: int, summary: str, day: dt.date | None) -> None:
    """Emit the figures of the summary, each with its span: the digest always writes them in these two ways."""
    for found in _FIGURE.finditer(summary):
        first, last = start + found.start(), start + found.end()
        killed = found["killed"] is not None
        crawl.emit(
            "figures", item=item, locator=f"characters {first}-{last}", key=[item.name, "figure", first], available_at=day,
            indicator="killed" if killed else "displaced", qualifier="at_least" if killed else "about", unit="persons",
            definition="people killed in Selmora in 2026" if killed else "people displaced inside Selmora",
            value=float((found["killed"] or found["displaced"]).replace(",", "")), situation="selmora", territory="XSE",
            said_by=found["by"], as_of=dt.date(2026, 9, 30), date_precision="day", document=document, span_start=first, span_end=last,
            confidence="invented",
        )  # fmt: skip


def _item(crawl: Crawl, item: SourceFile, found: re.Match[str], body: str, of_issue: Mapping[str, Any]) -> None:
    fields = _fields(body)
    day, precision = read_day(fields.get("Date", ""))
    start, stop = found.start(), found.start() + len(body.rstrip())
    crawl.emit(
        "documents", item=item, locator=f"characters {start}-{stop}", key=[item.name, of_issue["section"], found["number"]],
        kind="item", number=int(found["number"]), title=found["title"], author=fields.get("Author"),
        outlet=fields.get("Outlet"), date=day, date_precision=precision, language="en", link_kind=fields.get("Kind"),
        territory="XSE", span_start=start, span_end=stop, text_hash=_hash(body), excerpt=_excerpt(body.strip().split("\n\n")[-1]),
        **of_issue,
    )  # fmt: skip


def read_day(text: str) -> tuple[dt.date | None, Precision]:
    """Return the date that `text` names: 2 June 2026, June 2026, 2026-06-02, or nothing.

    >>> read_day("September 2026")
    (datetime.date(2026, 9, 1), 'month')
    """
    parts = text.strip().split()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        return dt.date.fromisoformat(text.strip()), "day"
    if len(parts) == 3 and parts[1] in _MONTHS:
        return dt.date(int(parts[2]), _MONTHS[parts[1]], int(parts[0])), "day"
    if len(parts) == 2 and parts[0] in _MONTHS:
        return dt.date(int(parts[1]), _MONTHS[parts[0]], 1), "month"
    return None, "unknown"


def _fields(text: str) -> dict[str, str]:
    return {_LABELS.get(m["label"], m["label"]): m["value"].strip() for m in _FIELD.finditer(text)}


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()


def _excerpt(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _EXCERPT else whole[:_EXCERPT].rsplit(" ", 1)[0] + " ..."
