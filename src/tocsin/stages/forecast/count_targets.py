"""What is forecast month by month, as data: counts 1 to 36 months ahead, deaths within a window, escalation; and when each is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tocsin.model.months import first_day
from tocsin.stages.forecast.count_models.history import CountHistory
from tocsin.stages.forecast.panel import Array

Question = Literal["count", "at_least", "escalation"]
KINDS = ("state_based", "non_state", "one_sided")
LEVELS = (25, 100, 1000)
#: Months of the windows in which a level may be reached.
WINDOWS = (12, 24)
STEPS = 36
#: Months that the sum of an escalation runs over, and months that it was below the level before.
SUM, BELOW = 12, 24


@dataclass(frozen=True)
class CountTarget:
    """Names one question about the months after an origin.

    Args:
        name: stable name.
        kind: kind of violence.
        question: the count of one month; at least `level` deaths in the window; or the 12-month sum reaches `level` after
            24 months below it.
        first: first month ahead that the question speaks of.
        last: last month ahead.
        level: deaths; 0 for counts.
    """

    name: str
    kind: str
    question: Question
    first: int
    last: int
    level: int


def _targets() -> tuple[CountTarget, ...]:
    counts = [CountTarget(f"{kind}_count_{step}", kind, "count", step, step, 0) for kind in KINDS for step in range(1, STEPS + 1)]
    within = [
        CountTarget(f"{kind}_{level}_in_{months}", kind, "at_least", 1, months, level)
        for kind in KINDS
        for level in LEVELS
        for months in WINDOWS
    ]
    rises = [
        CountTarget(f"{kind}_escalation_{level}_in_{months}", kind, "escalation", 1, months, level)
        for kind in KINDS
        for level in LEVELS
        for months in WINDOWS
    ]
    return (*counts, *within, *rises)


COUNT_TARGETS: tuple[CountTarget, ...] = _targets()


@dataclass(frozen=True)
class Labels:
    """Holds the answers for each place; NaN is not (yet) known, or not asked.

    Args:
        values: the count, or 1 and 0.
        asked: False where the question does not arise: a place not counted at the origin, or already above the level.
        known_at: the day from which the answer can be known to anybody.
        resolved: whether that day has come.
    """

    values: Array
    asked: np.ndarray
    known_at: dt.date
    resolved: bool


def known_after(month: int, *, yearly: bool = True) -> dt.date:
    """Return the day from which a month's counts are public: the yearly edition, at the end of June of the next year.

    With `yearly` False, the monthly candidate edition, on the 20th of the next month.

    >>> known_after(492), known_after(492, yearly=False)
    (datetime.date(2021, 6, 30), datetime.date(2021, 1, 20))
    """
    if yearly:
        return dt.date(first_day(month).year + 1, 6, 30)
    return first_day(month + 1).replace(day=20)


def labels(history: CountHistory, origin: int, target: CountTarget, as_of: dt.date, *, yearly: bool = True) -> Labels:
    """Return the answers to one question, as far as they can be known on `as_of`.

    A window that is not over is censored as a whole, even where the level was reached already: keeping early ones alone
    would make every open window look like a disaster. A window with an unknown month is censored too.

    Args:
        history: counts of the target's kind, also after the origin.
        origin: last month that a forecast could use.
        target: the question.
        as_of: the day on which somebody asks for the answers.
        yearly: whether the counts come from the yearly edition.
    """
    column = origin - int(history.months[0])
    known_at = known_after(origin + target.last, yearly=yearly)
    there = ~np.isnan(history.values[:, column])
    asked = there & below(history.values[:, : column + 1], target.level) if target.question == "escalation" else there
    resolved = known_at <= as_of and origin + target.last <= history.origin
    if not resolved:
        return Labels(np.full(len(history.places), np.nan), asked, known_at, False)
    return Labels(np.where(asked, _answers(history.values, column, target), np.nan), asked, known_at, True)


def _answers(values: Array, column: int, target: CountTarget) -> Array:
    window = values[:, column + target.first : column + target.last + 1]
    if target.question == "count":
        return np.asarray(window[:, 0])
    if target.question == "at_least":
        return _yes(window.sum(axis=1), target.level)
    sums = year_sums(values[:, : column + target.last + 1])[:, column + target.first :]
    return np.where(np.isnan(sums).any(axis=1), np.nan, _yes(sums.max(axis=1), target.level))


def _yes(deaths: Array, level: int) -> Array:
    return np.where(np.isnan(deaths), np.nan, (deaths >= level).astype(float))


def year_sums(values: Array) -> Array:
    """Return the sum of the 12 months up to each month; NaN where one of them is unknown."""
    totals = np.full(values.shape, np.nan)
    if values.shape[1] >= SUM:
        totals[:, SUM - 1 :] = np.lib.stride_tricks.sliding_window_view(values, SUM, axis=1).sum(axis=2)
    return totals


def below(values: Array, level: int) -> np.ndarray:
    """Return whether each of the last 24 months' sums is known and below the level."""
    recent = year_sums(values[:, -(BELOW + SUM - 1) :])[:, -BELOW:]
    return np.asarray((recent < level).all(axis=1) & (recent.shape[1] == BELOW))
