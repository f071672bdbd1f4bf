"""Reads a listserv digest back into its sections and items: contents list, headings, item heads, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from tocsin.model.periods import DatePoint
from tocsin.stages.extract.dates import whole_date
from tocsin.stages.extract.layouts import fold_title

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,}|(?:~[ \t]*){3,})$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_CONTENTS_ITEM = re.compile(r"^[ \t]*(?P<number>\d{1,2})\.\s+(?P<line>.+(?:\n+(?![ \t]*(?:\d{1,2}\.|#|-{3}|[IVX]+\b)).+)*)", re.MULTILINE)
_NUMBERED = re.compile(r"^[#*_ \t]*(?P<number>\d{1,2})\.\s+\S", re.MULTILINE)
_LEAST_ITEMS = 2
#: "A title (The Outlet, 19 March)" in a contents list.
_BESIDE = re.compile(r"\s*\([^()]{2,80}\d[^()]{0,20}\)$")
_LINK = re.compile(r"!?\[([^\[\]]{0,400})\]\([^()\s]{0,400}\)")
_FULL = re.compile(r"\[(?:read\s+(?:the\s+)?)?full\s+(?P<kind>[a-z]+)[^\]]{0,60}\]\((?P<link>[^()\s]{0,400})\)", re.IGNORECASE)
#: The same in plain text: "Read full article: https://...".
_PLAIN_FULL = re.compile(r"\bfull\s+(?P<kind>[a-z]+)\b[^\n\[\]]{0,30}\s+<?(?P<link>https?://[^\s<>()]{1,400})", re.IGNORECASE)
_TAKEN = re.compile(r"^(?:article\s+)?taken\s+from\b", re.IGNORECASE)
_PUBLICATION = re.compile(r"^an?\s+publication\s+(?:from|of|by)\s+(?:the\s+)?(?P<who>.+)$", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?P<country>[A-Z][\w’'. -]{2,40}):\s")
_DATED = re.compile(r"^(?:published|posted|updated|dated?)(?:\s+on)?\s*:?\s+", re.IGNORECASE)
_PARTED = re.compile(r"\s*,\s+|\s+[–—|-]\s+|\s*\(")
_LONGEST_OUTLET = 70
_HEAD_LINE = 140
_HEAD_LINES = 7
_MOST_RULES = 12
#: Least likeness (0-100) of an item's heading and its line in the contents list.
LIKENESS = 60


@dataclass(frozen=True)
class ItemText:
    """Is one item as found in the body; spans are characters of the whole text."""

    section: str
    number: int
    title: str
    author: str | None
    outlet: str | None
    date: DatePoint | None
    country: str | None
    link_kind: str | None
    link: str | None
    span: tuple[int, int]
    body: tuple[int, int]


@dataclass(frozen=True)
class SectionText:
    """Is one section; `summary` is the span of the editor's own text before the first item, if there is one."""

    numeral: str
    title: str
    items: tuple[ItemText, ...]
    summary: tuple[int, int] | None


@dataclass(frozen=True)
class _Place:
    number: int
    start: int
    after: int


def read_digest(text: str) -> tuple[SectionText, ...] | None:
    """Return the sections of a digest, or None where the text has not the shape of one.

    The shape: a contents list with Roman numerals, a rule, and a body that repeats the numerals. Titles are
    the body's; the contents list says how many items to expect and what they are about.
    """
    split = _split(text)
    if split is None:
        return _without_sections(text)
    contents, headings = split
    ends = [start for _, start, _ in headings[1:]] + [len(text)]
    return tuple(
        _section(text, numeral, after, end, contents.get(numeral, {})) for (numeral, _, after), end in zip(headings, ends, strict=True)
    )


def _without_sections(text: str) -> tuple[SectionText, ...] | None:
    """Return the items of a digest that numbers them from 1 on and has no sections: a list, then each of its lines again as a heading."""
    numbered = list(_NUMBERED.finditer(text))
    first = next((n for n, line in enumerate(numbered) if line["number"] == "1"), None)
    again = next((n for n, line in enumerate(numbered) if line["number"] == "1" and first is not None and n > first), None)
    if first is None or again is None:
        return None
    rule = _RULE.search(text, numbered[first].start(), numbered[again].start())
    start = rule.end() if rule else numbered[again].start()
    listed = _CONTENTS_ITEM.finditer(text, numbered[first].start(), rule.start() if rule else start)
    contents = {int(m["number"]): _BESIDE.sub("", _plain(m["line"])) for m in listed}
    if list(contents) != list(range(1, len(contents) + 1)) or len(contents) < _LEAST_ITEMS:
        return None
    places = list(_item_places(text, start, len(text), contents))
    if len(places) < max(_LEAST_ITEMS, len(contents) * 2 // 3):
        return None
    ends = [place.start for place in places[1:]] + [len(text)]
    items = tuple(_item(text, "", place, stop, contents.get(place.number, "")) for place, stop in zip(places, ends, strict=True))
    published = sum(item.outlet is not None or item.date is not None or item.link is not None for item in items)
    if published * 2 < len(items):  # two lists of one text, such as the points of a report
        return None
    return (SectionText("", "", items, None),)


_Contents = dict[str, dict[int, str]]
_Heading = tuple[str, int, int]


def _split(text: str) -> tuple[_Contents, list[_Heading]] | None:
    """Return the contents list and the headings of the body: parted by a rule, or else where the numerals begin again."""
    parted = [(rule.start(), rule.end()) for rule in _RULE.finditer(text)][:_MOST_RULES]
    first = next(_headings(text, 0), None)
    again = next(_headings(text, first[2]), None) if first else None
    for stop, start in [*parted, *([(again[1], again[1])] if again else [])]:
        contents = _contents(text[:stop])
        if len(contents) < 2:
            continue
        headings = list(_headings(text, start))
        if len(headings) >= 2:
            return contents, headings
    return None


def digest_notes(text: str, sections: tuple[SectionText, ...]) -> tuple[str, ...]:
    """Return what an editor should look at: a heading run into the text before it, a missing item, another title in the contents."""
    split = _split(text)
    contents = split[0] if split else {}
    notes: list[str] = []
    for section in sections:
        listed = contents.get(section.numeral, {})
        found = {item.number: item for item in section.items}
        notes += [
            f"section {section.numeral}, item {n}: in the contents list but not in the body" for n in sorted(listed) if n not in found
        ]
        for item in section.items:
            where = f"section {section.numeral}, item {item.number}" if section.numeral else f"item {item.number}"
            line_start = text.rfind("\n", 0, item.span[0]) + 1
            if listed and re.search(r"[^#*_\s]", text[line_start : item.span[0]]):
                notes.append(f"{where}: the heading is run into the end of the item before it")
            if item.date is None:
                notes.append(f"{where}: no date line")
            if item.number in listed and fold_title(item.title) not in fold_title(listed[item.number]):
                notes.append(f"{where}: the contents list prints another title")
    return tuple(notes)


def _contents(text: str) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    places = list(_headings(text, 0))
    for index, (numeral, _, after) in enumerate(places):
        end = places[index + 1][1] if index + 1 < len(places) else len(text)
        found[numeral] = {int(m["number"]): _plain(m["line"]) for m in _CONTENTS_ITEM.finditer(text, after, end)}
    return found


def _headings(text: str, position: int) -> Iterator[tuple[str, int, int]]:
    """Yield numeral, start and end of each section heading, in the order of the numerals."""
    for numeral in ROMAN:
        match = re.compile(
            rf"^[#*_ \t]*(?:(?:[Ss]ection|SECTION|[Pp]art|PART)[ \t]+)?{numeral}(?=\s*(?:[.):–-]|\n))\s*[.):–-]?\s*[.–-]?[#*_\s]*",
            re.MULTILINE,
        ).search(text, position)
        if match is None:
            return
        yield numeral, match.start(), match.end()
        position = match.end()


def _section(text: str, numeral: str, start: int, end: int, contents: dict[int, str]) -> SectionText:
    title, after = _title(text, start, end)
    places = list(_item_places(text, after, end, contents))
    if not places:
        item = _item(text, numeral, _Place(1, start, start), end, "")
        return SectionText(numeral, title, (item,), None)
    ends = [place.start for place in places[1:]] + [end]
    items = tuple(_item(text, numeral, place, stop, contents.get(place.number, "")) for place, stop in zip(places, ends, strict=True))
    summary = (after, places[0].start)
    return SectionText(numeral, title, items, summary if len(text[slice(*summary)].strip()) > 200 else None)


def _item_places(text: str, start: int, end: int, contents: dict[int, str]) -> Iterator[_Place]:
    """Yield where each item of the contents list begins: the candidate most like its line, after the item before."""
    position = start
    for number, line in sorted(contents.items()):
        candidates = []
        for match in re.compile(rf"(?:^[#*_ \t]*|[.\])*]\s+){number}\.\s+[*_]*", re.MULTILINE).finditer(text, position, end):
            likeness = fuzz.partial_token_set_ratio(line.casefold(), _plain(_title(text, match.end(), end)[0]).casefold())
            overlap = fuzz.token_set_ratio(line.casefold(), _plain(text[match.end() : match.end() + 220]).casefold())
            candidates.append((max(overlap, min(likeness, 90)), -match.start(), match))
        if not candidates:
            continue
        likeness, _, match = max(candidates, key=lambda c: c[:2])
        if likeness < LIKENESS:
            continue
        lead = len(match.group()) - len(match.group().lstrip(".])* \n\t"))
        yield _Place(number, match.start() + lead, match.end())
        position = match.end()


def _end_of_title(text: str, start: int, stop: int, contents_line: str) -> int:
    """Return where a heading ends that runs on without a blank line: before the lines of an item head, which end with a date.

    A second line belongs to the title where the contents list prints both as one.
    """
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text[start:stop]))[: _HEAD_LINES + 1]
    dated = next((n for n, line in enumerate(lines) if n and _date_line(_plain(line.group())) is not None), None)
    if dated is None:
        return stop
    listed, last = fold_title(contents_line), 0
    while last + 1 < dated and fold_title(_plain(text[start : start + lines[last + 1].end()])) in listed:
        last += 1
    return start + lines[last].end()


def _date_line(line: str) -> tuple[str | None, DatePoint] | None:
    """Return the outlet, where it stands on the same line, and the date of a line that ends an item head."""
    bare = _DATED.sub("", line)
    date = whole_date(bare, years=True)
    if date is not None:
        return None, date
    for mark in _PARTED.finditer(bare):
        outlet, date = bare[: mark.start()].strip(), whole_date(bare[mark.end() :].strip(" )"), years=True)
        if date is not None and 2 < len(outlet) <= _LONGEST_OUTLET:
            return outlet, date
    return None


def _title(text: str, start: int, end: int, contents_line: str = "") -> tuple[str, int]:
    """Return the heading that begins at `start` and where it ends: at a blank line, or where its emphasis closes."""
    blank = _BLANK.search(text, start, end)
    stop = blank.start() if blank else end
    stop = _end_of_title(text, start, stop, contents_line)
    line = text[start:stop]
    closed = re.search(r"\*\*(?=\s+\S)", line)
    if closed:
        return _plain(line[: closed.start()]), start + closed.end()
    more = re.match(r"\s*#{1,6}\s*(?P<more>\*\*(?!\d{1,2}\.)[^\n]{1,120}\*\*)[ \t]*\n", text[stop:end])
    if more and line.rstrip().endswith("**"):
        return _plain(f"{line} {more['more']}"), stop + more.end()
    return _plain(line), stop


def _item(text: str, numeral: str, place: _Place, end: int, contents_line: str) -> ItemText:
    title, after = _title(text, place.after, end, contents_line)
    author, outlet, date, body = _head(text, after, end)
    listed = _COUNTRY.match(contents_line)
    country = listed["country"] if listed else None
    if country and title.casefold().startswith(f"{country}: ".casefold()):
        title = title[len(country) + 2 :]
    full = list(_FULL.finditer(text, place.start, end)) or list(_PLAIN_FULL.finditer(text, place.start, end))
    link = full[0]["link"] if full and full[0]["link"] != "#" else None
    kind = full[0]["kind"].lower() if full else None
    return ItemText(numeral, place.number, title, author, outlet, date, country, kind, link, (place.start, end), (body, end))


def _head(text: str, start: int, end: int) -> tuple[str | None, str | None, DatePoint | None, int]:
    """Return author, outlet, date and where the excerpt begins: short lines up to a date, as an item head has them."""
    lines: list[str] = []
    outlet = None
    position = start
    for _ in range(_HEAD_LINES):
        match = re.compile(r"\s*(?P<line>[^\n]+)(?:\n|$)").match(text, position, end)
        if match is None:
            break
        line = _plain(match["line"])
        dated = _date_line(line)
        if dated is not None:
            beside, date = dated
            author, body = _names([*lines, beside] if beside else lines, outlet)
            return author, body, date, match.end()
        publication = _PUBLICATION.match(line)
        if publication:
            outlet = publication["who"].strip(" .")
        elif len(line) > _HEAD_LINE or match["line"].lstrip().startswith("(...)"):
            break
        elif line and not _TAKEN.match(line):
            lines.append(line)
        position = match.end()
    return None, None, None, start


def _names(lines: list[str], outlet: str | None) -> tuple[str | None, str | None]:
    if outlet is not None:
        return (", ".join(lines) or None), outlet
    if len(lines) >= 2:
        return ", ".join(lines[:-1]), lines[-1]
    return None, (lines[0] if lines else None)


def _plain(text: str) -> str:
    without = re.sub(r"</?[a-zA-Z]{1,8}>", "", _LINK.sub(r"\1", text))
    return re.sub(r"\s+", " ", re.sub(r"[#*_]+", " ", without)).strip(" \t\n.–-")
