"""Model cards, written from the code: what each model is, what it is given, how it is set, and what it must not be used for."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

from tocsin.model.targets import BASELINES
from tocsin.stages.forecast.ahead import ahead_targets
from tocsin.stages.forecast.backtest import FIRST_ORIGIN_AFTER, STACK, STACK_AFTER
from tocsin.stages.forecast.features import FEATURES
from tocsin.stages.forecast.judge import EVALUATE_FROM
from tocsin.stages.forecast.methods import MODELS, STACKED, mix, simplex_weights
from tocsin.stages.forecast.methods.boosting import Shape
from tocsin.stages.forecast.methods.logit import C
from tocsin.stages.forecast.methods.stack import PULL
from tocsin.stages.forecast.methods.training import FLOOR
from tocsin.stages.forecast.targets import TARGETS
from tocsin.stages.forecast.vintage import LAGS

#: What no number of these models may be used for.
NOT_FOR = (
    "A sentence about one person, group or place inside a country: the models see whole countries and years.",
    "A reason to do nothing: a low chance is not safety, and the list of misses shows events that were ranked low.",
    "A cause: an input that raises a forecast moves the model, not the world.",
    "A claim about deaths that nobody reported: inputs and outcomes count what sources report.",
)


@dataclass(frozen=True)
class Card:
    """Describes one model."""

    name: str
    what: str
    detail: str
    settings: dict[str, str]
    baseline: bool


@dataclass(frozen=True)
class Common:
    """Describes what all models share: questions, inputs, training, choice, limits."""

    targets: tuple[str, ...]
    inputs: tuple[str, ...]
    training: str
    choice: str
    delays: dict[str, str]
    limits: tuple[str, ...]


def cards() -> tuple[Card, ...]:
    """Return one card a model, baselines first as the list has them, the mixture last."""
    own = {"logit": {"inverse penalty": f"{C:g}"}, "boosting": {k: str(v) for k, v in asdict(Shape()).items()}}
    found = [Card(name, _what(model), _detail(model), own.get(name, {}), name in BASELINES) for name, model in MODELS.items()]
    weights = {
        "mixes": ", ".join(STACKED),
        "pull to equal weights": f"{PULL:g} events",
        "weights from": f"at least {STACK_AFTER} earlier answered origins, else equal",
    }
    return (*found, Card(STACK, _what(mix), _detail(simplex_weights), weights, False))


def common() -> Common:
    """Return what all models share."""
    ahead = ahead_targets(dt.date(2000, 12, 31), dt.date(2001, 7, 1))
    return Common(
        targets=tuple(f"{target.name}, {target.months} months" for target in (*TARGETS, *ahead)),
        inputs=FEATURES,
        training=(
            f"At each origin from the year {FIRST_ORIGIN_AFTER} years after the data begin, every territory-year whose window was over. "
            f"Probabilities are held between {FLOOR:g} and {1 - FLOOR:g}."
        ),
        choice=f"The model with the best mean log score at origins before {EVALUATE_FROM}; origins from then on score all of them.",
        delays={name: f"{lag.publisher}: day {lag.day} of month {lag.month}, {lag.years} year later" for name, lag in LAGS.items()},
        limits=NOT_FOR,
    )


def as_markdown() -> str:
    """Return the cards as one page of the documentation."""
    shared = common()
    lines = ["# Model cards", "", "Written from the code. No fitted model is stored: each is made again from the tables and the seed.", ""]
    lines += ["## All models", "", "Questions:", "", *(f"- `{target}`" for target in shared.targets), ""]
    lines += [
        "Inputs:",
        "",
        *(f"- {name}" for name in shared.inputs),
        "",
        f"Training: {shared.training}",
        "",
        f"Choice: {shared.choice}",
        "",
    ]
    lines += ["A year's figures are available from:", "", *(f"- `{name}`: {text}" for name, text in shared.delays.items()), ""]
    lines += ["Not for:", "", *(f"- {text}" for text in shared.limits), ""]
    for card in cards():
        lines += [f"## `{card.name}`" + (" (baseline)" if card.baseline else ""), "", card.what, "", card.detail, ""]
        lines += [*(f"- {key}: {value}" for key, value in card.settings.items()), ""] if card.settings else []
    return "\n".join(lines).rstrip() + "\n"


def _what(model: Callable[..., object]) -> str:
    """Return the first line of the file that holds the model."""
    return (inspect.getdoc(sys.modules[model.__module__]) or "").splitlines()[0]


def _detail(model: Callable[..., object]) -> str:
    """Return the first sentences about the function itself, without its arguments and examples."""
    text = inspect.getdoc(model) or ""
    return " ".join(text.split("Args:")[0].split(">>>")[0].split())
