"""Figures in the reader's language: documented, estimated and in conflict, never mixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tocsin.flow.read.figures import Conflict, Figure
from tocsin.web import words
from tocsin.web.parts import Fig

#: From how many periods on the figures of one source are a series.
_SERIES = 3


@dataclass(frozen=True)
class FigureView:
    """Holds one figure as it is shown."""

    figure: Figure
    number: Fig
    what: str
    when: str
    said_by: str
    kind: str
    ends: str
    note: str


@dataclass(frozen=True)
class ConflictView:
    """Holds figures that disagree, under each other, with their definitions."""

    what: str
    place: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True)
class SeriesView:
    """Holds the newest figure of a series, with those of earlier periods by the same source."""

    newest: FigureView
    earlier: tuple[FigureView, ...]


def series_views(figures: Sequence[Figure]) -> list[SeriesView]:
    """Return the figures, those of one source about one thing in three or more periods gathered under the newest.

    They keep the order of their first members; figures of a small group stand by themselves, since two numbers of one
    source are as likely two accounts as a series.
    """
    groups: dict[object, list[Figure]] = {}
    for figure in figures:
        key = (figure.indicator, figure.said_by, figure.definition, figure.place and figure.place.code, figure.where)
        groups.setdefault(key, []).append(figure)
    found = []
    for members in groups.values():
        ends = {figure.period_to or figure.period_from for figure in members}
        if len(members) < _SERIES or None in ends or len(ends) < len(members):
            found += [SeriesView(figure_view(figure), ()) for figure in members]
            continue
        ordered = sorted(members, key=lambda figure: (figure.period_to or figure.period_from or dt.date.min, figure.id), reverse=True)
        found.append(SeriesView(figure_view(ordered[0]), tuple(figure_view(figure) for figure in ordered[1:])))
    return found


def figure_view(figure: Figure, *, end: bool = False) -> FigureView:
    """Return a figure with its card."""
    what = words.word(words.INDICATORS, figure.indicator)
    text = words.quantity(figure.value, figure.low, figure.high, figure.qualifier)
    period = words.span(figure.period_from, figure.period_to, figure.precision)
    lines: list[str | tuple[str, str]] = [
        ", ".join(part for part in (words.place_name(figure.place) or figure.where, period) if part) + "."
    ]
    ends = ""
    if figure.low is not None and figure.high is not None and figure.value is not None and figure.low != figure.high:
        ends = gettext("Low %(low)s, high %(high)s.") % {"low": words.loose(figure.low), "high": words.loose(figure.high)}
        lines.append(ends)
    if figure.said_by:
        lines.append((gettext("Said by:"), figure.said_by))
    if figure.confidence:
        lines.append((gettext("Grade:"), figure.confidence))
    return FigureView(
        figure,
        Fig(text, f"{text} {what}", tuple(lines), id=figure.id, end=end),
        what,
        period,
        figure.said_by,
        kind_words(figure),
        ends,
        _note(figure),
    )


def _note(figure: Figure) -> str:
    """Return the sentence that a block of documented figures adds to a figure that repeats another, or is part of one."""
    if figure.relation == "rounded_of":
        return gettext("The same count as another figure, rounded: never add the two.")
    if figure.relation == "subset_of":
        return gettext("Part of another figure: never add the two.")
    return ""


def kind_words(figure: Figure) -> str:
    """Return whether a figure is documented, a forecast or a crowd: never 'killed' for what was not counted as dead."""
    if figure.qualifier == "forecast":
        return gettext("a forecast, not a count")
    if figure.qualifier == "crowd" or figure.indicator == "crowd":
        return gettext("people present, not casualties")
    if figure.relation == "rounded_of":
        return gettext("documented (at least), the same count rounded: never add the two")
    if figure.relation == "subset_of":
        return gettext("documented (at least), part of another figure: never add the two")
    return gettext("documented (at least)")


def conflict_view(conflict: Conflict, *, end: bool = False) -> ConflictView:
    """Return a conflict as it is shown."""
    views = tuple(figure_view(figure, end=end) for figure in conflict.figures)
    first = conflict.figures[0]
    return ConflictView(views[0].what, words.place_name(first.place) or first.where, views)
