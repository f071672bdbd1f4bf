"""One territory's forecasts: every chance, how many, and why the model says so."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.fans import fans
from tocsin.flow.read.figures import yearly_deaths
from tocsin.flow.read.forecast_why import Moved, Why, why_of
from tocsin.flow.read.monthly import monthly_of
from tocsin.flow.read.places import place
from tocsin.web import forecast_words, words
from tocsin.web.parts import Fig, Interval, interval
from tocsin.web.public.charts import deaths_plot
from tocsin.web.public.months import months_views
from tocsin.web.public.pages import page
from tocsin.web.public.risk import Notice, stale_words

_SHOWN_CHANGES = 5


@require_safe
def forecast_why(request: HttpRequest, code: str) -> HttpResponse:
    """Show the forecasts of one territory and what they rest on."""
    wanted = (request.GET.get("target", ""), request.GET.get("horizon", ""))
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any] | None:
        return context(published, code.upper(), wanted, today)

    return page(request, "public/forecast_why.html", build, name="forecasts")


def context(published: Published, code: str, wanted: tuple[str, str], today: dt.date) -> dict[str, Any] | None:
    """Return the page in the reader's language; None where the run has no forecast for this territory."""
    found = why_of(published, code)
    if not found:
        return None
    one = next((w for w in found if (w.target, str(w.horizon)) == wanted), None) or next((w for w in found if "_100" in w.target), found[0])
    where = place(code)
    stamp = one.stamp
    return {
        "place": where,
        "name": words.place_name(where),
        "chances": [_chance(w, found, one, today) for w in found],
        "one": _chance(one, found, one, today),
        "notice": Notice(stamp.state(today), words.span(stamp.window_from, stamp.window_to), stamp.origin, stamp.issued_at, stamp.renew),
        "deaths": deaths_plot(yearly_deaths(published, code), fans(published, code), None, today),
        "months": months_views(monthly_of(published, code), today),
        "inputs": _inputs(one),
        "before": _opens(one, words.pct(one.before)) if one.before is not None else None,
        "changed": _changes(one, one.changed[:_SHOWN_CHANGES]),
        "refit": _odds(one.refit) if one.refit is not None else "",
        "last_run": _last_run(one),
        "similar": [_case(one, case) for case in one.similar],
        "cases": words.num(one.cases),
        "events": words.num(one.events),
        "missing": [forecast_words.INPUTS.get(name, name) for name in one.missing],
        "final": one.vintage == "final",
        "invented_here": where.invented,
    }


def _chance(one: Why, found: Sequence[Why], current: Why, today: dt.date) -> dict[str, Any]:
    top = min(1.0, max(0.1, max((w.high or w.probability) for w in found)))
    value = words.pct(one.probability)
    ends = gettext("%(low)s to %(high)s") % {"low": words.pct(one.low or 0.0), "high": words.pct(one.high)} if one.high is not None else ""
    name = words.word(words.TARGETS, one.target)
    lines = (
        gettext("90%% interval: %(ends)s.") % {"ends": ends} if ends else "",
        gettext("Model: %(model)s. Data to %(origin)s.")
        % {"model": words.word(words.MODELS, one.model), "origin": words.day(one.stamp.origin)},
        gettext("Grade: model, not reviewed"),
    )
    label = gettext("%(target)s: the model gives %(value)s, 90%% interval %(ends)s") % {
        "target": name,
        "value": value,
        "ends": ends or value,
    }
    return {
        "name": name,
        "window": words.span(one.stamp.window_from, one.stamp.window_to),
        "figure": Fig(value, f"{name}: {value}", lines, id=one.id, end=True),
        "ends": ends,
        "spoken": words.in_hundred(one.probability),
        "usual": words.pct(one.climatology) if one.climatology is not None else "",
        "bar": interval(label, one.low, one.probability, one.high, top, one.climatology),
        "rank": words.num(one.rank) if one.rank else "",
        "stale": stale_words(one.stamp, today),
        "model": words.word(words.MODELS, one.model),
        "link": f"?target={one.target}&horizon={one.horizon}#why",
        "current": one is current,
    }


def _opens(why: Why, text: str) -> Fig | None:
    """Return a number that the forecast used or gave: it opens the forecast's origin, with the figures it rests on."""
    lines = (gettext("Used by this forecast; its origin lists the figures."),)
    return Fig(text, text, lines, id=why.id, end=True) if text else None


def _inputs(why: Why) -> list[dict[str, Any]]:
    reach = max((abs(one.log_odds or 0.0) for one in why.inputs), default=0.0) or 1.0
    return [
        {
            "name": one.name,
            "value": _opens(why, _whole(one.value)),
            "up": (one.log_odds or 0.0) > 0,
            "odds": _opens(why, _odds(one.log_odds)),
            "bar": _bar(one.log_odds or 0.0, reach),
        }
        for one in why.inputs
    ]


def _whole(value: float | None) -> str:
    """Return a value as short as it matters: whole from ten on."""
    return words.loose(value if value is None or abs(value) < 10 else float(round(value)))


def _bar(moved: float, reach: float) -> Interval:
    half = moved / reach / 2
    return interval(_odds(moved), 0.5 + min(half, 0.0), 0.5 + half, 0.5 + max(half, 0.0), 1.0, 0.5)


def _odds(value: float | None) -> str:
    """Return log-odds as how many times they multiply the odds."""
    if value is None:
        return ""
    many = math.exp(abs(value))
    times = words.num(many, 2 if many < 1.1 else 1)
    return gettext("odds times %(n)s") % {"n": times} if value >= 0 else gettext("odds divided by %(n)s") % {"n": times}


def _changes(why: Why, changed: Sequence[Moved]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "before": _opens(why, _whole(one.before)),
            "now": _opens(why, _whole(one.value)),
            "odds": _opens(why, _odds(one.log_odds)),
            "up": (one.log_odds or 0.0) > 0,
        }
        for one in changed
    ]


def _last_run(one: Why) -> dict[str, Any] | None:
    if one.last_run is None:
        return None
    names = {
        "the version of Tocsin": gettext("the version of Tocsin"),
        "the seed": gettext("the seed"),
        "the data": gettext("the data"),
        "the day": gettext("the day"),
    }
    return {
        "share": words.pct(one.last_run.probability),
        "same": abs(one.last_run.probability - one.probability) < 0.0005,
        "differs": ", ".join(names[name] for name in one.last_run.why) or gettext("nothing but what people wrote"),
    }


def _case(why: Why, case: Any) -> dict[str, Any]:
    return {
        "name": words.place_name(case.place),
        "code": case.place.code,
        "year": str(case.year),
        "after": _opens(why, words.num(case.deaths_after)) if case.deaths_after is not None else None,
    }
