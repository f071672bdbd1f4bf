"""Reads three more layouts, each known by its form and never by its words: booklet, event summary, report digest.

A booklet has entries headed in capitals with a tagline below, under capital headings without one. An event
summary has a numbered contents list whose titles come back with hosts and a date. A report digest has
sections named by Roman numerals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.periods import DatePoint
from tocsin.stages.extract.dates import whole_date
from tocsin.stages.extract.prose import plain

#: A head stands within this many lines above its date; a line longer than LONG is prose.
HEAD_LINES = 6
LONG = 330
#: Least share of capitals among the letters of a heading, and most among those of a tagline.
_CAPITAL, _LOWER = 0.8, 0.5
_SECTION = re.compile(
    r"(?:SECTIONS?\s+(?P<numeral>[IVX]+)(?P<more>(?:\s+AND\s+|\s*[–-]\s*)[IVX]+)?(?::\s*(?P<title>.*))?|(?P<points>KEY\s+POINTS|SUMMARY))$"
)
_ENTRY = re.compile(r"^[ \t]*(?P<number>\d{1,2})\.[ \t]+\[(?P<title>[^\]\n]{3,300})\]\(", re.MULTILINE)
_SEASON = re.compile(r"\b(?P<season>spring|summer|autumn|fall|winter)\s+(?P<year>(?:19|20)\d{2})\b", re.IGNORECASE)
_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_MINIMUM_ENTRIES = 3
_ABOVE = 200
_LONGEST_TAGLINE = 160
_LISTED = re.compile(r"(?:[-•*–]|\(?\d+[.)\d])\s*\S|[^|]*\s\|\s")


@dataclass(frozen=True)
class Headed:
    """Is one titled part: an entry, an event or a section; spans are characters of the whole text."""

    title: str
    span: tuple[int, int]
    body: tuple[int, int]
    section: str | None
    number: int
    outlet: str | None = None
    date: DatePoint | None = None


@dataclass(frozen=True)
class Layout:
    """Holds the kind of a document, its title and date as the layout shows them, and its parts."""

    kind: str
    title: str
    date: DatePoint | None
    parts: tuple[Headed, ...]


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    words: str


def read_layout(text: str) -> Layout | None:
    """Return the layout, or None for a text of no known form."""
    lines = [_Line(m.start(), m.end(), plain(m.group()[: 4 * LONG])) for m in re.finditer(r"[^\n\f]*\S[^\n\f]*", text)]
    for reader in (_event_summary, _report_digest, _booklet):
        layout = reader(text, lines)
        if layout is not None:
            return layout
    return None


def fold_title(title: str) -> str:
    """Return a title in the form in which two printings of it are equal."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def _event_summary(text: str, lines: Sequence[_Line]) -> Layout | None:
    contents = {fold_title(m["title"]): int(m["number"]) for m in _ENTRY.finditer(text)}
    heads = [head for index, line in enumerate(lines) if (date := whole_date(line.words)) and (head := _head(lines, index, contents, date))]
    if len(contents) < 2 or len(heads) < 2:
        return None
    ends = [lines[first].start for first, *_ in heads[1:]] + [len(text)]
    parts = tuple(
        Headed(lines[first].words, (lines[first].start, end), (lines[last].end, end), None, number, hosts, date)
        for (first, last, number, hosts, date), end in zip(heads, ends, strict=True)
    )
    days = sorted(part.date.day for part in parts if part.date and part.date.day)
    return Layout("event_summary", lines[0].words[:LONG], DatePoint(days[0], "approximate") if days else None, parts)


def _head(
    lines: Sequence[_Line], index: int, contents: dict[str, int], date: DatePoint
) -> tuple[int, int, int, str | None, DatePoint] | None:
    """Return first and last line, number, hosts and date of the head that ends with the date line at `index`."""
    for first in range(index - 1, max(-1, index - HEAD_LINES), -1):
        if len(lines[first].words) > LONG:
            return None
        number = contents.get(fold_title(lines[first].words))
        if number is not None:
            hosts = ", ".join(line.words for line in lines[first + 1 : index])
            return first, index, number, hosts or None, date
    return None


def _report_digest(text: str, lines: Sequence[_Line]) -> Layout | None:
    heads = [(line, m) for line in lines if len(line.words) < LONG and (m := _SECTION.match(line.words))]
    if len(heads) < _MINIMUM_ENTRIES or sum(bool(m["numeral"]) for _, m in heads) < 2:
        return None
    ends = [line.start for line, _ in heads[1:]] + [len(text)]
    parts = tuple(
        Headed(m["title"] or m["points"] or line.words, (line.start, end), (line.end, end), m["numeral"], number)
        for number, ((line, m), end) in enumerate(zip(heads, ends, strict=True), start=1)
    )
    return Layout("report_digest", lines[0].words[:LONG], None, parts)


def _booklet(text: str, lines: Sequence[_Line]) -> Layout | None:
    """Return the layout of a booklet.

    Converted pages print an entry's text before or after its heading, so that an entry reaches from the entry
    before it, or the start of its page, to its tagline; or, where it opens its page, to the next heading.
    """
    heads = _capital_heads(text, lines)
    if sum(tagline for *_, tagline, _ in heads) < _MINIMUM_ENTRIES:
        return None
    pages = [0, *(m.end() for m in re.finditer(r"\f|\n(?= \S)", text))]
    parts: list[Headed] = []
    for index, (start, end, tagline, title) in enumerate(heads):
        if not tagline:
            continue
        floor = max(max((page for page in pages if page <= start), default=0), heads[index - 1][1] if index else 0)
        ceiling = min(
            min((page for page in pages if page > start), default=len(text)), *(h[0] for h in heads[index + 1 : index + 2]), len(text)
        )
        span = (floor, end) if start - floor > _ABOVE else (start, max(end, ceiling))
        parts.append(Headed(title, span, span, None, len(parts) + 1))
    season = _SEASON.search(text)
    day = dt.date(int(season["year"]), _FIRST_MONTH[season["season"].lower()], 1) if season else None
    return Layout("booklet", "", DatePoint(day, "approximate") if day else None, tuple(parts))


def _capital_heads(text: str, lines: Sequence[_Line]) -> list[tuple[int, int, bool, str]]:
    """Return start, end, whether a tagline follows on the next line, and title of each heading in capitals."""
    heads: list[tuple[int, int, bool, str]] = []
    index = 0
    while index < len(lines):
        last = index
        if _capitals(lines[index].words) >= _CAPITAL and len(lines[index].words) > 9:
            while _next_to(text, lines, last) and _capitals(lines[last + 1].words) >= _CAPITAL:
                last += 1
            tagline = _next_to(text, lines, last) and _is_tagline(lines[last + 1].words)
            title = re.sub(r"(?<=[A-ZÀ-Þ])- (?=[A-ZÀ-Þ])", "", " ".join(line.words for line in lines[index : last + 1]))
            if len(title.split()) > 1:
                heads.append((lines[index].start, lines[last + tagline].end, tagline, title))
        index = last + 1
    return heads


def _is_tagline(words: str) -> bool:
    """Return True for a short line that is no entry of a list and no sentence: a situation report's headings stand over those."""
    return (
        _capitals(words) <= _LOWER and len(words) <= _LONGEST_TAGLINE and not _LISTED.match(words) and not words.endswith((".", ";", ":"))
    )


def _capitals(words: str) -> float:
    """Return the share of capital letters; 0 for a line with few letters, or a long one."""
    letters = [c for c in words if c.isalpha()] if len(words) < LONG else []
    return sum(c.isupper() for c in letters) / len(letters) if len(letters) > 4 else 0.0


def _next_to(text: str, lines: Sequence[_Line], index: int) -> bool:
    """Return True where the next line follows on the same page without a blank line between."""
    if index + 1 >= len(lines):
        return False
    gap = text[lines[index].end : lines[index + 1].start + 2]
    page = "\f" in gap or re.search(r"\n \S", gap)
    return gap.count("\n") < 2 and not page
