"""One scorecard in the reader's language: a line a model, a cell a score, each of which opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.scorecard import COUNT_METRICS, SKILLS, Card, ModelScores, Score
from tocsin.web import forecast_words, score_words, words
from tocsin.web.parts import Fig, Interval, interval

_SHARES = ("recall_at_10", "recall_at_20", "recall_at_30", "coverage90", "coverage_90", "share_on_alert", "new_on_alert")


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
    bar_ends: str = ""


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
    more_heads: tuple[tuple[str, str], ...] = ()
    more_lines: tuple[Line, ...] = ()


def lead(card: Card | None) -> dict[str, Any] | None:
    """Return the answer to the question of the page: does the chosen model beat the baselines, and by how much."""
    best = card.best if card else None
    if card is None or best is None:
        return None
    score = gain_of(best)
    ratio = best.scores.get("expected_observed")
    recall = best.scores.get("recall_at_30")
    return {
        "model": words.word(words.MODELS, best.model),
        "skill": Fig(signed(score.skill), _title(score), _lines(score), id=score.id) if score and score.skill is not None else None,
        "better": bool(score and (score.skill or 0) > 0),
        "ratio": Fig(words.num(ratio.value, 2), _title(ratio), _lines(ratio), id=ratio.id) if ratio else None,
        "recall": Fig(words.pct(recall.value), _title(recall), _lines(recall), id=recall.id) if recall else None,
    }


def card_view(card: Card) -> CardView:
    """Return one scorecard with every model, baselines last."""
    gains = [score for score in (gain_of(model) for model in card.models if not model.baseline) if score is not None]
    everyone = [score for score in (gain_of(model) for model in card.models) if score is not None]
    ends = [end for model in card.models for end in _skill_ends(model) or ()]
    reach = max((abs(end) for end in (*ends, *(score.skill or 0.0 for score in everyone))), default=0.0) or 1.0
    better = [score for score in gains if (score.skill or 0) > 0]
    return CardView(
        target=f"{card.target}-{card.horizon}",
        link=f"/scores.csv?target={card.target}&horizon={card.horizon}",
        name=forecast_words.question(words.TARGETS, card.target, card.horizon),
        window=words.span(card.window_from, card.window_to),
        rows=words.num(card.rows),
        events=words.num(card.events),
        vintage=card.vintage,
        heads=_heads(card.metrics),
        lines=tuple(_line(model, card.metrics, reach) for model in card.models),
        say=gettext("%(n)s of %(all)s models beat the base rate.") % {"n": words.num(len(better)), "all": words.num(len(gains))}
        if gains
        else "",
        more_heads=_heads(card.more),
        more_lines=tuple(_line(model, card.more, reach) for model in card.models),
    )


def _heads(metrics: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (words.word(score_words.METRICS, m), words.word(score_words.METRIC_HELP, m) if m in score_words.METRIC_HELP else "")
        for m in metrics
    )


def gain_of(model: ModelScores) -> Score | None:
    """Return the score whose skill says how much better than the base rate a model is."""
    wanted = ("log_score_gain:climatology", "crps_gain:climatology", "log_loss", "brier", "crps", "ignorance")
    return next((model.scores[m] for m in wanted if m in model.scores and model.scores[m].skill is not None), None)


def _line(model: ModelScores, metrics: tuple[str, ...], reach: float) -> Line:
    cells = tuple(cell(model.scores.get(metric), metric) for metric in metrics)
    score = gain_of(model)
    skill = score.skill if score else None
    name = words.word(words.MODELS, model.model)
    if skill is None:
        return Line(name, model.baseline, model.chosen, cells, None, "")
    low, high = _skill_ends(model) or (min(skill, 0.0), max(skill, 0.0))
    label = gettext("%(model)s: skill %(skill)s") % {"model": name, "skill": signed(skill)}
    start, point, end = (0.5 + value / reach / 2 for value in (low, skill, high))
    drawing = interval(label, start, point, end, 1.0, 0.5)
    ends = gettext("%(low)s to %(high)s") % {"low": signed(low), "high": signed(high)} if _skill_ends(model) else ""
    return Line(name, model.baseline, model.chosen, cells, drawing, signed(skill), ends)


def _skill_ends(model: ModelScores) -> tuple[float, float] | None:
    """Return the 95% interval of the skill against the base rate; None where it was not computed."""
    score = next((model.scores[key] for kind in SKILLS if (key := f"{kind}:climatology") in model.scores), None)
    return (score.low, score.high) if score and score.low is not None and score.high is not None else None


def cell(score: Score | None, metric: str) -> Cell:
    """Return one score with its interval; an empty one where it was not computed."""
    label = words.word(score_words.METRICS, metric)
    if score is None:
        return Cell(label, None, "", "")
    ends = ""
    if score.low is not None and score.high is not None:
        ends = gettext("%(low)s to %(high)s") % {"low": _value(score.low, metric), "high": _value(score.high, metric)}
    skill = signed(score.skill) if score.skill is not None else ""
    return Cell(label, Fig(_value(score.value, metric), _title(score), _lines(score), id=score.id, end=True), ends, skill)


def _value(value: float, metric: str) -> str:
    if metric in _SHARES:
        return words.pct(value) if 0 <= value <= 1 else words.num(value, 2)
    if metric.startswith(("log_score_gain", "crps_gain")):
        return signed(value)
    if metric == "lead_months":
        return words.num(value)
    if metric in COUNT_METRICS or metric in ("expected_observed", "false_alarms_per_hit"):
        return words.num(value, 2)
    return words.num(value, 3)


def signed(value: float | None) -> str:
    """Return a number with its sign in front, +0.012, also where text runs from right to left."""
    if value is None:
        return ""
    text = ("+" if value > 0 else "\u2212" if value < 0 else "") + words.num(abs(value), 3)
    return words.left_to_right(text)


def _title(score: Score) -> str:
    model, metric = words.word(words.MODELS, score.model), words.word(score_words.METRICS, score.metric)
    return gettext("%(metric)s %(value)s: %(model)s") % {"metric": metric, "value": _value(score.value, score.metric), "model": model}


def _lines(score: Score) -> tuple[str, ...]:
    lines = [words.word(score_words.METRIC_HELP, score.metric)] if score.metric in score_words.METRIC_HELP else []
    if score.baseline and score.skill is not None:
        baseline = words.word(words.MODELS, score.baseline)
        lines.append(gettext("Skill against %(baseline)s: %(skill)s.") % {"baseline": baseline, "skill": signed(score.skill)})
    if score.rows:
        counts = {"rows": words.num(score.rows), "events": words.num(score.events)}
        lines.append(gettext("%(rows)s country-years, %(events)s with the event.") % counts)
    if score.vintage == "final":
        lines.append(gettext("Inputs as revised later, not as known then."))
    return tuple(lines)
