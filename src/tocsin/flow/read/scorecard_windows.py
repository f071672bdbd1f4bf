"""The scorecard window by window: every model against every baseline, with its interval, the bad years too."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.scorecard import Card, Score, cards, gain_over, metric_of, score_of
from tocsin.flow.read.scorecard_counts import counts_as_dict
from tocsin.model.targets import BASELINES


@dataclass(frozen=True)
class WindowScores:
    """Holds the scores of every model in one window; `tested` is False where the window helped to choose the model."""

    window_from: dt.date
    window_to: dt.date
    origin: int
    rows: int
    events: int
    tested: bool
    models: dict[str, dict[str, Score]]


@dataclass(frozen=True)
class Years:
    """Sums up how often one model beat one baseline."""

    model: str
    baseline: str
    windows: int
    better: int
    surely_better: int
    surely_worse: int
    worst: WindowScores | None


def windows(published: Published, target: str, horizon: int) -> tuple[WindowScores, ...]:
    """Return every answered window of a target, the oldest first."""

    def build() -> tuple[WindowScores, ...]:
        groups: dict[int, list[tuple[Row, bool]]] = defaultdict(list)
        for row in published.select("scores", target=target):
            about = json.loads(row["parameters"] or "{}")
            if "origin" in about and about.get("horizon_months") == horizon and row["value"] is not None:
                groups[int(about["origin"])].append((row, about.get("role") == "test"))
        return tuple(_window(origin, found) for origin, found in sorted(groups.items()))

    return published.once(("windows", target, horizon), build)


def _window(origin: int, found: list[tuple[Row, bool]]) -> WindowScores:
    first, tested = found[0]
    models: dict[str, dict[str, Score]] = defaultdict(dict)
    for row, _ in found:
        models[row["model"]][metric_of(row)] = score_of(row)
    return WindowScores(first["window_from"], first["window_to"], origin, int(first["rows"]), int(first["events"]), tested, dict(models))


def years_of(found: Sequence[WindowScores], model: str, baseline: str) -> Years:
    """Return in how many windows `model` beat `baseline`, in how many surely, and the worst window."""
    gains = [(w, score) for w in found if (score := gain_over(w.models.get(model, {}), baseline)) is not None]
    worst = min(gains, key=lambda pair: pair[1].value, default=None)
    return Years(
        model,
        baseline,
        len(gains),
        sum(score.value > 0 for _, score in gains),
        sum((score.low or 0.0) > 0 for _, score in gains),
        sum((score.high or 0.0) < 0 for _, score in gains),
        worst[0] if worst else None,
    )


def as_dict(published: Published) -> dict[str, object]:
    """Return the whole scorecard as JSON: every target, model, baseline, metric and window of the run."""
    return {
        "run": published.run,
        "as_of": published.as_of.isoformat(),
        "baselines": list(BASELINES),
        "interval": "95%, countries drawn with replacement",
        "cards": [_card(published, card) for card in cards(published)],
        "counts": counts_as_dict(published),
    }


def _card(published: Published, card: Card) -> dict[str, object]:
    found = windows(published, card.target, card.horizon)
    best = card.best
    return {
        "target": card.target,
        "horizon_months": card.horizon,
        "window_from": card.window_from.isoformat() if card.window_from else None,
        "window_to": card.window_to.isoformat() if card.window_to else None,
        "rows": card.rows,
        "events": card.events,
        "vintage": card.vintage,
        "shown": best.model if best else None,
        "summary": _summary(found, best.model) if best else "",
        "models": {
            model.model: {"baseline": model.baseline, "metrics": {name: _score(score) for name, score in model.scores.items()}}
            for model in card.models
        },
        "windows": [
            {
                "window_from": window.window_from.isoformat(),
                "window_to": window.window_to.isoformat(),
                "origin": window.origin,
                "role": "test" if window.tested else "choice",
                "rows": window.rows,
                "events": window.events,
                "models": {
                    model: {name: _score(score) for name, score in scores.items()} for model, scores in sorted(window.models.items())
                },
            }
            for window in found
        ],
    }


def _summary(found: Sequence[WindowScores], model: str) -> str:
    """Return in a few words how often the model shown beat each baseline in the windows kept back, and the worst of them."""
    tested = [window for window in found if window.tested]
    parts = []
    for baseline, name in zip(BASELINES, ("the base rate", "'same as last year'"), strict=True):
        sums = years_of(tested, model, baseline)
        score = gain_over(sums.worst.models[model], baseline) if sums.worst else None
        if sums.worst is not None and score is not None:
            parts.append(
                f"{name} in {sums.better} of {sums.windows} test windows (whole interval above zero in {sums.surely_better}, "
                f"below zero in {sums.surely_worse}; worst {score.value:+.3f}, window from {sums.worst.window_from.year})"
            )
    return f"The model shown, {model}, beat {', and '.join(parts)}." if parts else ""


def _score(score: Score) -> dict[str, object]:
    return {
        "id": score.id,
        "value": score.value,
        "low": score.low,
        "high": score.high,
        "baseline": score.baseline or None,
        "skill": score.skill,
    }
