"""Reads the figures of one stretch of text: what each number counts, where, when, how exactly, and who says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.model.periods import Precision
from tocsin.stages.extract.counts import Counted, count_kinds, implied_victims
from tocsin.stages.extract.dates import DateMention, day_spans, find_dates
from tocsin.stages.extract.numbers import NumberMention, find_numbers
from tocsin.stages.extract.places import Gazetteer, Setting, hosts_of, is_people, of_a_capital, place_of, territory_of, usual_codes
from tocsin.stages.extract.prose import Prose, read_prose
from tocsin.stages.extract.speakers import speaker_of

#: Words after or before a date that make it the day of the report, not of what is reported.
_REPORTING = re.compile(r"\b(?:report(?:ed|s)?|said|stat(?:ed|ement)|announced|issued|published|released|estimated|told)\b", re.IGNORECASE)
#: "Forty people died, the Office said on 7 January".
_REPORTED_ON = re.compile(
    r"\b(?:said|says|reported|stated|announced|told|wrote|added|declared|confirmed|released|published|issued)\s+"
    r"(?:(?!to\b|that\b|have\b|dead\b|missing\b|\w+ed\b)[\w’']+\s+){0,3}?(?:on|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:in|on|during|between|since|from|by|of|until|throughout|for)\s+(?:the\s+)?$", re.IGNORECASE)
_NEAR = 110
#: A date after these words is that of another count: "compared with 30 in 2020", "as in 2007".
_OTHER = re.compile(
    r"\b(?:compared\s+(?:with|to)|(?:down|up)\s+from|(?:more|fewer|less|higher|lower)\s+than\s+(?:in|the)|as\s+in|like\s+in|versus|against)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\b[^.;:\d]{0,50}$", re.IGNORECASE)
#: "A 2019 report": the year of what says it.
_OF_A_REPORT = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:report|study|survey|article|paper|book|census|investigation|analysis|assessment)\b", re.IGNORECASE
)
#: A sentence that opens with its date: the date is that of all of it, also beyond a semicolon.
_LIST_MARK = re.compile(r"[\s•*\-–(]*")
#: What "killing him" counts, where no number is said.
_ONE = Counted("killed", "one person, said without a number", "persons")


@dataclass(frozen=True)
class FigureText:
    """Is one figure as a text gives it; the span is characters of the whole document."""

    kind: str
    definition: str
    unit: str
    value: float
    low: float | None
    high: float | None
    qualifier: str
    territory: str | None
    place: str | None
    first: dt.date | None
    last: dt.date | None
    precision: Precision
    said_by: str | None
    subset: bool
    span: tuple[int, int]


def read_figures(text: str, span: tuple[int, int], gazetteer: Gazetteer, heading: str | None, day: dt.date | None) -> list[FigureText]:
    """Return the figures in `text[span]` whose words say what they count; other numbers are no figures.

    Args:
        text: the whole document.
        span: the stretch to read.
        gazetteer: names of territories.
        heading: territory that the heading of the stretch names, if any.
        day: date of the stretch, for dates without a year.
    """
    prose = read_prose(text, *span)
    mentions = gazetteer.find(prose.text)
    setting = Setting(mentions, heading, usual_codes(mentions))
    return [figure for start, end in prose.sentences for figure in _in_sentence(prose, setting, (start, end), day)]


def _in_sentence(prose: Prose, setting: Setting, span: tuple[int, int], day: dt.date | None) -> Iterator[FigureText]:
    sentence = prose.text[slice(*span)]
    numbers = _outside_dates(sentence, find_numbers(sentence))
    named = setting.inside(span)
    counts = count_kinds(sentence, numbers, is_people) if numbers else []
    found = [(number, counted) for number, counted in zip(numbers, counts, strict=True) if counted is not None]
    found += [(NumberMention(start, end, 1.0, "exact", in_words=True), _ONE) for start, end in implied_victims(sentence)]
    if not found:
        return
    dates = find_dates(sentence, day)
    for number, counted in found:
        where = (span[0] + number.start, span[0] + number.end)
        first, last, precision = _when(sentence, number, dates, day)
        hosts = hosts_of(sentence, number.end, named, span[0]) if counted.kind == "refugees" else None
        place = hosts or place_of(sentence, (number.start, number.end), named, span[0])
        territory = territory_of(prose.text, setting, span, where, where[1] + len(counted.definition) + 20)
        yield FigureText(
            kind=counted.kind,
            definition=counted.definition,
            unit=counted.unit,
            value=number.value + counted.also,
            low=number.low,
            high=number.high,
            qualifier="forecast" if counted.forecast else "crowd" if counted.crowd else _qualifier(number),
            territory=of_a_capital(place, named) or territory,
            place=place,
            first=first,
            last=last,
            precision=precision,
            said_by=speaker_of(sentence, number.start),
            subset=counted.subset,
            span=prose.span(*where),
        )


def _outside_dates(sentence: str, numbers: Sequence[NumberMention]) -> list[NumberMention]:
    """Return the numbers that are not the day or the year of a date."""
    days = day_spans(sentence) if numbers else []
    return [n for n in numbers if not any(start <= n.end - 1 < end for start, end in days)]


def _qualifier(number: NumberMention) -> str:
    """Return the qualifier of the contract; a bare number with one significant digit above a thousand is approximate."""
    if number.qualifier == "exact" and number.value >= 1000 and not f"{number.value:.0f}".rstrip("0")[1:]:
        return "about"
    return number.qualifier


def _when(
    sentence: str, number: NumberMention, dates: Sequence[DateMention], day: dt.date | None
) -> tuple[dt.date | None, dt.date | None, Precision]:
    """Return first and last day and precision: the date said with the number, else the day of the report or of the text.

    A date after the number and led in by "in", "between" and the like comes first, then the nearest before it; a
    semicolon between separates. "On 7 January it was reported that" makes a day of report (`as_of`).
    """
    for mention in dates:
        gap = sentence[number.end : mention.start]
        if mention.start >= number.end and len(gap) < _NEAR and ";" not in gap and _WHEN.search(gap[-20:]) and not _OTHER.search(gap):
            if mention.precision == "day" and _REPORTED_ON.search(gap):
                return mention.first, mention.last, "as_of"
            return _until(sentence, mention, day)
    before = [m for m in dates if m.end <= number.start and (";" not in sentence[m.end : number.start] or _opens(sentence, m))]
    if before:
        mention = before[-1]
        one_day = mention.precision == "day" and mention.first == mention.last
        reported = one_day and _REPORTING.search(sentence, mention.end, min(number.start, mention.end + 160))
        reported = reported or (one_day and _REPORTED_ON.search(sentence, 0, mention.start))
        if reported or _OF_A_REPORT.match(sentence, mention.end):
            return mention.first, mention.last, "as_of"
        return _until(sentence, mention, day)
    return (day, day, "as_of") if day else (None, None, "unknown")


def _opens(sentence: str, mention: DateMention) -> bool:
    """Return True for a date that the sentence begins with."""
    return mention.precision == "day" and _LIST_MARK.fullmatch(sentence, 0, mention.start) is not None


def _until(sentence: str, mention: DateMention, day: dt.date | None) -> tuple[dt.date, dt.date, Precision]:
    """Return the days of a date; "since May" reaches to the day of the text."""
    if day is not None and day > mention.last and _SINCE.search(sentence, max(0, mention.start - 60), mention.start):
        return mention.first, day, "approximate"
    return mention.first, mention.last, mention.precision
