"""Figures in the reader's language: documented, estimated and in conflict, never mixed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from tocsin.flow.read.figures import Conflict, Figure
from tocsin.web import words
from tocsin.web.parts import Fig

#: What a qualifier says of a count.
QUALIFIERS = ("exact", "at_least", "about", "rounded", "forecast", "crowd", "ordinal")


@dataclass(frozen=True)
class FigureView:
    """Holds one figure as it is shown."""

    figure: Figure
    number: Fig
    what: str
    when: str
    said_by: str
    kind: str


@dataclass(frozen=True)
class ConflictView:
    """Holds figures that disagree, under each other, with their definitions."""

    what: str
    place: str
    figures: tuple[FigureView, ...]


def figure_view(figure: Figure, *, end: bool = False) -> FigureView:
    """Return a figure with its card."""
    what = words.word(words.INDICATORS, figure.indicator)
    text = words.quantity(figure.value, figure.low, figure.high, figure.qualifier)
    period = words.span(figure.period_from, figure.period_to, figure.precision)
    lines: list[str | tuple[str, str]] = [
        ", ".join(part for part in (words.place_name(figure.place) or figure.where, period) if part) + "."
    ]
    if figure.low is not None and figure.high is not None and figure.value is not None and figure.low != figure.high:
        lines.append(gettext("Low %(low)s, high %(high)s.") % {"low": words.loose(figure.low), "high": words.loose(figure.high)})
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
    )


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
