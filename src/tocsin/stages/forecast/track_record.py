"""What a model said against what came, group by group, and the events that it ranked low before they came."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from tocsin.model.ids import stable_id
from tocsin.stages.forecast.backtest import Round
from tocsin.stages.forecast.judge import EVALUATE_FROM, Pool, pool
from tocsin.stages.forecast.targets import Target

#: Edges of the groups of forecasts; more of them where most forecasts lie.
EDGES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
#: An event ranked after this many territories of its year is a miss.
FOUND = 30
#: Standard deviations of a 90% interval.
WIDTH = 1.645


def record_rows(target: Target, rounds: Sequence[Round], model: str, territories: Sequence[str], inputs: list[str]) -> list[dict[str, Any]]:
    """Return rows of `scores` for the model shown first: `calibration:<said>` and `miss:<territory>:<year>`.

    Calibration: `value` is the observed share with its 90% interval, `rows` and `events` the counts of the group.
    Miss: `value` is the rank that was given, `low` the probability.
    """
    evaluated = pool(rounds, EVALUATE_FROM, 10_000)
    if evaluated is None:
        return []
    found = _groups(evaluated, model)
    for one in rounds:
        if one.year >= EVALUATE_FROM:
            found += _misses(one, target, model, territories)
    return [_row(target, model, metric, evaluated, inputs) for metric in found]


def wilson(events: int, rows: int) -> tuple[float, float]:
    """Return the 90% interval of a share: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) (Wilson 1927).

    >>> low, high = wilson(0, 10)
    >>> low, round(high, 3)
    (0.0, 0.213)
    """
    share, square = events / rows, WIDTH**2
    middle = share + square / (2 * rows)
    half = WIDTH * np.sqrt(share * (1 - share) / rows + square / (4 * rows**2))
    low, high = (middle - half) / (1 + square / rows), (middle + half) / (1 + square / rows)
    return max(0.0, float(low)) if events else 0.0, min(1.0, float(high))


def _groups(at: Pool, model: str) -> list[dict[str, Any]]:
    given, label = at.probabilities[model], at.labels
    found = []
    for low, high in itertools.pairwise(EDGES):
        inside = (given >= low) & ((given < high) | (high == EDGES[-1]))
        count, events = int(inside.sum()), int(label[inside].sum())
        if not count:
            continue
        ends = wilson(events, count)
        said = f"{float(given[inside].mean()):.6f}"
        found.append(
            {"metric": f"calibration:{said}", "value": events / count, "low": ends[0], "high": ends[1], "rows": count, "events": events}
        )
    return found


def _misses(at: Round, target: Target, model: str, territories: Sequence[str]) -> list[dict[str, Any]]:
    given = at.probabilities[model]
    ranks = (-given).argsort(kind="stable").argsort() + 1
    late = [row for row in range(len(given)) if at.labels[row] == 1 and ranks[row] > FOUND]
    return [
        {
            "metric": f"miss:{territories[int(at.rows[row])]}:{at.year + target.lead + 1}",
            "value": float(ranks[row]),
            "low": float(given[row]),
            "rows": len(given),
            "events": 1,
        }
        for row in late
    ]


def _row(target: Target, model: str, metric: dict[str, Any], at: Pool, inputs: list[str]) -> dict[str, Any]:
    return {
        "id": stable_id("sco", target.name, target.months, model, metric["metric"]),
        **at.about(target, model, inputs),
        **metric,
    }
