"""Geometry of the fan of deaths; the template draws it as SVG, beside a sentence and a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.fans import Fan
from tocsin.flow.read.figures import Figure
from tocsin.flow.read.situations import Situation
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public.risk import stale_words


def deaths_plot(yearly: Sequence[Figure], fans: Sequence[Fan], situation: Situation | None, today: dt.date) -> dict[str, Any] | None:
    """Return deaths by year, solid, and the fan of each forecast window, in ochre; all on one linear scale from zero."""
    years = {figure.period_from.year: figure for figure in yearly if figure.period_from and figure.value is not None}
    if len(years) < 2:
        return None
    first, last = min(years), max(years)
    ahead = max([fan.stamp.window_from.year for fan in fans] + [last])
    top = round_up(max([f.value or 0.0 for f in years.values()] + [fan.quantiles[0.95] for fan in fans] + [1.0]))
    width = ahead - first

    def x(year: float) -> float:
        return 10 + (year - first) / width * 77

    def y(value: float) -> float:
        return 88 - min(value / top, 1.0) * 84

    step = max(1, round(width / 6))
    labels = [year for year in range(first, ahead + 1, step) if year <= ahead - step // 2 or year == ahead]
    started = situation.started.year if situation and situation.started else None
    telling = _telling(situation, years)
    return {
        "ticks": [{"y": f"{y(top * n / 4):.2f}", "text": words.loose(top * n / 4), "zero": n == 0} for n in range(5)],
        "years": [{"x": f"{x(year):.2f}", "text": str(year)} for year in sorted({*labels, ahead})],
        "bars": [
            {"x": f"{x(year) - 0.6:.2f}", "y": f"{y(f.value or 0.0):.2f}", "h": f"{88 - y(f.value or 0.0):.2f}"}
            for year, f in sorted(years.items())
        ],
        "fans": [_fan(fan, x(fan.stamp.window_from.year), y, named=number == 0) for number, fan in enumerate(fans)],
        "started": f"{x(started):.2f}" if started and first <= started <= last else "",
        "started_text": words.day(situation.started, "year") if situation else "",
        "table": [_year(year, figure) for year, figure in sorted(years.items(), reverse=True)[:15]],
        "said": _year(telling, years[telling]),
        "span": gettext("%(a)s to %(b)s") % {"a": first, "b": last},
        "forecast": _forecast(fans[0], today) if fans else None,
        "forecasts": [_forecast(fan, today) for fan in fans],
    }


def within(situation: Situation | None, year: int) -> bool:
    """Return True where a year lies in the period of a situation."""
    return (
        situation is not None and situation.started is not None and situation.started.year <= year <= (situation.ended or dt.date.max).year
    )


def _telling(situation: Situation | None, years: dict[int, Figure]) -> int:
    """Return the year to speak of: the newest of a situation under watch, its worst where it ended or the newest has no deaths."""
    inside = [year for year in years if within(situation, year)]
    if not inside:
        return max(years)
    ended = situation is not None and situation.ended is not None
    quiet = not years[max(inside)].value
    return max(inside, key=lambda year: years[year].value or 0.0) if ended or quiet else max(inside)


def _year(year: int, figure: Figure) -> dict[str, Any]:
    text = words.loose(figure.value)
    title = gettext("%(n)s %(what)s in %(year)s") % {"n": text, "what": words.word(words.INDICATORS, figure.indicator), "year": year}
    ends = ""
    if figure.low is not None and figure.high is not None:
        ends = gettext("%(a)s to %(b)s") % {"a": words.loose(figure.low), "b": words.loose(figure.high)}
    return {
        "year": year,
        "figure": Fig(text, title, (ends, (gettext("Said by:"), figure.said_by) if figure.said_by else ""), id=figure.id, end=True),
        "ends": ends,
    }


def _fan(fan: Fan, x: float, y: Any, *, named: bool) -> dict[str, Any]:
    def band(low: float, high: float) -> dict[str, str]:
        top, bottom = y(fan.quantiles[high]), y(fan.quantiles[low])
        return {"y": f"{top:.2f}", "h": f"{max(bottom - top, 0.4):.2f}"}

    return {
        "x": f"{x - 1.1:.2f}",
        "end": f"{x + 2.2:.2f}",
        "bands": [("fan90", band(0.05, 0.95)), ("fan80", band(0.1, 0.9)), ("fan50", band(0.25, 0.75))],
        "middle": f"{y(fan.quantiles[0.5]):.2f}",
        "high": f"{y(fan.quantiles[0.95]):.2f}",
        "named": named,
    }


def _forecast(fan: Fan, today: dt.date) -> dict[str, Any]:
    window = words.span(fan.stamp.window_from, fan.stamp.window_to)

    def cell(q: float) -> str:
        return words.num(fan.quantiles[q])

    def ends(low: float, high: float) -> str:
        return gettext("%(a)s to %(b)s") % {"a": cell(low), "b": cell(high)}

    wide = ends(0.05, 0.95)
    title = gettext("%(n)s killed in %(window)s, estimated") % {"n": cell(0.5), "window": window}
    lines = (gettext("90%% interval: %(ends)s.") % {"ends": wide}, words.word(words.MODELS, fan.model), gettext("Grade: model"))
    return {
        "window": window,
        "middle": Fig(cell(0.5), title, lines, id=fan.id, end=True),
        "half": ends(0.25, 0.75),
        "ends": Fig(wide, title, lines, id=fan.id, end=True),
        "stale": stale_words(fan.stamp, today),
    }


def round_up(value: float) -> float:
    """Return the next of 4, 10, 20, 40, 100, 200, 400 ... at or above `value`."""
    scale = 1.0
    while True:
        for step in (4.0, 10.0, 20.0):
            if value <= step * scale:
                return step * scale
        scale *= 10
