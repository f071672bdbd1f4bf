"""The gap clock: one horizontal bar from signal to outcome, silence drawn as length."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from tocsin.flow.read.asks import POINTS, Ask, Point
from tocsin.web import words

_LEFT, _RIGHT = 2.0, 96.0
#: Labels nearer than this, in per cent of the width, would lie on each other.
_APART = 4.0


@dataclass(frozen=True)
class Stretch:
    """Holds one stretch of the bar: work, silence or time left."""

    kind: str
    x: str
    width: str
    middle: str
    text: str
    narrow: bool


@dataclass(frozen=True)
class Mark:
    """Holds one point on the bar."""

    x: str
    text: str
    anchor: str
    now: bool = False
    open: bool = False


@dataclass(frozen=True)
class Entry:
    """Holds one line of the list under the bar, which repeats every point."""

    name: str
    word: str
    day: dt.date | None
    precision: str
    note: str
    missing: str


@dataclass(frozen=True)
class Clock:
    """Holds the drawing of a gap clock and its twin in words."""

    label: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]


def clock_of(ask: Ask, today: dt.date) -> Clock | None:
    """Return the clock of an alert or ask; None where it has none of its own."""
    return draw(ask.clock, ask.read_until or today, waiting=ask.waiting) if ask.clock else None


def draw(points: Sequence[Point], today: dt.date, *, waiting: bool) -> Clock:
    """Return the geometry of the clock points that have a day, and the list of all of them."""
    dated = sorted(((p.day, p) for p in points if p.day is not None), key=lambda pair: (pair[0], _index(pair[1])))
    entries = _entries(points, waiting)
    if not dated:
        return Clock(gettext("Gap clock: no day is on record."), (), (), entries)
    start, end = dated[0][0], dated[-1][0]
    show_today = waiting and start <= today
    if show_today:
        end = max(end, today)
    if end == start:
        return Clock(gettext("Gap clock: one day is on record."), (), (), entries)
    total = (end - start).days

    def x(day: dt.date) -> float:
        return _LEFT + (day - start).days / total * (_RIGHT - _LEFT)

    stretches = _stretches([pair for pair in dated if pair[1].name != "tE"], dated, x, today if show_today else None)
    marks = _marks(dated, x, today if show_today else None)
    said = "; ".join(f"{words.word(words.POINTS, p.name)} {words.day(day, p.precision)}" for day, p in dated)
    return Clock(gettext("Gap clock: %(points)s.") % {"points": said}, tuple(stretches), tuple(marks), entries)


def _index(point: Point) -> int:
    return POINTS.index(point.name) if point.name in POINTS else len(POINTS)


Dated = Sequence[tuple[dt.date, Point]]
Place = Callable[[dt.date], float]


def _stretches(steps: Dated, dated: Dated, x: Place, today: dt.date | None) -> list[Stretch]:
    found = []
    for (a, first), (b, second) in itertools.pairwise(steps):
        if b > a:
            kind = "work" if _index(second) - _index(first) == 1 else "sil"
            found.append(_stretch(kind, x(a), x(b), words.days((b - a).days)))
    if today is None or not steps:
        return found
    last = max(day for day, _ in steps if day <= today) if any(day <= today for day, _ in steps) else None
    if last is not None and today > last:
        text = gettext("silence, %(days)s") % {"days": words.days((today - last).days)}
        found.append(_stretch("sil", x(last), x(today), text))
    due = next((day for day, point in dated if point.name == "tE" and day > today), None)
    if due is not None:
        found.append(_stretch("left", x(today), x(due), gettext("%(days)s left") % {"days": words.days((due - today).days)}))
    return found


def _stretch(kind: str, a: float, b: float, text: str) -> Stretch:
    return Stretch(kind, f"{a:.2f}", f"{b - a:.2f}", f"{(a + b) / 2:.2f}", words.isolated(text), b - a < 18.0)


def _marks(dated: Dated, x: Place, today: dt.date | None) -> list[Mark]:
    marks: list[Mark] = []
    edge = -100.0
    for day, point in dated:
        place = x(day)
        text = point.name if place - edge >= _APART else ""
        edge = place if text else edge
        marks.append(Mark(f"{place:.2f}", text, "middle", open=point.name == "tE"))
    if today is not None and x(today) - edge >= _APART:
        place = x(today)
        text = gettext("today") if today == timezone.localdate() else words.day(today)
        marks.append(Mark(f"{place:.2f}", words.isolated(text), "end" if place > 80 else "middle", now=True))
    return marks


def _entries(points: Sequence[Point], waiting: bool) -> tuple[Entry, ...]:
    entries = []
    for name in POINTS:
        here = [point for point in points if point.name == name]
        dated = [point for point in here if point.day is not None]
        for point in dated:
            entries.append(Entry(name, words.word(words.POINTS, name), point.day, point.precision, point.note, ""))
        if not dated and name != "tE":
            owed = waiting and name in ("t3", "t4")
            missing = gettext("no answer") if owed else gettext("not recorded")
            entries.append(Entry(name, words.word(words.POINTS, name), None, "", here[0].note if here else "", missing))
    return tuple(entries)
