"""The timeline of a situation: which entries are listed, and how they are drawn.

A situation with a few dozen entries lists them all, each with its number in the drawing. One with hundreds would be
unreadable that way: it draws the number of events a month as bars, and lists the calls and measures with the newest events.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.situation import Entry
from tocsin.web import words
from tocsin.web.districts import district_name

_MARKS = 40
_NEWEST = 15
_TICKS = 3
#: On a narrow screen, entries nearer than this part of the width in per cent share a mark.
_TIGHT = 13.0


def listed(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the list, oldest first: all of a few, else the calls and measures and the newest events."""
    if len(entries) <= _MARKS:
        return list(entries)
    measures = [entry for entry in entries if entry.measure][-(_MARKS - _NEWEST) :]
    events = [entry for entry in entries if not entry.measure][-_NEWEST:]
    return sorted([*measures, *events], key=lambda entry: (entry.first, entry.measure, entry.id))


def timeline_plot(entries: Sequence[Entry]) -> dict[str, Any] | None:
    """Return the drawing: events above the line (marks, or bars by month where there are many), measures below."""
    if len(entries) < 2:
        return None
    start = min(entry.first for entry in entries)
    end = max(entry.last or entry.first for entry in entries)
    total = max((end - start).days, 1)

    def x(day: dt.date) -> float:
        return 3 + (day - start).days / total * 94

    shown, many = listed(entries), len(entries) > _MARKS
    ticks = [start + dt.timedelta(days=round(total * step / (_TICKS - 1))) for step in range(_TICKS)]
    precision = "day" if total < 200 else "month" if total < 3000 else "year"
    anchors = ["start", *["middle"] * (_TICKS - 2), "end"]
    if many:
        label = gettext("Timeline from %(a)s to %(b)s. Bars: events a month. Squares: measures. The tables beneath hold the values.")
    else:
        label = gettext("Timeline from %(a)s to %(b)s. Events above the line, measures below. The list beneath holds the same entries.")
    return {
        "label": label % {"a": words.day(start), "b": words.day(end)},
        "marks": _marks(shown, x, measures_only=many),
        "tight": _tight(shown, x, measures_only=many),
        "spans": [] if many else _spans(shown, x),
        "months": _months(entries, x) if many else [],
        "ticks": [
            {"x": f"{x(t):.2f}", "text": words.isolated(words.day(t, precision)), "anchor": a} for t, a in zip(ticks, anchors, strict=True)
        ],
        "left_out": len(entries) - len(shown),
    }


def districts(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """Return how many events lie in each district, most first, and how many name none; nothing where no event names one.

    A district is the finest place that is counted.
    """
    events = [entry for entry in entries if not entry.measure]
    counts = Counter(entry.district for entry in events)
    if not any(counts):
        return []
    rows = []
    for district, n in sorted(counts.items(), key=lambda one: (not one[0], -one[1], one[0])):
        days = [entry.first for entry in events if entry.district == district]
        rows.append({"name": district_name(district) if district else "", "n": words.num(n), "days": words.span(min(days), max(days))})
    return rows


def _marks(shown: Sequence[Entry], x: Any, *, measures_only: bool) -> list[dict[str, Any]]:
    marks, edges = [], {False: -9.0, True: -9.0}
    for number, entry in enumerate(shown, start=1):
        if measures_only and not entry.measure:
            continue
        place = max(x(entry.first), edges[entry.measure] + 2.4)
        edges[entry.measure] = place
        marks.append(_mark(min(place, 98), x(entry.first), words.num(number), measure=entry.measure))
    return marks


def _tight(shown: Sequence[Entry], x: Any, *, measures_only: bool) -> list[dict[str, Any]]:
    """Return the marks of a narrow screen: entries too close to stand apart share one mark with their first and last number."""
    groups: dict[bool, list[list[tuple[float, int]]]] = {False: [], True: []}
    for number, entry in enumerate(shown, start=1):
        if measures_only and not entry.measure:
            continue
        runs, place = groups[entry.measure], x(entry.first)
        if runs and place - runs[-1][0][0] < _TIGHT:
            runs[-1].append((place, number))
        else:
            runs.append([(place, number)])
    marks = []
    for measure, runs in groups.items():
        for run in runs:
            first, last = words.num(run[0][1]), words.num(run[-1][1])
            middle = (run[0][0] + run[-1][0]) / 2
            marks.append(_mark(min(max(middle, 4), 96), middle, first if first == last else f"{first}\u2013{last}", measure=measure))
    return marks


def _mark(place: float, at: float, text: str, *, measure: bool) -> dict[str, Any]:
    half = 11 if len(text) < 3 else 4 + 4 * len(text)
    return {"x": f"{place:.2f}", "at": f"{at:.2f}", "no": text, "measure": measure, "half": half, "wide": 2 * half}


def _spans(shown: Sequence[Entry], x: Any) -> list[dict[str, str]]:
    """Return the first three events whose day is known only as a span."""
    return [
        {"x": f"{x(entry.first):.2f}", "width": f"{x(entry.last) - x(entry.first):.2f}"}
        for entry in shown
        if entry.precision == "approximate" and entry.last and entry.last > entry.first and not entry.measure
    ][:3]


def _months(entries: Sequence[Entry], x: Any) -> list[dict[str, Any]]:
    """Return one bar a month: the number of events that began in it."""
    counts = Counter(entry.first.replace(day=1) for entry in entries if not entry.measure)
    if not counts:
        return []
    top, bars, month = max(counts.values()), [], min(counts)
    while month <= max(counts):
        after = (month + dt.timedelta(days=32)).replace(day=1)
        n = counts.get(month, 0)
        left, right = max(x(month), 1.0), min(x(after), 98.5)
        height = 56 * n / top
        bars.append(
            {
                "x": f"{left:.2f}",
                "width": f"{max(right - left - 0.25, 0.3):.2f}",
                "y": f"{70 - height:.1f}",
                "h": f"{height:.1f}",
                "n": words.num(n),
                "month": words.day(month, "month"),
                "most": n == top,
                "middle": f"{(left + right) / 2:.2f}",
            }
        )
        month = after
    return bars
