"""The fan of deaths by month: its geometry, its sentence and its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.monthly import Monthly, Rise, Spread
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public.charts import round_up
from tocsin.web.public.risk import Notice, stale_words

#: The sum whose middle the sentence says.
_YEAR = 12
_BANDS = (("fan90", 0.05, 0.95), ("fan80", 0.1, 0.9), ("fan50", 0.25, 0.75))


def months_views(found: Sequence[Monthly], today: dt.date) -> list[dict[str, Any]]:
    """Return one view for each kind of violence; a notice that several share is said once, above the first."""
    views = [_view(one, today) for one in found]
    notices = [view["notice"] for view in views]
    return [{**view, "said": notices.index(view["notice"]) == place} for place, view in enumerate(views)]


def _view(one: Monthly, today: dt.date) -> dict[str, Any]:
    stamp = one.stamp
    year = next(total for total in one.totals if _length(total) == _YEAR)
    return {
        "what": words.word(words.INDICATORS, f"deaths_{one.kind}"),
        "source": words.word(words.SOURCES, one.source),
        "final": one.vintage == "final",
        "notice": Notice(stamp.state(today), words.span(stamp.window_from, stamp.window_to), stamp.origin, stamp.issued_at, stamp.renew),
        "year": _cells(year, one, today),
        "plot": _plot(one),
        "rows": [_cells(spread, one, today) for spread in (*one.totals, *one.months)],
        "rises": [_rise(rise, today) for rise in one.rises],
    }


def _length(total: Spread) -> int:
    first, last = total.stamp.window_from, total.stamp.window_to
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _cells(spread: Spread, one: Monthly, today: dt.date) -> dict[str, Any]:
    first, last = spread.stamp.window_from, spread.stamp.window_to
    single = (first.year, first.month) == (last.year, last.month)
    window = words.day(first, "month") if single else words.span(first, last)

    def ends(low: float, high: float) -> str:
        return gettext("%(a)s to %(b)s") % {"a": words.num(spread.quantiles[low]), "b": words.num(spread.quantiles[high])}

    wide, middle = ends(0.05, 0.95), words.num(spread.quantiles[0.5])
    title = gettext("%(n)s killed in %(window)s, estimated") % {"n": middle, "window": window}
    lines = (gettext("90%% interval: %(ends)s.") % {"ends": wide}, words.word(words.MODELS, one.model), gettext("Grade: model"))
    return {
        "window": window,
        "middle": Fig(middle, title, lines, id=spread.id, end=True),
        "half": ends(0.25, 0.75),
        "ends": wide,
        "stale": stale_words(spread.stamp, today),
    }


def _rise(rise: Rise, today: dt.date) -> dict[str, Any]:
    value, window = words.pct(rise.probability), words.span(rise.stamp.window_from, rise.stamp.window_to)
    title = gettext("%(share)s that the deaths of twelve months reach %(n)s") % {"share": value, "n": words.num(rise.level)}
    return {
        "level": words.num(rise.level),
        "window": window,
        "figure": Fig(value, title, (window, gettext("Grade: model")), id=rise.id, end=True),
        "usual": words.pct(rise.usual) if rise.usual is not None else "",
        "stale": stale_words(rise.stamp, today),
    }


def _plot(one: Monthly) -> dict[str, Any]:
    """Return bars of the months before and bands of the months ahead, on one linear scale from zero."""
    before, ahead = len(one.before), len(one.months)
    top = round_up(max([float(n) for _, n in one.before] + [month.quantiles[0.95] for month in one.months] + [1.0]))

    def x(place: float) -> float:
        return 10 + place / (before + ahead) * 86

    def y(value: float) -> float:
        return 88 - min(value / top, 1.0) * 84

    width = 86 / (before + ahead)
    starts = [day for day, _ in one.before] + [month.stamp.window_from for month in one.months]
    return {
        "label": gettext("Deaths by month, %(a)s to %(b)s, and the forecast after. The table beneath holds the values.")
        % {"a": words.day(starts[0], "month"), "b": words.day(starts[-1], "month")},
        "ticks": [{"y": f"{y(top * n / 4):.2f}", "text": words.loose(top * n / 4), "zero": n == 0} for n in range(5)],
        "years": [{"x": f"{x(place):.2f}", "text": str(day.year)} for place, day in enumerate(starts) if day.month == 1],
        "bars": [
            {"x": f"{x(place + 0.15):.2f}", "y": f"{y(n):.2f}", "h": f"{88 - y(n):.2f}", "width": f"{width * 0.7:.2f}"}
            for place, (_, n) in enumerate(one.before)
            if n
        ],
        "bands": [(name, _band(one.months, low, high, top)) for name, low, high in _BANDS],
        "middle": " ".join(f"{place + 0.5:.1f},{100 - _share(month, 0.5, top):.2f}" for place, month in enumerate(one.months)),
        "fan_x": f"{x(before):.2f}",
        "fan_width": f"{width * ahead:.2f}",
        "fan_months": ahead,
    }


def _band(months: Sequence[Spread], low: float, high: float, top: float) -> str:
    """Return the points of a band, in months and per cent of the height."""
    upper = [f"{place + 0.5:.1f},{100 - _share(month, high, top):.2f}" for place, month in enumerate(months)]
    lower = [f"{place + 0.5:.1f},{100 - _share(month, low, top):.2f}" for place, month in enumerate(months)]
    return " ".join([*upper, *lower[::-1]])


def _share(month: Spread, quantile: float, top: float) -> float:
    return min(month.quantiles[quantile] / top, 1.0) * 100
