"""How good the forecasts are: the scorecard first, then every forecast with its window."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.risk import Choice, chosen, offered, ordered
from tocsin.flow.read.risk import risk_rows as read_rows
from tocsin.flow.read.scorecard import COUNT_METRICS, Card, ModelScores, Said, Score, calibration, cards, misses
from tocsin.web import words
from tocsin.web.parts import Fig, Interval, interval
from tocsin.web.public import risk
from tocsin.web.public.pages import page

_SHARES = ("recall_at_10", "recall_at_20", "recall_at_30", "coverage90", "coverage_90")
_SHOWN_MISSES = 15


@dataclass(frozen=True)
class Cell:
    """Holds one score as it is shown, with how it stands against the baseline."""

    label: str
    figure: Fig | None
    ends: str
    skill: str


@dataclass(frozen=True)
class Line:
    """Holds one model of the scorecard."""

    name: str
    baseline: bool
    chosen: bool
    cells: tuple[Cell, ...]
    bar: Interval | None
    bar_text: str


@dataclass(frozen=True)
class CardView:
    """Holds one scorecard."""

    target: str
    link: str
    name: str
    window: str
    rows: str
    events: str
    vintage: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    say: str


@require_safe
def forecasts(request: HttpRequest) -> HttpResponse:
    """Show the scorecard, the calibration, the misses and the forecasts."""
    wanted = risk.choice_of(request)
    everything = request.GET.get("rows") == "all"
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any]:
        return context(published, wanted, today, everything=everything)

    return page(request, "public/forecasts.html", build, name="forecasts")


def context(published: Published, wanted: Choice, today: dt.date, *, everything: bool) -> dict[str, Any]:
    """Return the page in the reader's language."""
    choice = chosen(published, wanted)
    rows = read_rows(published, choice.target, choice.horizon)
    table = risk.risk_rows(ordered(rows, choice.sort), choice, today, everything=everything)
    shown = sum(1 for row in table if not row.rest)
    found = cards(published)
    card = next((card for card in found if (card.target, card.horizon) == (choice.target, choice.horizon)), None)
    model = rows[0].model if rows else ""
    groups = calibration(published, choice.target, choice.horizon, model)
    missed = misses(published, choice.target, choice.horizon, model)
    return {
        "cards": [_card(card) for card in found],
        "lead": _lead(card),
        "choice": choice,
        "target": words.word(words.TARGETS, choice.target),
        "model": words.word(words.MODELS, model) if model else "",
        "targets": _switch(published, choice),
        "rows": table,
        "shown": words.num(shown),
        "in_all": words.num(len(rows)),
        "has_rest": shown < len(table),
        "notice": risk.notice(rows, today),
        "top": words.pct(risk.scale(rows)),
        "sorts": {sort: risk.address(choice, everything=everything, sort=sort) for sort in ("risk", "name", "change")},
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
    return [
        {
            "text": gettext("%(target)s, %(n)s months") % {"target": words.word(words.TARGETS_SHORT, target), "n": horizon},
            "link": risk.address(choice, target=target, horizon=horizon),
            "current": (target, horizon) == (choice.target, choice.horizon),
        }
        for target, horizon in offered(published)
    ]


def _lead(card: Card | None) -> dict[str, Any] | None:
    """Return the answer to the question of the page: does the chosen model beat the baselines, and by how much."""
    best = card.best if card else None
    if card is None or best is None:
        return None
    score = _gain(best)
    ratio = best.scores.get("expected_observed")
    recall = best.scores.get("recall_at_30")
    return {
        "model": words.word(words.MODELS, best.model),
        "skill": Fig(_signed(score.skill), _title(score), _lines(score), id=score.id) if score and score.skill is not None else None,
        "better": bool(score and (score.skill or 0) > 0),
        "ratio": Fig(words.num(ratio.value, 2), _title(ratio), _lines(ratio), id=ratio.id) if ratio else None,
        "recall": Fig(words.pct(recall.value), _title(recall), _lines(recall), id=recall.id) if recall else None,
    }


def _card(card: Card) -> CardView:
    gains = [score for score in (_gain(model) for model in card.models if not model.baseline) if score is not None]
    everyone = [score for score in (_gain(model) for model in card.models) if score is not None]
    reach = max((abs(end) for score in everyone for end in (score.skill or 0.0,)), default=0.0) or 1.0
    better = [score for score in gains if (score.skill or 0) > 0]
    return CardView(
        target=f"{card.target}-{card.horizon}",
        link=f"/scores.csv?target={card.target}&horizon={card.horizon}",
        name=gettext("%(target)s, %(n)s months") % {"target": words.word(words.TARGETS, card.target), "n": card.horizon},
        window=words.span(card.window_from, card.window_to),
        rows=words.num(card.rows),
        events=words.num(card.events),
        vintage=card.vintage,
        heads=tuple(
            (words.word(words.METRICS, m), words.word(words.METRIC_HELP, m) if m in words.METRIC_HELP else "") for m in card.metrics
        ),
        lines=tuple(_line(model, card.metrics, reach) for model in card.models),
        say=gettext("%(n)s of %(all)s models beat the base rate.") % {"n": words.num(len(better)), "all": words.num(len(gains))}
        if gains
        else "",
    )


def _gain(model: ModelScores) -> Score | None:
    """Return the score whose skill says how much better than the base rate a model is."""
    wanted = ("log_score_gain:climatology", "log_loss", "brier", "crps", "ignorance")
    return next((model.scores[m] for m in wanted if m in model.scores and model.scores[m].skill is not None), None)


def _line(model: ModelScores, metrics: tuple[str, ...], reach: float) -> Line:
    cells = tuple(_cell(model.scores.get(metric), metric) for metric in metrics)
    score = _gain(model)
    skill = score.skill if score else None
    drawing = None
    if skill is not None:
        name = words.word(words.MODELS, model.model)
        half = skill / reach / 2
        label = gettext("%(model)s: skill %(skill)s") % {"model": name, "skill": _signed(skill)}
        drawing = interval(label, 0.5 + min(half, 0.0), 0.5 + half, 0.5 + max(half, 0.0), 1.0, 0.5)
    return Line(
        words.word(words.MODELS, model.model), model.baseline, model.chosen, cells, drawing, _signed(skill) if skill is not None else ""
    )


def _cell(score: Score | None, metric: str) -> Cell:
    label = words.word(words.METRICS, metric)
    if score is None:
        return Cell(label, None, "", "")
    ends = ""
    if score.low is not None and score.high is not None:
        ends = gettext("%(low)s to %(high)s") % {"low": _value(score.low, metric), "high": _value(score.high, metric)}
    skill = _signed(score.skill) if score.skill is not None else ""
    return Cell(label, Fig(_value(score.value, metric), _title(score), _lines(score), id=score.id, end=True), ends, skill)


def _value(value: float, metric: str) -> str:
    if metric in _SHARES:
        return words.pct(value) if 0 <= value <= 1 else words.num(value, 2)
    if metric.startswith("log_score_gain"):
        return _signed(value)
    if metric in COUNT_METRICS or metric == "expected_observed":
        return words.num(value, 2)
    return words.num(value, 3)


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    return ("+" if value > 0 else "\u2212" if value < 0 else "") + words.num(abs(value), 3)


def _title(score: Score) -> str:
    model, metric = words.word(words.MODELS, score.model), words.word(words.METRICS, score.metric)
    return gettext("%(metric)s %(value)s: %(model)s") % {"metric": metric, "value": _value(score.value, score.metric), "model": model}


def _lines(score: Score) -> tuple[str, ...]:
    lines = [words.word(words.METRIC_HELP, score.metric)] if score.metric in words.METRIC_HELP else []
    if score.baseline and score.skill is not None:
        baseline = words.word(words.MODELS, score.baseline)
        lines.append(gettext("Skill against %(baseline)s: %(skill)s.") % {"baseline": baseline, "skill": _signed(score.skill)})
    if score.rows:
        counts = {"rows": words.num(score.rows), "events": words.num(score.events)}
        lines.append(gettext("%(rows)s country-years, %(events)s with the event.") % counts)
    if score.vintage == "final":
        lines.append(gettext("Inputs as revised later, not as known then."))
    return tuple(lines)


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
