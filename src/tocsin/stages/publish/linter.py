"""Reads a digest as a careful editor would, and says what looks wrong before it reaches an inbox."""

from __future__ import annotations

import re
from collections import Counter

from tocsin.stages.publish.edition import Digest
from tocsin.stages.publish.gate import Finding

_CASUALTY = re.compile(r"\b(killed|dead|deaths|died)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{3,}")


def lint(digest: Digest) -> list[Finding]:
    """Return the slips that real issues have had: a title twice, a missing date, a number in a title that no figure holds."""
    return [*_twice(digest), *_undated(digest), *_title_numbers(digest)]


def _twice(digest: Digest) -> list[Finding]:
    count = Counter(item.title.casefold() for item in digest.items)
    return [
        Finding("title-once", item.id, f"Two items are called {item.title!r}.") for item in digest.items if count[item.title.casefold()] > 1
    ]


def _undated(digest: Digest) -> list[Finding]:
    return [
        Finding("item-has-a-date", item.id, f"No date is known for {item.title!r}.") for item in digest.items if item.date == "date unknown"
    ]


def _title_numbers(digest: Digest) -> list[Finding]:
    held = {text for section in digest.sections for figure in section.summary for text in _NUMBER.findall(figure.value)}
    findings = []
    for item in digest.items:
        for text in _NUMBER.findall(item.title):
            if _CASUALTY.search(item.title) and text not in held:
                findings.append(Finding("title-number-has-a-figure", item.id, f"The title says {text}; no figure of this issue holds it."))
    return findings
