"""Reads the figures of one stretch of text: what each number counts, where, when, how exactly, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.stages.extract.counts import count_kinds
from tocsin.stages.extract.dates import DateMention, find_dates
from tocsin.stages.extract.numbers import NumberMention, find_numbers
from tocsin.stages.extract.places import Gazetteer, Mention, Setting, is_people, place_of, territory_of, usual_codes
from tocsin.stages.extract.prose import Prose, read_prose
from tocsin.stages.extract.speakers import speaker_of

#: A rounded twin lies this close to the exact count it repeats.
ROUNDING = 0.02


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
    precision: str
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
    return [figure for start, end in prose.sentences for figure in _in_sentence(prose, setting, mentions, (start, end), day)]


def mark_rounded(figures: Sequence[FigureText]) -> list[tuple[FigureText, int | None]]:
    """Return each figure with the position of the exact count it rounds, or None.

    A round number said with "over", "about" or "more than" that lies within two per cent of an exact count of the
    same kind and territory is the same count said again; it becomes `rounded` and must never be added.
    """
    exact = [(n, f) for n, f in enumerate(figures) if f.qualifier == "exact" and f.value >= 1000 and f.value % 1000]
    marked: list[tuple[FigureText, int | None]] = []
    for figure in figures:
        twin = next((n for n, other in exact if _rounds(figure, other)), None)
        marked.append((replace(figure, qualifier="rounded"), twin) if twin is not None else (figure, None))
    return marked


def _rounds(figure: FigureText, other: FigureText) -> bool:
    same = (figure.kind, figure.territory) == (other.kind, other.territory)
    close = abs(figure.value - other.value) <= ROUNDING * other.value
    return same and close and figure.value % 1000 == 0 and figure.value != other.value


def _in_sentence(
    prose: Prose, setting: Setting, mentions: Sequence[Mention], span: tuple[int, int], day: dt.date | None
) -> Iterator[FigureText]:
    sentence = prose.text[slice(*span)]
    numbers = find_numbers(sentence)
    if not numbers:
        return
    dates = find_dates(sentence, day)
    for number, counted in zip(numbers, count_kinds(sentence, numbers, is_people), strict=True):
        if counted is None:
            continue
        where = (span[0] + number.start, span[0] + number.end)
        when = _date_of(number, dates)
        yield FigureText(
            kind=counted.kind,
            definition=counted.definition,
            unit=counted.unit,
            value=number.value + counted.also,
            low=number.low,
            high=number.high,
            qualifier="forecast" if counted.forecast else "crowd" if counted.crowd else _qualifier(number.qualifier),
            territory=territory_of(prose.text, setting, span, where, where[1] + len(counted.definition) + 20),
            place=place_of(sentence, (number.start, number.end), mentions, span[0]),
            first=when.first if when else day,
            last=when.last if when else day,
            precision=when.precision if when else "as_of" if day else "unknown",
            said_by=speaker_of(sentence, number.start),
            subset=counted.subset,
            span=prose.span(*where),
        )


def _qualifier(word: str) -> str:
    """Return the qualifier of the contract; an upper bound said in words ("nearly") is an approximate figure."""
    return "about" if word == "below" else word


def _date_of(number: NumberMention, dates: Sequence[DateMention]) -> DateMention | None:
    """Return the date nearest to the number in its sentence."""
    return min(dates, key=lambda d: min(abs(d.start - number.end), abs(number.start - d.end)), default=None)
