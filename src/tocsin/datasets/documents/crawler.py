"""Reads plain-text and Markdown files: one document each; what stands in them is read by the extract stage."""

from __future__ import annotations

import hashlib
import unicodedata

from tocsin.stages.collect import Crawl, read_plain_text


def crawl(crawl: Crawl) -> None:
    """Emit one row of kind `text` for each file; README files describe a folder and are left out."""
    for item in crawl.items:
        name = item.name.rsplit("/", 1)[-1]
        if name.lower().startswith("readme"):
            crawl.skip("README file")
            continue
        text = read_plain_text(item)
        crawl.emit(
            "documents",
            item=item,
            locator=f"characters 0-{len(text)}",
            key=[item.sha256],
            kind="text",
            title=name,
            span_start=0,
            span_end=len(text),
            text_hash=text_hash(text),
        )


def text_hash(text: str) -> str:
    """Return a hash that is the same for texts that differ only in spaces, line ends and Unicode forms."""
    normal = " ".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(normal.encode("utf-8")).hexdigest()
