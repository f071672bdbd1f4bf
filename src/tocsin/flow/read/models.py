"""What the models are and what they learned in this run, for pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.flow.read.published import Published

if TYPE_CHECKING:
    from tocsin.stages.forecast.model_cards import Card

#: Written by the step of the forecast stage beside its tables.
FILE = "files/models.json"
#: The mixture of the other models.
STACK = "stack"


@dataclass(frozen=True)
class Learned:
    """Holds what one model learned for one target: its numbers, and how far each input moves it."""

    rates: tuple[tuple[str, float], ...]
    coefficients: tuple[tuple[str, float], ...]
    importance: tuple[tuple[str, float], ...]
    weight: float | None


def model_cards() -> tuple[Card, ...]:
    """Return one card a model, written from the code."""
    from tocsin.stages.forecast.model_cards import cards  # the stage brings its models with it

    return cards()


def count_model_cards() -> tuple[Card, ...]:
    """Return one card a model of monthly counts, and one for escalation, written from the code."""
    from tocsin.stages.forecast.count_cards import count_cards

    return count_cards()


def summaries(published: Published) -> tuple[dict[str, Any], ...]:
    """Return what every model learned, one entry a target; nothing where the run wrote none."""

    def build() -> tuple[dict[str, Any], ...]:
        folder = published.snapshot.folders().get("forecast")
        path = folder / FILE if folder else None
        return tuple(json.loads(path.read_text("utf-8"))["models"]) if path and path.exists() else ()

    return published.once("models", build)


def training_of(published: Published, target: str, horizon: int) -> dict[str, Any] | None:
    """Return how many rows and events the models learned a target from."""
    found = _summary(published, target, horizon)
    return dict(found["training"]) if found else None


def learned(published: Published, target: str, horizon: int, model: str) -> Learned | None:
    """Return what one model learned for a target; None where the run wrote no summary of it."""
    found = _summary(published, target, horizon)
    if found is None:
        return None
    if model not in found["models"]:
        return Learned((), (), tuple(found["stack_weights"].items()), None)
    about = found["models"][model]
    rates = tuple((key, float(about[key])) for key in ("rate", "rate_above", "rate_below") if key in about)
    return Learned(
        rates, tuple(about.get("coefficients", {}).items()), tuple(about["importance"].items()), found["stack_weights"].get(model)
    )


def _summary(published: Published, target: str, horizon: int) -> dict[str, Any] | None:
    return next((one for one in summaries(published) if (one["target"], one["horizon_months"]) == (target, horizon)), None)
