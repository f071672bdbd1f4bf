"""The scorecard of monthly counts: every count model against every count baseline, year by year, bad years kept."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.scorecard import MONTHLY, Score, score_of

#: Baselines, the one that is hardest to beat first.
BASELINES = ("conflictology_12", "last_poisson", "nb_moments", "exactly_zero")
MODELS = ("count_mixture", "nb_moments", "conflictology_12", "last_poisson", "exactly_zero")
METRICS = ("crps", "twcrps25", "twcrps100", "ignorance", "interval_score", "coverage90")
#: Ends the metrics that are taken over places with a death in the ten years before.
ONLY = "_affected"


@dataclass(frozen=True)
class CountWindow:
    """Holds the scores of every model in one calendar year, or in all of them."""

    window_from: dt.date
    window_to: dt.date
    models: dict[str, dict[str, Score]]


@dataclass(frozen=True)
class CountCard:
    """Holds the scorecard of one kind of violence from one dataset.

    Args:
        years: each calendar year, oldest first.
        together: all years.
        pit: the histogram of the transform by model; flat is honest. `pit_affected`: the same over affected places.
        about: what the scores say of themselves: steps, draws, places.
    """

    source: str
    kind: str
    years: tuple[CountWindow, ...]
    together: CountWindow
    pit: dict[str, tuple[float, ...]]
    pit_affected: dict[str, tuple[float, ...]]
    about: dict[str, Any]
    invented: bool


@dataclass(frozen=True)
class CountYears:
    """Sums up one model against one baseline over the years."""

    ratio: float | None
    years: int
    better: int
    surely_better: int
    surely_worse: int
    worst: CountWindow | None


def count_cards(published: Published) -> tuple[CountCard, ...]:
    """Return one scorecard for each dataset and kind of violence whose months were scored."""

    def build() -> tuple[CountCard, ...]:
        groups: dict[tuple[str, str, bool], list[tuple[Row, dict[str, Any]]]] = defaultdict(list)
        for row in published.select("scores"):
            if row["target"].startswith(MONTHLY) and row["value"] is not None:
                about = json.loads(row["parameters"])
                groups[about["source"], row["target"].removeprefix(MONTHLY), "invented" in about].append((row, about))
        return tuple(_card(source, kind, rows) for (source, kind, _), rows in sorted(groups.items(), reverse=True))

    return published.once("count cards", build)


def _card(source: str, kind: str, rows: Sequence[tuple[Row, dict[str, Any]]]) -> CountCard:
    by_year: dict[dt.date, list[Row]] = defaultdict(list)
    pit: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    together = []
    for row, about in rows:
        metric, _, part = row["metric"].partition(":")
        if metric in ("pit", f"pit{ONLY}"):
            pit[metric, row["model"]][int(part)] = float(row["value"])
        elif "origin" in about:
            by_year[row["window_from"]].append(row)
        else:
            together.append(row)
    about = next(about for _, about in rows if "windows" in about)
    return CountCard(
        source,
        kind,
        tuple(_window(found) for _, found in sorted(by_year.items())),
        _window(together),
        _shares(pit, "pit"),
        _shares(pit, f"pit{ONLY}"),
        about,
        bool(about.get("invented")),
    )


def _shares(pit: Mapping[tuple[str, str], Mapping[int, float]], kept: str) -> dict[str, tuple[float, ...]]:
    return {model: tuple(parts[part] for part in sorted(parts)) for (of, model), parts in pit.items() if of == kept}


def _window(rows: Sequence[Row]) -> CountWindow:
    models: dict[str, dict[str, Score]] = defaultdict(dict)
    for row in rows:
        models[row["model"]][_metric(row)] = score_of(row)
    return CountWindow(rows[0]["window_from"], rows[0]["window_to"], dict(models))


def _metric(row: Row) -> str:
    return f"{row['metric']}:{row['baseline']}" if row["baseline"] else str(row["metric"])


def years_against(card: CountCard, model: str, baseline: str) -> CountYears:
    """Return how often a model had a lower CRPS than a baseline, how sure that is, and the worst year.

    The ratio is the geometric mean over the years of CRPS to the baseline's CRPS; under 1 is better.
    """
    key = f"crps_gain:{baseline}"
    found = [(year, year.models[model][key]) for year in card.years if key in year.models.get(model, {})]
    shares = [1 - score.skill for _, score in found if score.skill is not None and score.skill < 1]
    ratio = math.exp(sum(math.log(share) for share in shares) / len(shares)) if shares else None
    worst = min(found, key=lambda pair: pair[1].skill if pair[1].skill is not None else pair[1].value, default=None)
    return CountYears(
        ratio,
        len(found),
        sum(score.value > 0 for _, score in found),
        sum((score.low or 0.0) > 0 for _, score in found),
        sum((score.high or 0.0) < 0 for _, score in found),
        worst[0] if worst else None,
    )


def counts_as_dict(published: Published) -> list[dict[str, object]]:
    """Return the scorecards of monthly counts as JSON: every model, baseline, metric and year."""
    return [
        {
            "source": card.source,
            "kind": card.kind,
            "invented": card.invented,
            "steps": card.about["steps"],
            "draws": card.about["draws"],
            "places": card.about["places"],
            "baselines": list(BASELINES),
            "pit": {model: list(parts) for model, parts in sorted(card.pit.items())},
            "pit_affected": {model: list(parts) for model, parts in sorted(card.pit_affected.items())},
            "all_years": _as_dict(card.together),
            "years": [_as_dict(year) for year in card.years],
            "against": [
                {"model": model, "baseline": baseline, **_sums(card, model, baseline)}
                for model in MODELS
                for baseline in BASELINES
                if model != baseline and model in card.together.models
            ],
        }
        for card in count_cards(published)
    ]


def _sums(card: CountCard, model: str, baseline: str) -> dict[str, object]:
    found = years_against(card, model, baseline)
    return {
        "crps_ratio": found.ratio,
        "years": found.years,
        "better": found.better,
        "surely_better": found.surely_better,
        "surely_worse": found.surely_worse,
        "worst_year": found.worst.window_from.year if found.worst else None,
    }


def _as_dict(window: CountWindow) -> dict[str, object]:
    return {
        "window_from": window.window_from.isoformat(),
        "window_to": window.window_to.isoformat(),
        "models": {
            model: {
                name: {
                    "id": score.id,
                    "value": score.value,
                    "low": score.low,
                    "high": score.high,
                    "skill": score.skill,
                    "rows": score.rows,
                    "events": score.events,
                }
                for name, score in sorted(scores.items())
            }
            for model, scores in sorted(window.models.items())
        },
    }
