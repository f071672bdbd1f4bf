"""The situation pages: the list, and one page from evidence to response."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.asks import asks
from tocsin.flow.read.risk import Choice, Similar, chosen
from tocsin.flow.read.risk import risk_rows as read_risks
from tocsin.flow.read.situation import Page, situation_page
from tocsin.flow.read.situations import Situation, situations
from tocsin.flow.read.situations import situation as find
from tocsin.web import forecast_words, words
from tocsin.web.parts import Fig
from tocsin.web.public import risk
from tocsin.web.public.alerts import ask_views
from tocsin.web.public.charts import deaths_plot
from tocsin.web.public.clocks import draw
from tocsin.web.public.country_map import where_view
from tocsin.web.public.estimates import counted_view
from tocsin.web.public.figures import conflict_view, figure_view, series_views
from tocsin.web.public.framework import profile_view
from tocsin.web.public.gaps import gaps
from tocsin.web.public.months import months_views
from tocsin.web.public.options import option_view
from tocsin.web.public.pages import page
from tocsin.web.public.timeline import districts, listed, timeline_plot
from tocsin.web.public.unusual import unusual_view
from tocsin.web.public.violence import violence

_SHOWN_ASKS = 6
_SHOWN_OPTIONS = 6


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every situation with its state."""
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any]:
        found = situations(published)
        waiting = [ask for ask in asks(published) if ask.waiting]
        choice = chosen(published, Choice("", 12))
        risks = read_risks(published, choice.target, choice.horizon)
        views = {view.code: view for view in risk.risk_rows(risks, choice, today, everything=True)}
        rows = [
            {
                "s": s,
                "place": words.place_name(s.place),
                "period": _period(s),
                "risk": views.get(s.place.code) if s.place else None,
                "waiting": words.num(sum(1 for ask in waiting if ask.situation in s.names)),
            }
            for s in found
        ]
        watched = sum(1 for s in found if s.ended is None)
        return {
            "rows": rows,
            "watched": watched,
            "target": words.word(words.TARGETS, choice.target),
            "top": words.whole_pct(risk.scale(risks)),
            "notice": risk.notice(risks, today),
            "invented_here": any(s.invented for s in found),
        }

    return page(request, "public/situations.html", build, name="situations")


@require_safe
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one situation."""
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any] | None:
        found = find(published, slug)
        return context(situation_page(published, found), today) if found else None

    return page(request, "public/situation.html", build, name="situations")


def context(found: Page, today: dt.date) -> dict[str, Any]:
    """Return the page in the reader's language."""
    own = found.situation
    return {
        "s": own,
        "found": found,
        "lead": _lead(found, today),
        "period": _period(own),
        "where": where_view(found.where, own),
        "framework": profile_view(found.profile),
        "gaps": gaps(found),
        "changes": _changes(found),
        "invented_here": own.invented,
        **_told(found),
        **_numbers(found, today),
        **_risk(found, today),
        **_answers(found, today),
    }


def _told(found: Page) -> dict[str, Any]:
    """Return the timeline: what happened and what was done about it."""
    entries = [{"entry": e, "no": words.num(n)} for n, e in enumerate(listed(found.timeline), start=1)]
    events = sum(1 for e in found.timeline if not e.measure)
    return {
        "plot": timeline_plot(found.timeline),
        "entries": entries,
        "districts": districts(found.timeline),
        "left_out": len(found.timeline) - len(entries),
        "left_out_shown": words.num(len(found.timeline) - len(entries)),
        "events_shown": words.num(events),
        "events": events,
        "acts": len(found.timeline) - events,
    }


def _numbers(found: Page, today: dt.date) -> dict[str, Any]:
    """Return what is counted: documented, estimated, told in conflict, by year and by month."""
    return {
        "documented": series_views(found.documented),
        "needs": [figure_view(figure) for figure in found.needs],
        "conflicts": [conflict_view(conflict, end=True) for conflict in found.conflicts],
        "counted": [counted_view(one) for one in found.counted],
        "deaths": deaths_plot(found.yearly, found.fans, found.situation, today),
        "months": months_views(found.monthly, today),
        "unusual": unusual_view(found.watch),
        "violence": violence(found.kinds, found.situation),
    }


def _risk(found: Page, today: dt.date) -> dict[str, Any]:
    """Return what may come."""
    first = found.risks[0] if found.risks else None
    return {
        "risks": risk.risk_rows(found.risks, Choice(), today, everything=True),
        "risk_names": [words.word(words.TARGETS_SHORT, r.target) for r in found.risks],
        "risk_lines": _risk_lines(found, today),
        "notice": risk.notice(found.risks, today),
        "first_risk": risk.risk_rows([first], Choice(), today, everything=True)[0] if first else None,
        "similar": [_similar(case) for case in (first.similar if first else ())],
    }


def _answers(found: Page, today: dt.date) -> dict[str, Any]:
    """Return what was asked and answered, how long it took, and what can still be done."""
    open_options = [option for option in found.options if option.fits != "no"]
    consenting = [option_view(option) for option in open_options if not option.coercive]
    coercive = [option_view(option) for option in open_options if option.coercive]
    return {
        "asks": ask_views(found.asks[:_SHOWN_ASKS], today),
        "more_asks": found.asks[_SHOWN_ASKS:],
        "clock": draw(found.clock, _until(found, today), waiting=any(p.state == "silence" for p in found.clock)) if found.clock else None,
        "clock_days": _clock_days(found),
        "consenting": consenting[:_SHOWN_OPTIONS],
        "more_consenting": consenting[_SHOWN_OPTIONS:],
        "coercive": coercive[:_SHOWN_OPTIONS],
        "more_coercive": coercive[_SHOWN_OPTIONS:],
        "too_late": [option_view(option) for option in found.options if option.fits == "no"],
        "as_at": _day(found.options[0].as_at) if found.options else None,
        "fitting": sum(1 for option in found.options if option.fits == "yes"),
        "days_left": found.options[0].days_left if found.options else None,
        "tried": [_tried(row) for row in found.tried],
    }


def _until(found: Page, today: dt.date) -> dt.date:
    return next((point.read_until for point in found.clock if point.read_until), today)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _period(own: Situation) -> str:
    if own.ended is None and own.started is not None:
        return gettext("since %(day)s") % {"day": words.day(own.started, own.started_precision)}
    return words.span(own.started, own.ended, own.started_precision)


def _lead(found: Page, today: dt.date) -> Fig | None:
    days = _clock_days(found)
    return days["first"] if days else None


def _clock_days(found: Page) -> dict[str, Any] | None:
    """Return the days from the first signal to the first answer on record."""
    by_name = {point.name: point for point in found.clock if point.day is not None}
    start = by_name.get("t0") or by_name.get("t2")
    end = by_name.get("t4") or by_name.get("t5")
    if start is None or end is None or start.day is None or end.day is None or end.day < start.day:
        return None
    title = gettext("%(days)s from %(a)s to %(b)s") % {
        "days": words.days((end.day - start.day).days),
        "a": words.word(words.POINTS, start.name),
        "b": words.word(words.POINTS, end.name),
    }
    lines = (words.span(start.day, end.day), gettext("Grade: document"))
    return {"first": Fig(words.days((end.day - start.day).days), title, lines, id=end.id), "from": start.name, "to": end.name}


def _risk_lines(found: Page, today: dt.date) -> list[dict[str, Any]]:
    views = risk.risk_rows(found.risks, Choice(), today, everything=True)
    return [
        {
            "name": forecast_words.question(
                words.TARGETS_SHORT, r.target, 12 if (r.stamp.window_to - r.stamp.window_from).days < 400 else 24
            ),
            "window": words.span(r.stamp.window_from, r.stamp.window_to),
            "view": view,
        }
        for r, view in zip(found.risks, views, strict=True)
    ]


def _similar(case: Similar) -> dict[str, str]:
    after = gettext("deaths in the year after: %(n)s") % {"n": words.num(case.deaths_after)} if case.deaths_after is not None else ""
    return {"name": words.place_name(case.place), "year": str(case.year), "after": after}


def _changes(found: Page) -> list[dict[str, Any]]:
    """Return what changed last: levels set by people, the forecast, then the newest entries of the timeline."""
    changes: list[dict[str, Any]] = [{"level": row} for row in found.levels[-2:]]
    moved = next((r for r in found.risks if r.previous is not None), None)
    if moved is not None and moved.previous is not None:
        changes.append({"risk": Fig(words.pct(moved.probability), gettext("Now"), (), id=moved.id), "before": words.pct(moved.previous)})
    changes += [{"entry": entry} for entry in reversed(found.timeline[-3:])]
    return changes


def _tried(row: dict[str, Any]) -> dict[str, Any]:
    title = words.day(row["date"], row["date_precision"] or "unknown") or gettext("date not known")
    return {
        "title": row["title"] or "",
        "actor": row["actor"] or "",
        "date": row["date"],
        "precision": row["date_precision"] or "unknown",
        "state": row["status"] or "",
        "note": (row["note"] or "").removeprefix("Outcome label for tests: "),
        "figure": Fig(title, gettext("On record in a source"), (), id=row["id"]),
    }
