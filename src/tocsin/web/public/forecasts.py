"""How good the forecasts are: the scorecard first, then every forecast with its window."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.risk import Choice, chosen, ordered, stamps
from tocsin.flow.read.risk import risk_rows as read_rows
from tocsin.flow.read.scorecard import Said, calibration, cards, misses
from tocsin.web import forecast_words, words
from tocsin.web.parts import Fig
from tocsin.web.public import risk
from tocsin.web.public.cards import card_view, lead
from tocsin.web.public.pages import page
from tocsin.web.public.scorecard import ledger_book, ledger_view

_SHOWN_MISSES = 15


@require_safe
def forecasts(request: HttpRequest) -> HttpResponse:
    """Show the scorecard, the calibration, the misses and the forecasts."""
    wanted = risk.choice_of(request)
    everything = request.GET.get("rows") == "all"
    today, book = timezone.localdate(), ledger_book()

    def build(published: Published) -> dict[str, Any]:
        return {**context(published, wanted, today, everything=everything), **ledger_view(book)}

    return page(request, "public/forecasts.html", build, name="forecasts", key=(book.end, book.whole))


def context(published: Published, wanted: Choice, today: dt.date, *, everything: bool) -> dict[str, Any]:
    """Return the page in the reader's language."""
    choice = chosen(published, wanted)
    rows = read_rows(published, choice.target, choice.horizon)
    table = risk.risk_rows(ordered(rows, choice.sort), choice, today, everything=everything)
    shown = sum(1 for row in table if not row.rest)
    card = next((card for card in cards(published) if (card.target, card.horizon) == (choice.target, choice.horizon)), None)
    model = rows[0].model if rows else ""
    groups = calibration(published, choice.target, choice.horizon, model)
    missed = misses(published, choice.target, choice.horizon, model)
    return {
        "cards": [card_view(card)] if card else [],
        "lead": lead(card),
        "card_query": f"?target={choice.target}&horizon={choice.horizon}",
        "choice": choice,
        "target": words.word(words.TARGETS, choice.target),
        "model": words.word(words.MODELS, model) if model else "",
        "targets": _switch(published, choice),
        "rows": table,
        "shown": words.num(shown),
        "in_all": words.num(len(rows)),
        "has_rest": shown < len(table),
        "notice": risk.notice(rows, today),
        "top": words.whole_pct(risk.scale(rows)),
        "sorts": {sort: risk.address(choice, everything=everything, sort=sort) for sort in ("risk", "name", "change")},
        "regions": list(forecast_words.REGIONS.items()),
        "all_link": risk.address(choice, everything=True),
        "csv_link": "rank.csv" + risk.address(choice, everything=everything),
        "groups": [_group(group) for group in groups],
        "plot": _plot(groups),
        "worst": _worst(groups),
        "misses": [_miss(miss) for miss in missed[:_SHOWN_MISSES]],
        "missed": len(missed),
        "invented_here": any(row.place.invented for row in rows),
    }


def _switch(published: Published, choice: Choice) -> list[dict[str, Any]]:
    return risk.switch(stamps(published), choice)


def _group(group: Said) -> dict[str, Any]:
    said = gettext("%(share)s said") % {"share": words.pct(group.said)}
    count = gettext("%(n)s forecasts in this group.") % {"n": words.num(group.rows)} if group.rows else ""
    ends = ""
    if group.low is not None and group.high is not None:
        ends = gettext("%(low)s to %(high)s") % {"low": words.pct(group.low), "high": words.pct(group.high)}
    return {"said": words.pct(group.said), "came": Fig(words.pct(group.came), said, (count,), id=group.id, end=True), "ends": ends}


def _plot(groups: tuple[Said, ...]) -> dict[str, Any] | None:
    """Return the geometry of the calibration plot: both axes from zero to the same round end."""
    if not groups:
        return None
    highest = max(max(group.said, group.came, group.high or 0.0) for group in groups)
    step = 0.05 if highest <= 0.3 else 0.2
    end = min(1.0, -(-highest // step) * step)
    x0, x1, y0, y1 = 10.0, 94.0, 88.0, 6.0

    def x(value: float) -> str:
        return f"{x0 + min(value / end, 1.0) * (x1 - x0):.2f}"

    def y(value: float) -> str:
        return f"{y0 + min(value / end, 1.0) * (y1 - y0):.2f}"

    ticks = [number * step for number in range(round(end / step) + 1)]
    points = [
        {"x": x(g.said), "y": y(g.came), "low": y(g.low) if g.low is not None else "", "high": y(g.high) if g.high is not None else ""}
        for g in groups
    ]
    return {
        "ticks": [{"x": x(t), "y": y(t), "text": words.num(t * 100), "zero": t == 0} for t in ticks],
        "points": points,
        "x0": x(0),
        "y0": y(0),
        "x1": x(end),
        "y1": y(end),
    }


def _worst(groups: tuple[Said, ...]) -> dict[str, Any] | None:
    """Return the group in which what was said lies furthest from what came."""
    if not groups:
        return None
    group = max(groups, key=lambda g: abs(g.said - g.came))
    said = Fig(words.pct(group.said), gettext("What the model said, on average in this group"), (), id=group.id)
    came = Fig(words.pct(group.came), gettext("What came"), (), id=group.id)
    above = sum(1 for g in groups if g.said > g.came)
    return {"said": said, "came": came, "above": words.num(above), "all": words.num(len(groups))}


def _miss(miss: Any) -> dict[str, Any]:
    name = words.place_name(miss.place)
    said = gettext("The model had given %(share)s.") % {"share": words.pct(miss.probability)} if miss.probability is not None else ""
    title = gettext("%(place)s, rank %(rank)s") % {"place": name, "rank": words.num(miss.rank)}
    rank = min(miss.rank or 0, 100)
    return {
        "name": name,
        "year": miss.year,
        "rank": Fig(words.num(miss.rank), title, (said,), id=miss.id, end=True),
        "x": f"{max(rank - 0.6, 0):.1f}",
        "label": gettext("rank %(n)s") % {"n": words.num(miss.rank)},
    }
