"""The whole scorecard: every question, every model, every window, and the forecasts that were sealed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.models import STACK, count_model_cards, learned, model_cards, training_of
from tocsin.flow.read.risk import Choice, chosen, stamps
from tocsin.flow.read.scorecard import Card, Score, cards, gain_over
from tocsin.flow.read.scorecard_counts import count_cards
from tocsin.flow.read.scorecard_windows import WindowScores, windows, years_of
from tocsin.flow.read.sealed import Sealed, sealed
from tocsin.flow.scorecard import page_of, scorecard_of
from tocsin.model.targets import BASELINES
from tocsin.web import forecast_words, score_words, words
from tocsin.web.parts import interval
from tocsin.web.public.cards import card_view, cell, signed
from tocsin.web.public.count_scores import count_views
from tocsin.web.public.errors import missing
from tocsin.web.public.pages import page, published
from tocsin.web.public.risk import grouped


@require_safe
def scorecard(request: HttpRequest) -> HttpResponse:
    """Show one question of the scorecard, all its windows, and the ledger."""
    wanted = (request.GET.get("target", ""), request.GET.get("horizon", ""))
    baseline = request.GET.get("against", "")
    baseline = baseline if baseline in BASELINES else BASELINES[0]
    book = ledger_book()

    def build(found: Published) -> dict[str, Any]:
        return {**context(found, wanted, baseline), **ledger_view(book)}

    return page(request, "public/scorecard.html", build, name="forecasts", key=(book.end, book.whole))


def ledger_book() -> Sealed:
    """Return the sealed forecasts; they change without a run, so a page that shows them depends on them."""
    run = published()
    return sealed(run, timezone.localdate()) if run else Sealed((), "", True)


def ledger_view(book: Sealed) -> dict[str, Any]:
    """Return the sealed forecasts in the reader's language."""
    return {"ledger": [_seal(entry) for entry in book.entries], "book": book}


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Send the whole scorecard for machines."""
    found = published()
    if found is None:
        return missing(request)
    text = json.dumps(scorecard_of(found, timezone.localdate()), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@require_safe
def as_file(request: HttpRequest) -> HttpResponse:
    """Send the whole scorecard as one page that opens anywhere."""
    found = published()
    if found is None:
        return missing(request)
    response = HttpResponse(page_of(scorecard_of(found, timezone.localdate())), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tocsin-scorecard.html"'
    return response


def context(published: Published, wanted: tuple[str, str], baseline: str) -> dict[str, Any]:
    """Return the page in the reader's language."""
    found = cards(published)
    if not found:
        return {"cards": [], "questions": [], "counts": count_views(count_cards(published))}
    first = chosen(published, Choice("", 12))
    named = {(card.target, str(card.horizon)): card for card in found}
    card = named.get(wanted) or named.get((first.target, str(first.horizon))) or found[0]
    rows = windows(published, card.target, card.horizon)
    return {
        "cards": [card_view(card)],
        "counts": count_views(count_cards(published)),
        "questions": grouped([_question(one, card) for one in found], stamps(published)),
        "against": [_against(card, name, baseline) for name in BASELINES],
        "says": [_says(card, rows, name) for name in BASELINES],
        "windows": _drawn(card, rows, baseline),
        "reach": words.num(_reach(card, rows, baseline), 3),
        "matrix": _matrix(card, rows, baseline),
        "models": [words.word(words.MODELS, model.model) for model in card.models if model.model != baseline],
        "by_crps": _gain(card) == "crps_gain",
        "model": words.word(words.MODELS, card.best.model) if card.best else "",
        "baseline": words.word(words.MODELS, baseline),
        "model_cards": [_model(published, card, one) for one in model_cards()],
        "count_model_cards": [_model(published, card, one) for one in count_model_cards()],
        "limits": [str(text) for text in forecast_words.LIMITS],
        "learned_from": _learned_from(published, card),
    }


def _model(published: Published, card: Card, one: Any) -> dict[str, Any]:
    """Return the card of one model with what it learned for this question."""
    found = learned(published, card.target, card.horizon, one.name)
    weights = one.name == STACK
    return {
        "name": words.word(words.MODELS, one.name),
        "what": one.what,
        "detail": one.detail,
        "settings": list(one.settings.items()),
        "baseline": one.baseline,
        "rates": [(forecast_words.RATES[key], words.pct(value)) for key, value in found.rates] if found else [],
        "coefficients": [(name, signed(value)) for name, value in found.coefficients] if found else [],
        "importance": [(name, words.num(value, 2)) for name, value in found.importance] if found and not weights else [],
        "weights": [(words.word(words.MODELS, name), words.pct(value)) for name, value in found.importance] if found and weights else [],
    }


def _learned_from(published: Published, card: Card) -> str:
    about = training_of(published, card.target, card.horizon)
    if about is None:
        return ""
    return gettext("For this question they learned from %(rows)s territory-years, in %(events)s of which the event came.") % {
        "rows": words.num(about["rows"]),
        "events": words.num(about["events"]),
    }


def _question(one: Card, current: Card) -> tuple[str, int, str, bool]:
    return (one.target, one.horizon, f"?target={one.target}&horizon={one.horizon}", one is current)


def _against(card: Card, name: str, current: str) -> dict[str, Any]:
    link = f"?target={card.target}&horizon={card.horizon}&against={name}"
    return {"text": words.word(words.MODELS, name), "link": link, "current": name == current}


def _says(card: Card, rows: Sequence[WindowScores], baseline: str) -> str:
    """Return in how many test windows the model shown beat a baseline, and how bad the worst one was."""
    sums = years_of([row for row in rows if row.tested], card.best.model, baseline) if card.best else None
    worst = gain_over(sums.worst.models[sums.model], baseline) if sums and sums.worst else None
    if sums is None or sums.worst is None or worst is None:
        return ""
    return gettext(
        "Against %(baseline)s it was better in %(better)s of %(all)s test windows, with the whole interval above zero in %(sure)s "
        "and below zero in %(bad)s. Worst window: %(window)s, %(gain)s."
    ) % {
        "baseline": words.word(words.MODELS, baseline),
        "better": words.num(sums.better),
        "all": words.num(sums.windows),
        "sure": words.num(sums.surely_better),
        "bad": words.num(sums.surely_worse),
        "window": words.span(sums.worst.window_from, sums.worst.window_to),
        "gain": signed(worst.value),
    }


def _drawn(card: Card, rows: Sequence[WindowScores], baseline: str) -> list[dict[str, Any]]:
    """Return the windows of the model shown, each with its interval on one common line around zero."""
    reach = _reach(card, rows, baseline)
    return [_window(row, score, reach) for row, score in reversed(_gains(card, rows, baseline))]


def _gains(card: Card, rows: Sequence[WindowScores], baseline: str) -> list[tuple[WindowScores, Score]]:
    model = card.best.model if card.best else ""
    return [(row, score) for row in rows if (score := gain_over(row.models.get(model, {}), baseline)) is not None]


def _reach(card: Card, rows: Sequence[WindowScores], baseline: str) -> float:
    """Return how far the line of gains reaches on either side of zero."""
    gains = _gains(card, rows, baseline)
    return max((abs(end) for _, score in gains for end in (score.low, score.high) if end is not None), default=0.0) or 1.0


def _window(row: WindowScores, score: Score, reach: float) -> dict[str, Any]:
    def place(value: float | None) -> float:
        return 0.5 + (value if value is not None else score.value) / reach / 2

    name, one = words.span(row.window_from, row.window_to), cell(score, score.metric)
    label = gettext("%(window)s: gain %(gain)s, 95%% interval %(ends)s") % {
        "window": name,
        "gain": signed(score.value),
        "ends": one.ends or gettext("not computed"),
    }
    return {
        "name": name,
        "tested": row.tested,
        "came": gettext("%(n)s of %(all)s") % {"n": words.num(row.events), "all": words.num(row.rows)},
        "cell": one,
        "bar": interval(label, place(score.low), place(score.value), place(score.high), 1.0, 0.5),
    }


def _gain(card: Card) -> str:
    """Return the metric of gains: chances are compared by log score, counts by CRPS."""
    return "crps_gain" if "crps" in card.metrics else "log_score_gain"


def _matrix(card: Card, rows: Sequence[WindowScores], baseline: str) -> list[dict[str, Any]]:
    """Return the gain of every model in every window, the newest first."""
    key, models = f"{_gain(card)}:{baseline}", [model.model for model in card.models if model.model != baseline]
    return [
        {
            "name": words.span(row.window_from, row.window_to),
            "tested": row.tested,
            "cells": [cell(row.models.get(model, {}).get(key), key) for model in models],
        }
        for row in reversed(rows)
    ]


def _seal(entry: Any) -> dict[str, Any]:
    line = entry.line
    first = entry.scores[0]["scores"] if entry.scores else []
    shown = [score for score in first if score["metric"] in ("log_loss", "crps")]
    return {
        "id": line["id"],
        "hash": line["seal_sha256"],
        "window": words.span(dt.date.fromisoformat(line["window_from"]), dt.date.fromisoformat(line["window_to"])),
        "sealed": dt.date.fromisoformat(line["at"][:10]),
        "origin": dt.date.fromisoformat(line["origin"]) if line["origin"] else None,
        "rows": words.num(line["rows"]),
        "state": words.word(forecast_words.SEALS, entry.state),
        "open": entry.state != "scored",
        "revisions": len(entry.scores) - 1 if entry.scores else 0,
        "scores": [
            {
                "model": words.word(words.MODELS, score["model"]),
                "target": words.word(words.TARGETS_SHORT, score["target"]),
                "metric": words.word(score_words.METRICS, score["metric"]),
                "value": words.num(score["value"], 3),
                "unknown": score["open"],
            }
            for score in shown
        ],
    }
