"""How good the forecasts are: every model against every baseline, what was said against what came, and what was missed."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.risk import PROBABILITIES, QUESTIONS
from tocsin.model.targets import BASELINES

#: Metrics of the scorecard in the order of its columns; others stand behind them.
METRICS = (
    "log_loss",
    "log_score_gain:climatology",
    "log_score_gain:persistence",
    "brier",
    "auc",
    "average_precision",
    "expected_observed",
)
#: Metrics of a table of their own: recall, the parts of the Brier score, and what alerts would have meant.
MORE_METRICS = (
    "recall_at_10",
    "recall_at_20",
    "recall_at_30",
    "miscalibration",
    "discrimination",
    "uncertainty",
    "false_alarms_per_hit",
    "share_on_alert",
    "new_on_alert",
    "lead_months",
)
#: Metrics of counts.
COUNT_METRICS = ("crps", "crps_gain:climatology", "crps_gain:persistence", "ignorance", "interval_score", "coverage90", "coverage_90")
#: What the targets of monthly counts begin with: `scorecard_counts` shows those.
MONTHLY = "monthly_"
_PARTS = ("calibration:", "miss:")
#: Skill with its interval: it stands in the last column, not in one of its own.
SKILLS = ("log_score_skill", "crps_skill")


@dataclass(frozen=True)
class Score:
    """Holds one metric of one model on one target."""

    id: str
    model: str
    metric: str
    value: float
    low: float | None
    high: float | None
    baseline: str
    skill: float | None
    rows: int | None
    events: int | None
    vintage: str


@dataclass(frozen=True)
class ModelScores:
    """Holds one row of the scorecard."""

    model: str
    baseline: bool
    chosen: bool
    scores: dict[str, Score]


@dataclass(frozen=True)
class Card:
    """Holds the scorecard of one target."""

    target: str
    horizon: int
    window_from: dt.date | None
    window_to: dt.date | None
    metrics: tuple[str, ...]
    more: tuple[str, ...]
    models: tuple[ModelScores, ...]
    rows: int | None
    events: int | None
    vintage: str

    @property
    def best(self) -> ModelScores | None:
        """Return the model that is shown first."""
        return next((model for model in self.models if model.chosen), None)


@dataclass(frozen=True)
class Said:
    """Holds one group of forecasts: what was said and what came."""

    id: str
    said: float
    came: float
    low: float | None
    high: float | None
    rows: int | None


@dataclass(frozen=True)
class Miss:
    """Holds one event that the model ranked low before it came."""

    id: str
    place: Place
    year: int | None
    probability: float | None
    rank: int | None


def cards(published: Published) -> tuple[Card, ...]:
    """Return one scorecard a target over its widest window, probabilities first."""

    def build() -> tuple[Card, ...]:
        groups: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for row in published.select("scores"):
            monthly = row["target"].startswith(MONTHLY)
            if row["value"] is not None and not monthly and not row["metric"].startswith(_PARTS) and not _one_window(row):
                groups[(horizon_of(row), row["target"])].append(row)
        shown = published.select("forecasts", ["target", "horizon_months", "model"], chosen=True)
        chosen = {(row["target"], int(row["horizon_months"]), row["model"]) for row in shown}
        return tuple(_card(target, horizon, rows, chosen) for (horizon, target), rows in sorted(groups.items(), key=_order))

    return published.once("cards", build)


def _one_window(row: Row) -> bool:
    """Return True for a score of one window alone: `scorecard_windows` shows those."""
    return "origin" in json.loads(row["parameters"] or "{}")


def horizon_of(row: Row) -> int:
    """Return the months ahead that a score speaks of; its parameters say so."""
    return int(json.loads(row["parameters"] or "{}").get("horizon_months", 12))


def _order(entry: tuple[tuple[int, str], list[Row]]) -> tuple[int, int, str]:
    horizon, target = entry[0]
    return (horizon if target in PROBABILITIES else 1000, QUESTIONS.index(target) if target in QUESTIONS else len(QUESTIONS), target)


def metric_of(row: Row) -> str:
    """Return the column that a score stands in: gains and skills have one a baseline."""
    against = row["metric"].endswith("_gain") or row["metric"] in SKILLS
    return f"{row['metric']}:{row['baseline']}" if against else str(row["metric"])


def gain_over(scores: Mapping[str, Score], baseline: str) -> Score | None:
    """Return how much better than a baseline a model is: in log score for chances, in CRPS for counts; None where that was not computed."""
    return scores.get(f"log_score_gain:{baseline}") or scores.get(f"crps_gain:{baseline}")


def _widest(rows: list[Row]) -> list[Row]:
    """Return the rows of the widest window: the one verdict over all years, not the best year."""
    windows = {(row["window_from"], row["window_to"]) for row in rows}
    dated = [window for window in windows if window[0] and window[1]]
    if not dated:
        return rows
    widest = max(dated, key=lambda window: (window[1] - window[0], window[1]))
    return [row for row in rows if (row["window_from"], row["window_to"]) == widest]


def _card(target: str, horizon: int, rows: list[Row], chosen: set[tuple[str, int, str]]) -> Card:
    rows = _widest(rows)
    found = {metric for row in rows if not (metric := metric_of(row)).startswith(SKILLS)}
    ordered = METRICS + COUNT_METRICS
    metrics = tuple(m for m in ordered if m in found) + tuple(sorted(found - set(ordered) - set(MORE_METRICS)))
    by_model: dict[str, dict[str, Score]] = defaultdict(dict)
    for row in rows:
        by_model[row["model"]][metric_of(row)] = score_of(row)
    models = [ModelScores(model, model in BASELINES, (target, horizon, model) in chosen, scores) for model, scores in by_model.items()]
    models.sort(key=lambda m: (m.baseline, not m.chosen, m.model))
    first = rows[0]
    return Card(
        target,
        horizon,
        first["window_from"],
        first["window_to"],
        metrics,
        tuple(m for m in MORE_METRICS if m in found),
        tuple(models),
        max((row["rows"] for row in rows if row["rows"] is not None), default=None),
        max((row["events"] for row in rows if row["events"] is not None), default=None),
        first["vintage"] or "",
    )


def score_of(row: Row) -> Score:
    """Return one row of `scores` as pages hold it."""
    return Score(
        row["id"],
        row["model"],
        metric_of(row),
        float(row["value"]),
        row["low"],
        row["high"],
        row["baseline"] or "",
        row["skill"],
        row["rows"],
        row["events"],
        row["vintage"] or "",
    )


def calibration(published: Published, target: str, horizon: int, model: str) -> tuple[Said, ...]:
    """Return what `model` said against what came, by group of forecasts, lowest first.

    A row of `scores` whose metric is `calibration:<said>` holds the observed share in `value`.
    """
    found = []
    for row in published.select("scores", target=target, model=model):
        kind, _, said = row["metric"].partition(":")
        if kind == "calibration" and row["value"] is not None and horizon_of(row) == horizon:
            found.append(Said(row["id"], float(said), float(row["value"]), row["low"], row["high"], row["rows"]))
    return tuple(sorted(found, key=lambda group: group.said))


def misses(published: Published, target: str, horizon: int, model: str) -> tuple[Miss, ...]:
    """Return the events that `model` ranked low before they came, the worst first.

    A row of `scores` whose metric is `miss:<territory>:<year>` holds the rank in `value` and the probability in `low`.
    """
    found = []
    for row in published.select("scores", target=target, model=model):
        kind, _, rest = row["metric"].partition(":")
        if kind == "miss" and row["value"] is not None and horizon_of(row) == horizon:
            code, _, year = rest.partition(":")
            found.append(Miss(row["id"], place(code), int(year) if year.isdigit() else None, row["low"], int(row["value"])))
    return tuple(sorted(found, key=lambda miss: (-(miss.rank or 0), miss.place.name)))
