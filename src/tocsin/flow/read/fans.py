"""Forecasts of how many: the spread of their draws, windows that lie ahead first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.flow.read.published import Published
from tocsin.flow.read.risk import Stamp, stamp_of
from tocsin.model.targets import QUANTILES

#: Targets drawn as a fan: the year ahead of the day of issue, and the year after the data.
COUNTS = ("one_sided_count_ahead", "one_sided_count")


@dataclass(frozen=True)
class Fan:
    """Holds the count forecast of one window: quantiles of its draws."""

    id: str
    quantiles: dict[float, float]
    stamp: Stamp
    model: str


def fans(published: Published, code: str) -> tuple[Fan, ...]:
    """Return the count forecasts of one year each for a territory: the one whose window lies ahead, then the other."""
    rows = published.select("forecasts", territory=code, horizon_months=12, chosen=True, target=COUNTS)
    rows = [row for row in rows if row["draws"] and row["window_from"] is not None]
    rows.sort(key=lambda row: COUNTS.index(row["target"]))
    return tuple(Fan(row["id"], quantiles(row["draws"]), stamp_of(row), row["model"]) for row in rows)


def quantiles(draws: Sequence[int]) -> dict[float, float]:
    """Return the quantiles of draws that pages show.

    >>> quantiles([0, 0, 10, 20])[0.5]
    10.0
    """
    ordered = sorted(draws)
    return {q: float(ordered[min(int(q * len(ordered)), len(ordered) - 1)]) for q in QUANTILES}
