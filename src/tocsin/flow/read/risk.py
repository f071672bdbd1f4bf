"""The ranked table of risk: what the chosen model gives each territory, and what moved."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row
from tocsin.model.periods import Window
from tocsin.model.tables import TABLES
from tocsin.model.targets import DEATHS, YEAR_AHEAD

#: Probability at which each step of risk begins; five steps, the first from 0.
STEPS = (0.02, 0.10, 0.30, 0.60)
#: Targets whose answer is a probability, mildest first.
PROBABILITIES = tuple(DEATHS)
#: The same questions about the first whole year that lay ahead on the day of issue.
AHEAD = tuple(f"{target}{YEAR_AHEAD}" for target in PROBABILITIES)
QUESTIONS = PROBABILITIES + AHEAD
SORTS = ("risk", "name", "change")
#: What pages read of a forecast; the draws stay behind.
COLUMNS = [name for name in TABLES["forecasts"].names if name not in ("inputs", "parameters", "draws")]


@dataclass(frozen=True)
class Stamp:
    """Says what a forecast speaks of, when it was issued, and what renews it once its window has begun."""

    origin: dt.date
    window_from: dt.date
    window_to: dt.date
    issued_at: dt.date | None
    renew: str
    stale: bool

    def state(self, today: dt.date) -> str:
        """Return ahead, begun or passed; a row that its run called stale is at least begun."""
        state = Window(self.window_from, self.window_to).state(today)
        return "begun" if state == "ahead" and self.stale else state


@dataclass(frozen=True)
class Reason:
    """Names one input of a forecast and whether it raises (1) or lowers (-1) it."""

    text: str
    direction: int


@dataclass(frozen=True)
class Similar:
    """Names a past case whose inputs were most alike, and the deaths that followed there."""

    place: Place
    year: int
    deaths_after: int | None


@dataclass(frozen=True)
class Risk:
    """Holds one row of the table of risk."""

    id: str
    place: Place
    target: str
    probability: float
    low: float | None
    high: float | None
    climatology: float | None
    previous: float | None
    rank: int
    previous_rank: int | None
    step: int
    reasons: tuple[Reason, ...]
    similar: tuple[Similar, ...]
    missing: tuple[str, ...]
    model: str
    vintage: str
    stamp: Stamp

    @property
    def change(self) -> float | None:
        """Return how much the probability moved since the forecast before."""
        return None if self.previous is None else self.probability - self.previous

    @property
    def moved_up(self) -> bool:
        """Return True where the step of risk is higher than before."""
        return self.previous is not None and step_of(self.probability) > step_of(self.previous)


@dataclass(frozen=True)
class Choice:
    """Holds which forecast a reader asked for, and how to sort and filter it."""

    target: str = PROBABILITIES[0]
    horizon: int = 12
    sort: str = "risk"
    query: str = ""
    region: str = ""


def step_of(probability: float) -> int:
    """Return the step of risk, 1 to 5.

    >>> step_of(0.019), step_of(0.02), step_of(0.9)
    (1, 2, 5)
    """
    return 1 + sum(probability >= edge for edge in STEPS)


def reasons_of(why: str | None) -> tuple[tuple[Reason, ...], tuple[Similar, ...]]:
    """Return what moved a forecast and the most similar past cases, from the JSON of its column `why`."""
    if not why:
        return (), ()
    try:
        found = json.loads(why)
    except ValueError:
        return (Reason(why, 0),), ()
    if not isinstance(found, dict):
        return tuple(Reason(str(text), 0) for text in found), ()
    reasons = tuple(Reason(one["input"], (one["log_odds"] > 0) - (one["log_odds"] < 0)) for one in found.get("inputs", ()))
    return reasons, similar_cases(found)


def similar_cases(why: Mapping[str, Any]) -> tuple[Similar, ...]:
    """Return the most similar past cases that the parsed column `why` names."""
    return tuple(Similar(place(one["territory"]), int(one["year"]), one.get("deaths_after")) for one in why.get("similar", ()))


def risk_rows(published: Published, target: str, horizon: int) -> tuple[Risk, ...]:
    """Return every territory that the chosen model speaks of, highest risk first."""

    def build() -> tuple[Risk, ...]:
        rows = published.select("forecasts", COLUMNS, target=target, horizon_months=horizon, chosen=True)
        rows = [row for row in rows if row["probability"] is not None and row["window_from"] is not None]
        rows.sort(key=lambda row: (-row["probability"], row["territory"]))
        before = sorted((row for row in rows if row["previous"] is not None), key=lambda row: (-row["previous"], row["territory"]))
        ranks = {row["id"]: number for number, row in enumerate(before, start=1)}
        return tuple(_risk(row, number, ranks.get(row["id"])) for number, row in enumerate(rows, start=1))

    return published.once(("risk", target, horizon), build)


def stamp_of(row: Row) -> Stamp:
    """Return the window, date of issue and state of a row of forecasts."""
    return Stamp(row["origin"], row["window_from"], row["window_to"], row["issued_at"], row["renew"] or "", bool(row["stale"]))


def _risk(row: Row, rank: int, previous_rank: int | None) -> Risk:
    probability = float(row["probability"])
    reasons, similar = reasons_of(row["why"])
    return Risk(
        id=row["id"],
        place=place(row["territory"]),
        target=row["target"],
        probability=probability,
        low=row["low"],
        high=row["high"],
        climatology=row["climatology"],
        previous=row["previous"],
        rank=rank,
        previous_rank=previous_rank,
        step=step_of(probability),
        reasons=reasons,
        similar=similar,
        missing=tuple(row["missing"] or ()),
        model=row["model"],
        vintage=row["vintage"] or "",
        stamp=stamp_of(row),
    )


def stamps(published: Published) -> dict[tuple[str, int], Stamp]:
    """Return the pairs of target and horizon that this run holds as probabilities, each with the window it speaks of."""

    def build() -> dict[tuple[str, int], Stamp]:
        wanted = ["target", "horizon_months", "origin", "window_from", "window_to", "issued_at", "renew", "stale"]
        rows = published.select("forecasts", wanted, chosen=True, target=QUESTIONS)
        found = {(row["target"], int(row["horizon_months"])): stamp_of(row) for row in rows if row["window_from"] is not None}
        return dict(sorted(found.items(), key=lambda one: (one[0][0] in AHEAD, one[0][1], QUESTIONS.index(one[0][0]))))

    return published.once("offered", build)


def chosen(published: Published, choice: Choice) -> Choice:
    """Return `choice` held to what this run offers; where it names no target, a window that lay ahead on the day of issue."""
    pairs = tuple(stamps(published))
    if not pairs or (choice.target, choice.horizon) in pairs:
        return choice
    ahead = [pair for pair in pairs if pair[0] in AHEAD]
    target, horizon = next((pair for pair in ahead if "_100_" in pair[0]), pairs[0])
    return replace(choice, target=target, horizon=horizon)


def ordered(rows: Sequence[Risk], sort: str) -> tuple[Risk, ...]:
    """Return the rows by risk, by name, or by how much they moved."""
    if sort == "name":
        return tuple(sorted(rows, key=lambda risk: risk.place.name))
    if sort == "change":
        return tuple(sorted(rows, key=lambda risk: (-abs(risk.change or 0.0), risk.rank)))
    return tuple(rows)


def tied_with_first(rows: Sequence[Risk]) -> int:
    """Return how many of the first rows have an interval that overlaps the interval of the first."""
    if not rows or rows[0].low is None:
        return 0
    floor = rows[0].low
    count = 0
    for row in rows:
        if row.high is None or row.high < floor:
            break
        count += 1
    return count
