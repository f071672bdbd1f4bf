"""Small pieces of a page, written in Python because a page holds hundreds of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from tocsin.web import words


@dataclass(frozen=True)
class Fig:
    """Holds one number that opens: its text, where it leads, and what its card says.

    A line of the card is a sentence, or a word and a text from the data.

    `id` leads to the page of origins; `href` leads to a list on a page, for a number that counts its rows.
    """

    text: str
    title: str
    lines: tuple[str | tuple[str, str], ...] = ()
    id: str = ""
    href: str = ""
    end: bool = False


@dataclass(frozen=True)
class Interval:
    """Holds the geometry of an interval bar in per cent of its width."""

    label: str
    start: str
    width: str
    tick: str
    base: str = ""


def fig(figure: Fig, numbers: Iterator[int]) -> SafeString:
    """Return a number as a link to its origin with its card; nothing where it has no origin."""
    href = f"/explain/{figure.id}" if figure.id else figure.href
    if not href:
        return mark_safe("")
    number = next(numbers)
    lines = format_html_join("", "{}<br>", ((_line(line),) for line in figure.lines if line))
    return format_html(
        '<span class="fig{}"><a href="{}" aria-describedby="f{}"><bdi>{}</bdi></a>'
        '<span class="fig__card" role="tooltip" id="f{}"><b>{}</b>{}{}</span></span>',
        " fig--end" if figure.end else "",
        href,
        number,
        figure.text,
        number,
        figure.title,
        lines,
        gettext("Opens the origin") if figure.id else gettext("Opens the list"),
    )


def opens(text: str, href: str) -> SafeString:
    """Return words with a count in them as a link to the list they count, or to where they come from."""
    return format_html('<a class="opens" href="{}"><bdi>{}</bdi></a>', href, text)


def _line(line: str | tuple[str, str]) -> SafeString:
    return format_html("{} {}", line[0], data(line[1])) if isinstance(line, tuple) else format_html("{}", line)


def ivl(interval: Interval) -> SafeString:
    """Return an interval bar: the interval as a bar, the point as a tick, the base rate as a hair line."""
    base = ""
    if interval.base:
        base = format_html('<line class="ivl__rate" x1="{}%" x2="{}%" y1="2" y2="16"/>', interval.base, interval.base)
    return format_html(
        '<svg class="ivl ivl--est" role="img" aria-label="{}" height="18"><line class="ivl__base" x1="0" x2="100%" y1="9" y2="9"/>'
        '<line class="ivl__zero" x1="0.5" x2="0.5" y1="3" y2="15"/>{}<rect class="ivl__range" x="{}%" y="5" width="{}%" height="8"/>'
        '<rect class="ivl__tick" x="{}%" y="1" width="3" height="16"/></svg>',
        interval.label,
        base,
        interval.start,
        interval.width,
        interval.tick,
    )


def interval(label: str, low: float | None, point: float, high: float | None, top: float, base: float | None = None) -> Interval:
    """Return the geometry of an interval on a scale from 0 to `top`."""

    def place(value: float) -> float:
        return min(max(value / top, 0.0), 1.0) * 100 if top else 0.0

    start = place(low if low is not None else point)
    end = place(high if high is not None else point)
    rate = f"{place(base):.1f}" if base is not None else ""
    return Interval(label, f"{start:.1f}", f"{max(end - start, 0.4):.1f}", f"{min(place(point), 99.4):.1f}", rate)


def chip(state: str) -> SafeString:
    """Return a state as shape and word."""
    text = words.word(words.STATES, state)
    shape = words.STATE_SHAPES.get(state)
    if shape is None:
        return format_html('<span class="unk">{}</span>', text)
    return format_html('<span class="chip"><svg aria-hidden="true" focusable="false"><use href="#{}"/></svg>{}</span>', shape, text)


def level(step: int, text: str = "") -> SafeString:
    """Return a step of risk as a swatch with its number in it."""
    return format_html('<span class="lvl lvl--{}"><i>{}</i>{}</span>', step, words.num(step), text)


def unknown(text: str) -> SafeString:
    """Return a hatched cell with its word."""
    return format_html('<span class="unk">{}</span>', text)


def when(value: dt.date | None, precision: str = "day") -> SafeString:
    """Return a date for people and for machines; the hatched word where it is not known."""
    if value is None:
        return unknown(gettext("date not known"))
    machine = value.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
    return format_html('<time datetime="{}">{}</time>', machine, words.day(value, precision))


def data(text: str, language: str = "en") -> SafeString:
    """Return a text from the data, marked with its own language where it is not the reader's."""
    if not text:
        return mark_safe("")
    reader = (get_language() or "en").split("-")[0]
    if language == reader:
        return format_html("{}", text)
    return format_html('<span lang="{}" dir="{}">{}</span>', language, "rtl" if language in ("ar", "fa", "he", "ur") else "ltr", text)
