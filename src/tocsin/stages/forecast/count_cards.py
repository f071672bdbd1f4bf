"""Model cards of the count models, written from the code: what each is, how it is set, and what it must not be used for."""

from __future__ import annotations

import inspect
import sys

from tocsin.stages.forecast import escalation
from tocsin.stages.forecast.count_models import BASELINE, COUNT_MODELS, levels, mixture, past, paths, weights
from tocsin.stages.forecast.count_models.parts import CASES, NAMES
from tocsin.stages.forecast.count_models.state import CLASSES
from tocsin.stages.forecast.count_targets import COUNT_TARGETS, STEPS
from tocsin.stages.forecast.model_cards import NOT_FOR, Card

MIXTURE = "count_mixture"
#: Which settings of the mixture are blind to the years that are scored, as far as the history of the code tells.
SETTINGS = (
    "half-lives, spreads, bounds of the classes and the rate of jumps follow a published pilot that was scored on windows of 2010 to 2024, or "
    "were set when 2006 to 2020 were printed beside them: not blind to those years; the parts that learn from cases, the number of parts and "
    "the tie between months were chosen on origins before 2006; weights of the parts are learned before each origin; later years were never seen"
)
#: What no count may be used for, beside what holds for all models.
LIMITS = (
    *NOT_FOR[1:],
    "A sum over places: the courses of different places are not tied to each other, so the spread of a sum is too narrow.",
    "A place that no file names: what was never counted is unknown, not calm.",
)


def count_cards() -> tuple[Card, ...]:
    """Return one card a model of monthly counts, baselines first, and one for the chance of escalation."""
    found = [
        Card(name, _what(model), _detail(model), _settings() if name == MIXTURE else {}, name != MIXTURE)
        for name, model in COUNT_MODELS.items()
    ]
    rises = Card("escalation", _what(escalation.Escalations), _detail(escalation.Escalations.chances), _of_escalation(), False)
    return (*found, rises)


def count_markdown() -> str:
    """Return the cards as one page of the documentation."""
    lines = [
        "# Models of monthly counts",
        "",
        "Written from the code. No fitted model is stored: each is made again from the counts and the seed.",
        "",
        f"Questions: {len(COUNT_TARGETS)}, for three kinds of violence: the count 1 to {STEPS} months ahead, levels reached, escalation.",
        "",
        "Inputs: the counts of the same kind of violence, by place and month, up to the origin. Nothing else, and nothing later.",
        "",
        f"Baseline: `{BASELINE}`. Measured: how-to *Forecast monthly deaths*, and `python -m bench.forecast_counts`.",
        "",
        "Not for:",
        "",
        *(f"- {text}" for text in LIMITS),
        "",
    ]
    for card in count_cards():
        lines += [f"## `{card.name}`" + (" (baseline)" if card.baseline else ""), "", card.what, "", card.detail, ""]
        lines += [*(f"- {key}: {value}" for key, value in card.settings.items()), ""] if card.settings else []
    return "\n".join(lines).rstrip() + "\n"


def _settings() -> dict[str, str]:
    return {
        "parts": "; ".join(NAMES),
        "classes of places": ", ".join(CLASSES),
        "groups of steps": ", ".join(f"to {group[-1]}" for group in mixture.GROUPS),
        "earlier origins": f"every {mixture.EVERY} months from month {mixture.FIRST} on, half-life {mixture.FADE:g} months",
        "weights": f"lowest CRPS plus {weights.IGNORANCE:g} times ignorance, relative to the baseline; {weights.ROUNDS} rounds",
        "all parts alike": f"where fewer than {mixture.LEAST_PLACES} places ever had a death",
        "history needed": f"{mixture.NEEDED} months",
        "similar cases": f"{CASES}, one every {past.EVERY} months of each place",
        "highest count": f"{levels.HIGHEST:,.0f} deaths a month",
        "where the settings come from": SETTINGS,
        "months of one course": f"a Gaussian copula, {paths.COMMON:g} of a month's surprise shared by all months of a course",
    }


def _of_escalation() -> dict[str, str]:
    return {
        "ways": ", ".join(escalation.METHODS),
        "regression": f"inverse penalty {escalation.C:g} on standardised inputs, a case every {past.EVERY} months",
        "nearest to certain": f"{escalation.FLOOR:g} and {1 - escalation.FLOOR:g}",
    }


def _what(model: object) -> str:
    """Return the first line of the file that holds the model."""
    module = sys.modules[str(getattr(model, "__module__", ""))]
    return (inspect.getdoc(module) or "").splitlines()[0]


def _detail(model: object) -> str:
    """Return the first sentences about the function itself, without its arguments, errors and examples."""
    text = inspect.getdoc(model) or ""
    for end in ("Args:", "Raises:", ">>>"):
        text = text.split(end)[0]
    return " ".join(text.split())
