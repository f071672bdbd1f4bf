"""The triggers, one function each: a forecast's level, its rise, a rise in deaths, a warning without an answer, counts of events."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.model.tables import Row
from tocsin.model.targets import YEAR_AHEAD, deaths_of, usual_name
from tocsin.stages.warn.thresholds import Thresholds
from tocsin.stages.warn.unusual import reports_stopped, unusual_counts

ANSWERING = ("measure", "decision")


@dataclass(frozen=True)
class Surroundings:
    """Holds the tables that triggers read, as rows, and the day they are read on."""

    forecasts: Sequence[Row]
    figures: Sequence[Row]
    measures: Sequence[Row]
    today: dt.date
    thresholds: Thresholds
    anomalies: Sequence[Row] = ()


def find_signals(around: Surroundings) -> pa.Table:
    """Return every crossing of a threshold, highest first inside its trigger."""
    rows = [signal for trigger in TRIGGERS for signal in _ranked(trigger(around))]
    return tables.from_rows("signals", rows)


def forecast_level(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield forecasts of the shown model at or above the level of their target, of twelve months."""
    for row in _shown(around.forecasts):
        threshold = around.thresholds.level.get(usual_name(row["target"]))
        if threshold is None or row["probability"] < threshold:
            continue
        yield _forecast_signal("forecast_level", row, threshold, row["climatology"], f"at or above the level of {threshold:.0%}")


def forecast_rise(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield forecasts that rose clearly since the forecast one year earlier."""
    limits = around.thresholds
    for row in _shown(around.forecasts):
        before = row["previous"]
        if before is None or usual_name(row["target"]) not in limits.level:
            continue
        gain = row["probability"] - before
        if gain >= limits.rise and row["probability"] >= limits.rise_ratio * before:
            yield _forecast_signal("forecast_rise", row, limits.rise, before, f"up from {before:.0%} one year earlier")


def deaths_rise(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield territories whose one-sided deaths crossed a level from below and at least doubled."""
    limits = around.thresholds
    for territory, series in _yearly(around.figures, "deaths_one_sided").items():
        years = sorted(series)
        if len(years) < 4 or years[-1] - years[-4] != 3:
            continue
        last, before = series[years[-1]], [series[y] for y in years[-4:-1]]
        mean = sum(r["value"] for r in before) / 3
        crossed = [level for level in limits.deaths if before[-1]["value"] < level <= last["value"]]
        if not crossed or last["value"] < limits.deaths_ratio * mean:
            continue
        changed = f"from {before[-1]['value']:,.0f} in {years[-2]} to {last['value']:,.0f} in {years[-1]}"
        yield {
            **_base("deaths_rise", [last, *before], limits, territory, str(years[-1])),
            "date": last["period_to"],
            "value": float(last["value"]),
            "threshold": float(crossed[-1]),
            "baseline": mean,
            "changed": changed,
            "why": f"One-sided deaths rose {changed}: they crossed {crossed[-1]:,} and are {_ratio(last['value'], mean)}.",
            "stale": False,
            "invented": bool(last["invented"]),
        }


def warning_unanswered(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield warnings of the last year which no measure or decision on the same situation has followed."""
    limits = around.thresholds
    for row in around.measures:
        if row["role"] != "warning" or row["date"] is None or row["situation"] is None:
            continue
        age = (around.today - row["date"]).days
        if not limits.answer_days <= age <= limits.memory_days:
            continue
        if any(
            m["role"] in ANSWERING and m["situation"] == row["situation"] and m["date"] and m["date"] >= row["date"]
            for m in around.measures
        ):
            continue
        yield {
            **_base("warning_unanswered", [row], limits, row["territory"], row["id"]),
            "situation": row["situation"],
            "date": row["date"],
            "value": float(age),
            "threshold": float(limits.answer_days),
            "baseline": None,
            "changed": f"{age} days without an answer on record",
            "why": f"A warning of {row['date']:%-d %B %Y} has met {age} days of silence.",
            "stale": False,
            "invented": bool(row["invented"]),
        }


def unusual_count(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield counts of events of the last weeks that stand out."""
    return unusual_counts(around.anomalies, around.today, around.thresholds.unusual_days)


def silence(around: Surroundings) -> Iterator[dict[str, Any]]:
    """Yield series of events that fell silent in the last weeks."""
    return reports_stopped(around.anomalies, around.today, around.thresholds.unusual_days)


#: Every trigger, in the order in which signals are listed.
TRIGGERS: tuple[Callable[[Surroundings], Iterator[dict[str, Any]]], ...] = (
    forecast_level,
    forecast_rise,
    deaths_rise,
    warning_unanswered,
    unusual_count,
    silence,
)


def _shown(forecasts: Sequence[Row]) -> Sequence[Row]:
    """Return the shown forecasts of twelve months; those of the year ahead where the usual window has begun, for that one warns no more."""
    yearly = [r for r in forecasts if r["chosen"] and r["horizon_months"] == 12 and deaths_of(r["target"]) and r["probability"] is not None]
    return [row for row in yearly if row["target"].endswith(YEAR_AHEAD)] or yearly


def _forecast_signal(trigger: str, row: Row, threshold: float, baseline: float | None, how: str) -> dict[str, Any]:
    deaths = deaths_of(row["target"])
    window = f"{row['window_from']:%-d %B %Y} to {row['window_to']:%-d %B %Y}"
    return {
        "id": stable_id("sig", trigger, row["id"]),
        "inputs": [row["id"]],
        "method": trigger,
        "parameters": json.dumps({"threshold": threshold, "target": usual_name(row["target"])}),
        "trigger": trigger,
        "situation": None,
        "territory": row["territory"],
        "date": row["issued_at"],
        "value": row["probability"],
        "threshold": threshold,
        "baseline": baseline,
        "changed": how,
        "why": f"The model gives {row['probability']:.0%} for at least {deaths:,} one-sided deaths from {window}, {how}.",
        "stale": bool(row["stale"]),
        "invented": False,
    }


def _base(trigger: str, inputs: Sequence[Row], limits: Thresholds, territory: str | None, key: str) -> dict[str, Any]:
    parameters = (
        {"deaths": limits.deaths, "ratio": limits.deaths_ratio} if trigger == "deaths_rise" else {"answer_days": limits.answer_days}
    )
    return {
        "id": stable_id("sig", trigger, territory, key),
        "inputs": [r["id"] for r in inputs],
        "method": trigger,
        "parameters": json.dumps(parameters),
        "trigger": trigger,
        "territory": territory,
    }


def _yearly(figures: Sequence[Row], indicator: str) -> dict[str, dict[int, Row]]:
    series: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in figures:
        if row["indicator"] == indicator and row["territory"] and row["value"] is not None and row["period_to"] is not None:
            series[row["territory"]][row["period_to"].year] = row
    return series


def _ratio(value: float, mean: float) -> str:
    return f"{value / mean:.1f} times the mean of the three years before" if mean else "the first in four years"


def _ranked(signals: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    ordered = sorted(signals, key=lambda s: (-s["value"], s["territory"] or "", s["id"]))
    return [{**signal, "rank": number} for number, signal in enumerate(ordered, start=1)]
