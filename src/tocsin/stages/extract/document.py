"""Reads one document: its kind, its date, its items where it is a digest, and the figures of every part."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace

from tocsin.model.periods import DatePoint
from tocsin.stages.extract.dates import find_dates, whole_date
from tocsin.stages.extract.digest import ItemText, SectionText, digest_notes, read_digest
from tocsin.stages.extract.figures import FigureText, read_figures
from tocsin.stages.extract.language import find_language
from tocsin.stages.extract.layouts import Headed, read_layout
from tocsin.stages.extract.mail import read_mail_head, without_quote_marks
from tocsin.stages.extract.measures import MeasureText, read_measures
from tocsin.stages.extract.places import Gazetteer, usual_codes
from tocsin.stages.extract.prose import read_prose
from tocsin.stages.extract.relations import Relation, relate

EXCERPT = 280
_HEAD = 600
#: What a line with the date of a text begins with, in the four languages.
_DATE_LINE = re.compile(r"(?:dated?|published|issued|publi[ée]e?\s+le|fecha|publicado|التاريخ|تاريخ)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """Is a stretch of a document with a head of its own; `key` is unique in the document."""

    key: str
    kind: str
    section: str | None
    number: int | None
    title: str | None
    author: str | None
    outlet: str | None
    date: DatePoint | None
    link_kind: str | None
    link: str | None
    territory: str | None
    span: tuple[int, int]
    excerpt: str | None


@dataclass(frozen=True)
class FoundFigure:
    """Is a figure with the part it stands in and what it repeats or is a part of, by position."""

    part: str
    figure: FigureText
    relation: Relation | None


@dataclass(frozen=True)
class FoundMeasure:
    """Is a measure with the part it stands in."""

    part: str
    measure: MeasureText


@dataclass(frozen=True)
class Extracted:
    """Holds what one document gave."""

    kind: str
    title: str
    date: DatePoint | None
    language: str | None
    text_hash: str
    parts: tuple[Part, ...]
    figures: tuple[FoundFigure, ...]
    measures: tuple[FoundMeasure, ...]
    notes: tuple[str, ...] = ()


def extract_document(name: str, text: str, gazetteer: Gazetteer) -> Extracted:
    """Return what can be read from `text` by rule; nothing is guessed, and an empty text gives nothing.

    Args:
        name: name of the file, used as the title where the text has none.
        text: the document, decoded.
        gazetteer: names of territories.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")  # as many characters as before, so that every span still holds
    text = without_quote_marks(text)
    mail = read_mail_head(text)
    sections = read_digest(text)
    layout = None if sections else read_layout(text)
    sent = DatePoint(mail.day, "day") if mail and mail.day else None
    date = (layout.date if layout else None) or sent or _date(text)
    parts = (
        tuple(_parts(text, sections, gazetteer))
        if sections
        else tuple(_headed(text, p, gazetteer) for p in (layout.parts if layout else ()))
    )
    kind = "digest" if sections else layout.kind if layout else "text"
    stretches = _stretches(text, parts if sections else (), date)
    outlets = {part.key: part.outlet for part in parts}
    found = [(s.key, figure) for s in stretches for figure in read_figures(text, s.span, gazetteer, s.heading, s.day)]
    said = [replace(figure, said_by=figure.said_by or outlets.get(key)) for key, figure in found]
    keys = [key for key, _ in found]
    return Extracted(
        kind=kind,
        title=(layout.title if layout else "") or (mail.subject if mail else None) or _title(name, kind, date),
        date=date,
        language=find_language(text),
        text_hash=_hash(text),
        parts=parts,
        figures=tuple(FoundFigure(key, figure, relation) for key, (figure, relation) in zip(keys, relate(said, keys), strict=True)),
        measures=tuple(FoundMeasure(s.key, m) for s in stretches for m in read_measures(text, s.span, gazetteer, s.heading, s.day)),
        notes=digest_notes(text, sections) if sections else (),
    )


@dataclass(frozen=True)
class _Stretch:
    key: str
    span: tuple[int, int]
    heading: str | None
    day: dt.date | None


def _stretches(text: str, parts: tuple[Part, ...], date: DatePoint | None) -> list[_Stretch]:
    """Return what is read for figures and measures: the parts of a digest, so that its contents list is not; else the whole."""
    day = date.last if date else None
    if not parts:
        return [_Stretch("whole", (0, len(text)), None, day)]
    return [_Stretch(p.key, p.span, p.territory, p.date.last if p.date else day) for p in parts]


def _parts(text: str, sections: tuple[SectionText, ...], gazetteer: Gazetteer) -> list[Part]:
    parts: list[Part] = []
    for section in sections:
        heading = _territory(section.title, gazetteer)
        if section.summary:
            excerpt = _excerpt(text, section.summary)
            key = f"{section.numeral}-summary"
            parts.append(
                Part(
                    key,
                    "section_summary",
                    section.numeral or None,
                    None,
                    section.title,
                    None,
                    None,
                    None,
                    None,
                    None,
                    heading,
                    section.summary,
                    excerpt,
                )
            )
        parts += [_item_part(text, item, heading, gazetteer) for item in section.items]
    return parts


def _item_part(text: str, item: ItemText, heading: str | None, gazetteer: Gazetteer) -> Part:
    territory = _territory(item.country or item.title, gazetteer) or heading
    return Part(
        key=f"{item.section}-{item.number}",
        kind="item",
        section=item.section or None,
        number=item.number,
        title=item.title,
        author=item.author,
        outlet=item.outlet,
        date=item.date,
        link_kind=item.link_kind,
        link=item.link,
        territory=territory,
        span=item.span,
        excerpt=_excerpt(text, item.body),
    )


def _headed(text: str, headed: Headed, gazetteer: Gazetteer) -> Part:
    return Part(
        key=f"part-{headed.number}-{headed.span[0]}",
        kind="item",
        section=headed.section,
        number=headed.number,
        title=headed.title,
        author=None,
        outlet=headed.outlet,
        date=headed.date,
        link_kind=None,
        link=None,
        territory=_territory(headed.title, gazetteer),
        span=headed.span,
        excerpt=_excerpt(text, headed.body),
    )


def _territory(words: str, gazetteer: Gazetteer) -> str | None:
    """Return the territory that a heading names, if it names one more often than any other."""
    counted = usual_codes(gazetteer.find(words)).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _excerpt(text: str, span: tuple[int, int]) -> str | None:
    """Return the first sentences of a stretch, short; the cut is marked."""
    prose = read_prose(text, *span)
    taken = ""
    for start, end in prose.sentences:
        sentence = re.sub(r"\s+", " ", prose.text[start:end]).strip()
        if taken and len(taken) + len(sentence) > EXCERPT:
            break
        taken = f"{taken} {sentence}".strip()
    if not taken:
        return None
    cut = taken if len(taken) <= EXCERPT else taken[:EXCERPT].rsplit(" ", 1)[0]
    return cut if cut.endswith("(...)") else f"{cut} (...)"


#: So many lines that begin with a day make a chronology: none of its days is that of the text.
_CHRONOLOGY = 3
_ENTRY = re.compile(
    r"^[\s•*–-]*\d{1,2}\s+[A-Z][a-zû]{2,8}\.?\s+(?:19|20)\d{2}[ \t:–-]+\S|^[\s•*–-]*(?:19|20)\d{2}-\d{2}-\d{2}[ \t:–-]+\S", re.MULTILINE
)
#: What leads in the date of an event: always, and where the line is prose.
_SPAN_DATE = re.compile(r"\b(?:since|between|until|till|before|after|during)\s+(?:the\s+)?$", re.IGNORECASE)
_PROSE_DATE = re.compile(r"\b(?:in|on|from|by|of)\s+(?:the\s+)?$", re.IGNORECASE)
_HEADING = 100
#: Most characters of a date in words.
_LONGEST_DATE = 30


def _date(text: str) -> DatePoint | None:
    """Return the day that the text begins with, or that a line of the head is made of ("Date: 4 May 2025"); else the first exact one."""
    opening = find_dates(text[:_HEAD].lstrip(" \ufeff\n#*_")[:_LONGEST_DATE])
    if opening and opening[0].start == 0 and opening[0].precision == "day":
        return DatePoint(opening[0].first, "day")
    for line in text[:_HEAD].splitlines():
        said = whole_date(_DATE_LINE.sub("", line.strip()))
        if said is not None:
            return said
    if len(_ENTRY.findall(text)) >= _CHRONOLOGY:
        return None
    for mention in find_dates(text[:_HEAD]):
        if mention.precision in ("day", "month") and not _of_an_event(text, mention.start):
            return DatePoint(mention.first, mention.precision)
    return None


def _of_an_event(text: str, start: int) -> bool:
    """Return True for a date that a sentence leads in ("since February 2003"): that of what is told, not of the text."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", start) + 1 or len(text) + 1) - 1].strip()
    prose = len(line) > _HEADING or line.endswith((".", ",", ";"))
    return bool(_SPAN_DATE.search(text, max(0, start - 20), start) or (prose and _PROSE_DATE.search(text, max(0, start - 20), start)))


def _title(name: str, kind: str, date: DatePoint | None) -> str:
    if kind == "digest" and date and date.day:
        return f"Digest of {date.day.day} {date.day:%B %Y}"
    return name.rsplit("/", 1)[-1]


def _hash(text: str) -> str:
    return hashlib.sha256(re.sub(r"\s+", " ", text).strip().encode("utf-8")).hexdigest()


def as_of(date: DatePoint | None) -> dt.date | None:
    """Return the last day that a date allows."""
    return date.last if date else None
