"""Reads text as it was laid out and gives prose whose every character still knows where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tocsin.stages.extract.dates import whole_date

#: Marks of lightweight markup that carry no words: link targets, emphasis, headings, tags.
_MARKUP = re.compile(
    r"(?P<open>!?\[)(?=[^\[\]\n]{0,400}\]\()|(?P<target>\]\([^()\s]{0,400}\))"
    r"|(?P<stars>\*{1,3})|(?P<hash>(?m:^)#{1,6}[ \t]+)|(?P<tag></?[a-zA-Z]{1,8}>)"
)
_BREAK = re.compile(r"(?P<hyphen>(?<=[a-z])-[ \t]*\n\s*(?=[a-z]))|(?P<space>[\s\u00a0\u202f\u2009]+)")
_HARD_START = re.compile(r"[ \t]*(?:[-•*][ \t]|\d{1,2}\.[ \t]|#{1,6}[ \t]|\*\*)")
#: A "sentence" longer than this (a table, a hostile text) is read in pieces, so that time stays in proportion to length.
_LONGEST = 2_000
_TERMINAL = ".!?:;…)]\"”’'"
#: A line up to this long that stands alone, or ends with a year, before a paragraph with a capital: a heading or a line with the date.
_HEADING, _DATE_LINE = 90, 40
_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d{2}\s*[*_)]*$")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9À-Þ\u0400-\u042f\u0600-\u06ff])|[؟。።]|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Lt|Maj|Sen|Rep|Gov|Amb|Hon|Rev|No|Nos|Art|vs|etc|al|cf|approx|ca|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$"
)


@dataclass(frozen=True)
class Prose:
    """Holds a stretch of text without markup, with the way back to the characters it came from."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Return where character `position` of the prose stands in the document."""
        piece = bisect_right(self.starts, position) - 1
        return self.origins[piece] + position - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's span of the prose from `start` up to, not including, `end`."""
        return self.origin(start), self.origin(end - 1) + 1

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Return the start and end of each sentence."""
        return tuple(piece for start, end in _sentences(self.text) for piece in _cut(self.text, start, end))


def read_prose(text: str, start: int = 0, end: int | None = None) -> Prose:
    """Return the prose of `text[start:end]`: markup gone, words split over lines joined, soft line ends closed.

    A line end is soft where the line before does not end a sentence: converted PDFs break lines and even
    paragraphs in mid-sentence.
    """
    end = len(text) if end is None else end
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    last = ""
    for piece, origin in _pieces(text, start, end):
        if piece.isspace():
            if not last or last.isspace():
                continue
            piece = piece if piece in ("\n", "\t") else " "
        pieces.append(piece)
        starts.append(length)
        origins.append(origin)
        length += len(piece)
        last = piece[-1]
    return Prose("".join(pieces), tuple(starts) or (0,), tuple(origins) or (start,))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield words with their origin, and a space or a line end where white space stood."""
    position = start
    for mark in _MARKUP.finditer(text, start, end):
        yield from _words(text, position, mark.start(), end)
        position = mark.end()
    yield from _words(text, position, end, end)


def _words(text: str, start: int, stop: int, end: int) -> Iterator[tuple[str, int]]:
    position = start
    for gap in _BREAK.finditer(text, start, stop):
        if gap.start() > position:
            yield text[position : gap.start()], position
        position = gap.end()
        if gap.group("space"):
            yield ("\n" if _is_hard(text, gap.start(), gap.end(), end) else _soft(text, gap.start(), gap.end())), gap.start()
    if stop > position:
        yield text[position:stop], position


def _soft(text: str, start: int, stop: int) -> str:
    """Return a space; between two digits on two lines a tab, for "missing: 3" above "200 dead" is not 3 200."""
    apart = "\n" in text[start:stop] and text[start - 1 : start].isdigit() and text[stop : stop + 1].isdigit()
    return "\t" if apart else " "


def _is_hard(text: str, start: int, stop: int, end: int) -> bool:
    """Return True where the white space from `start` to `stop` ends a paragraph."""
    lines = text.count("\n", start, stop)
    if lines == 0:
        return False
    if _HARD_START.match(text, stop, min(stop + 12, end)):
        return not text.startswith("**", stop) or (lines > 1 and _before(text, start) in _TERMINAL)
    return _is_head(text, start, stop, lines) or (lines > 1 and _before(text, start) in _TERMINAL)


def _is_head(text: str, start: int, stop: int, lines: int) -> bool:
    """Return True where the line that ends at `start` is a date, or a heading before a blank line and a capital."""
    begin = text.rfind("\n", max(0, start - _HEADING - 1), start) + 1
    line = text[begin:start]
    if not line.strip() or len(line) > _HEADING or text[stop : stop + 1].islower():
        return False
    if len(line) <= _DATE_LINE and any(c.isdigit() for c in line) and whole_date(line, years=True):
        return True
    alone = begin == 0 or not text[max(0, begin - 3) : begin - 1].strip()
    return lines > 1 and (alone or _ENDS_IN_YEAR.search(line) is not None)


def _before(text: str, position: int) -> str:
    while position > 0 and text[position - 1] in "*_ \t":
        position -= 1
    return text[position - 1] if position else "."


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start() + 1):
            continue
        if match.end() > start and text[start : match.end()].strip():
            yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = space + 1 if space > 0 else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end


def plain(text: str) -> str:
    """Return one line of text without markup and with single spaces."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", text)).strip()
