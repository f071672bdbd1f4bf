"""What a model said against what came, and the events it ranked low."""

from __future__ import annotations

import numpy as np

from tocsin.model import tables
from tocsin.stages.forecast.backtest import Round
from tocsin.stages.forecast.judge import EVALUATE_FROM
from tocsin.stages.forecast.methods import MODELS
from tocsin.stages.forecast.targets import TARGETS
from tocsin.stages.forecast.track_record import FOUND, record_rows, wilson


def _round(year: int, given: np.ndarray, labels: np.ndarray) -> Round:
    names = (*MODELS, "stack")
    return Round(year, np.arange(len(given)), dict.fromkeys(names, given), labels, {})


def test_groups_and_misses_say_what_came():
    size = FOUND + 10
    given = np.linspace(0.5, 0.01, size)
    labels = np.zeros(size)
    labels[[0, FOUND + 3]] = 1.0
    codes = [f"T{number:02d}" for number in range(size)]
    rounds = [_round(EVALUATE_FROM, given, labels), _round(EVALUATE_FROM + 1, given, np.full(size, np.nan))]
    rows = record_rows(TARGETS[0], rounds, "stack", codes, ["set-1"])
    tables.from_rows("scores", rows)
    groups = [row for row in rows if row["metric"].startswith("calibration:")]
    assert sum(row["rows"] for row in groups) == size and sum(row["events"] for row in groups) == 2
    assert all(row["low"] <= row["value"] <= row["high"] for row in groups)
    misses = [row for row in rows if row["metric"].startswith("miss:")]
    assert [(row["metric"], row["value"]) for row in misses] == [(f"miss:T{FOUND + 3}:{EVALUATE_FROM + 1}", FOUND + 4.0)]


def test_an_unanswered_window_is_neither_hit_nor_miss():
    unanswered = _round(EVALUATE_FROM, np.linspace(0.5, 0.01, 40), np.full(40, np.nan))
    assert record_rows(TARGETS[0], [unanswered], "stack", [str(n) for n in range(40)], ["set-1"]) == []


def test_the_interval_holds_the_share_and_narrows_with_more_rows():
    low, high = wilson(5, 50)
    assert low < 0.1 < high
    assert wilson(50, 500)[1] < high
