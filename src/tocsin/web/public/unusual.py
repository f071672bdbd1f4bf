"""What is unusual among the events and figures of a territory: small drawings, a sentence and a table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

from tocsin.flow.read.watched import Period, Watch, WatchedSeries
from tocsin.web import words
from tocsin.web.districts import district_name
from tocsin.web.parts import Fig, data

_ROWS = 12
#: From this many on, a number would run into the next one in the drawing; the table holds it.
_WIDE = 1000
_RISES = {
    "week": gettext_noop("%(what)s, rise since the week before, by the figures of %(source)s"),
    "month": gettext_noop("%(what)s, rise since the month before, by the figures of %(source)s"),
}
_LEFT, _WIDTH, _FOOT, _HIGH = 1.0, 98.0, 58.0, 40.0


def unusual_view(watch: Watch | None) -> dict[str, Any] | None:
    """Return the block; None where no series is watched."""
    if watch is None:
        return None
    rows = sorted(_together(watch), key=lambda row: row["from"], reverse=True)
    rate = (
        gettext("Where nothing unusual happens, %(n)s false alarms a week are to be expected over all series of this run.")
        if watch.every == "week"
        else gettext("Where nothing unusual happens, %(n)s false alarms a month are to be expected over all series of this run.")
    )
    last = max((p.last for one in watch.series for p in one.periods if p.observed is not None), default=None)
    ends = max(p.last for one in watch.series for p in one.periods)
    silent = (
        gettext("Nothing was reported after %(day)s: that is missing, not calm.") % {"day": words.day(last)} if last and last < ends else ""
    )
    return {
        "said": _said(watch),
        "silent": silent,
        "expected": rate % {"n": words.num(watch.false_alarms, 2)},
        "series": [_drawing(one) for one in watch.series],
        "rows": rows[:_ROWS],
    }


def _said(watch: Watch) -> str:
    """Return what is watched, and how much of it stands out."""
    events = sum(one.kind == "events" for one in watch.series)
    figures = len(watch.series) - events
    parts = [ngettext("%(n)s series of events is watched.", "%(n)s series of events are watched.", events) % {"n": words.num(events)}]
    parts += [ngettext("%(n)s series of figures is watched.", "%(n)s series of figures are watched.", figures) % {"n": words.num(figures)}]
    out = {every: sum(p.stands_out for one in watch.series if one.every == every for p in one.periods) for every in ("week", "month")}
    weeks = ngettext("%(n)s week of the last year stands out.", "%(n)s weeks of the last year stand out.", out["week"])
    months = ngettext("%(n)s month of the last two years stands out.", "%(n)s months of the last two years stand out.", out["month"])
    every = {one.every for one in watch.series}
    stand = [text % {"n": words.num(out[of])} for of, text in (("week", weeks), ("month", months)) if of in every]
    return " ".join([part for part, many in zip(parts, (events, figures), strict=True) if many] + stand)


def _name(one: WatchedSeries) -> SafeString:
    """Return what a series counts and who tells of it; names from the data keep their language."""
    known = one.counted in words.INDICATORS
    counted = format_html("{}", words.word(words.INDICATORS, one.counted)) if known else district_name(one.counted)
    if one.kind != "events":
        figures = gettext("%(what)s, by the figures of %(source)s") if one.kind == "figures" else gettext(_RISES[one.every])
        return format_html(figures % {"what": "{what}", "source": "{source}"}, what=counted, source=data(one.said_by or one.source))
    said = gettext("%(what)s, events told by %(source)s") % {"what": "{what}", "source": "{source}"}
    return format_html(
        said, what=counted, source=words.word(words.SOURCES, one.source) if one.source in words.SOURCES else data(one.source)
    )


def _drawing(one: WatchedSeries) -> dict[str, Any]:
    top = max([p.observed or 0.0 for p in one.periods] + [1.0])
    width = _WIDTH / len(one.periods)

    def x(place: float) -> str:
        return f"{_LEFT + place * width:.2f}"

    def height(period: Period) -> float:
        return (period.observed or 0.0) / top * _HIGH

    first, last = words.day(one.periods[0].first), words.day(one.periods[-1].last)
    label = gettext("Counts by period, %(a)s to %(b)s. The table beneath holds what stands out.")
    return {
        "name": _name(one),
        "label": label % {"a": first, "b": last},
        "first": words.isolated(first),
        "last": words.isolated(last),
        "bars": [
            {"x": x(place + 0.15), "width": f"{width * 0.7:.2f}", "y": f"{_FOOT - height(p):.1f}", "h": f"{height(p):.1f}"}
            for place, p in enumerate(one.periods)
            if p.observed
        ],
        "silent": [{"x": x(place), "width": f"{width:.2f}"} for place, p in enumerate(one.periods) if p.observed is None],
        "marks": [
            {
                "x": x(place + 0.5),
                "y": f"{max(_FOOT - height(p) - 4, 10):.1f}",
                "text": words.num(p.observed) if (p.observed or 0) < _WIDE else "",
            }
            for place, p in enumerate(one.periods)
            if p.stands_out
        ],
    }


def _rows(one: WatchedSeries) -> Iterator[dict[str, Any]]:
    """Yield each period that stands out, and each run of periods without a report."""
    where = _name(one)
    for period in one.periods:
        if period.stands_out:
            seen = words.num(period.observed)
            expected = words.num(period.expected, 1 if one.kind == "events" else 0)
            title = (
                gettext("%(n)s events, where %(m)s were to be expected")
                if one.kind == "events"
                else gettext("%(n)s, where %(m)s were to be expected")
            ) % {"n": seen, "m": expected}
            limit = gettext("Limit %(n)s, by %(method)s.") % {
                "n": words.num(period.limit, 1 if one.kind == "events" else 0),
                "method": period.method,
            }
            yield _row(
                period.first,
                period.last,
                where,
                gettext("more than were to be expected"),
                Fig(seen, title, (limit,), id=period.id, end=True),
            ) | {"expected": expected}
    for state, run in groupby(one.periods, key=lambda p: p.state if p.observed is None else ""):
        periods: Sequence[Period] = tuple(run)
        if state:
            what = gettext("zeros that look like silence") if state == "suspected_outage" else gettext("nothing was reported")
            yield _row(periods[0].since or periods[0].first, periods[-1].last, where, what, None)


def _together(watch: Watch) -> list[dict[str, Any]]:
    """Return the rows; a silence that all series of events share stands once."""
    events = [one for one in watch.series if one.kind == "events"]
    rows = [(one.kind, row) for one in watch.series for row in _rows(one)]
    same = Counter((row["when"], row["what"]) for kind, row in rows if row["seen"] is None and kind == "events")
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for kind, row in rows:
        shared = kind == "events" and row["seen"] is None and len(events) > 1 and same[row["when"], row["what"]] == len(events)
        every = gettext("every series") if len(events) == len(watch.series) else gettext("every series of events")
        where = every if shared else row["where"]
        found.setdefault((row["when"], row["what"], where), {**row, "where": where})
    return list(found.values())


def _row(first: dt.date, last: dt.date, where: str, what: str, seen: Fig | None) -> dict[str, Any]:
    month = (first.year, first.month, first.day) == (last.year, last.month, 1) and (last + dt.timedelta(days=1)).day == 1
    when = words.day(first, "month") if month else words.span(first, last)
    return {"from": first, "when": when, "where": where, "what": what, "seen": seen, "expected": ""}
