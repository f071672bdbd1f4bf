"""Writes a digest as HTML, plain text, Markdown, JSON and RSS, all from the same content."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tocsin.stages.publish.edition import Digest
from tocsin.stages.publish.writers.environment import template


def html(digest: Digest) -> bytes:
    """Return one HTML file that needs nothing from outside: for a browser, a mail or paper."""
    return template("digest.html.j2").render(digest=digest).encode("utf-8")


def text(digest: Digest) -> bytes:
    """Return plain text for a mail reader of any age."""
    return template("digest.txt.j2").render(digest=digest).encode("utf-8")


def markdown(digest: Digest) -> bytes:
    """Return Markdown."""
    return template("digest.md.j2").render(digest=digest).encode("utf-8")


def as_json(digest: Digest) -> bytes:
    """Return JSON in which every figure and item keeps the id that opens it."""
    content = {**asdict(digest), "edition": digest.edition.isoformat(), "items": len(digest.items)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def rss(digest: Digest) -> bytes:
    """Return an RSS 2.0 feed with one entry an item; addresses are relative to the site that serves it."""
    published = format_datetime(datetime.combine(digest.edition, time(), tzinfo=UTC))
    watermark = "" if digest.state == "released" else " (draft, not signed)"
    entries = [
        f"<item><title>{escape(item.contents_line)}</title><link>{escape(item.link or '/explain/' + item.id)}</link>"
        f'<guid isPermaLink="false">{escape(item.id)}</guid><category>{escape(section.numeral)}</category>'
        f"<description>{escape(item.excerpt or '')}</description></item>"
        for section in digest.sections
        for item in section.items
    ]
    head = (
        f"<title>{escape(digest.title + watermark)}</title><link>/publications</link>"
        f"<description>{escape(_description(digest))}</description><pubDate>{published}</pubDate>"
    )
    body = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>' + head + "".join(entries) + "</channel></rss>\n"
    return body.encode("utf-8")


def _description(digest: Digest) -> str:
    about = "Invented material about Selmora, a country that does not exist. " if digest.invented else ""
    signed = f" {digest.signed}" if digest.signed else ""
    return f"{about}{len(digest.items)} items in {sum(1 for s in digest.sections if s.items)} sections.{signed}"
