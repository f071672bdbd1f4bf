"""The triggers that watch counts of events and figures: more than were to be expected, and silence where there were reports."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tocsin.model.ids import stable_id
from tocsin.model.tables import Row

#: Chance of a run of zeros below which it is taken for silence of the reporters, as the watch has it.
SILENCE = 1e-4
DAYS = {"week": 7, "month": 30.4}
#: From this many on, a number to be expected is said without a digit behind the point.
_MANY = 100


def unusual_counts(anomalies: Sequence[Row], today: dt.date, memory_days: int) -> Iterator[dict[str, Any]]:
    """Yield periods whose count stands out by any method after control of false discoveries."""
    found: dict[tuple[str, dt.date], list[Row]] = defaultdict(list)
    for row in anomalies:
        if row["kept"] and row["state"] == "alarm" and 0 <= (today - row["period_to"]).days <= memory_days:
            found[row["series"], row["period_from"]].append(row)
    rates = _false_alarms(anomalies)
    for (series, _), rows in sorted(found.items()):
        first = min(rows, key=lambda row: (row["adjusted"], row["method"]))
        every, when = first["every"], _when(first)
        seen = _seen(first)
        yield {
            **_base("unusual_count", rows, first, series),
            "value": float(first["observed"]),
            "threshold": float(first["upperbound"]),
            "baseline": float(first["expected"]),
            "changed": f"{seen}, {when}",
            "why": (
                f"In {_place(first)}, {when}, {first.get('said_by') or first['source']} told of {seen} ({_methods(rows)}). "
                f"Where nothing unusual happens, {rates[every]:.2f} false alarms a {every} are to be expected over all series."
            ),
        }


def reports_stopped(anomalies: Sequence[Row], today: dt.date, memory_days: int) -> Iterator[dict[str, Any]]:
    """Yield series whose newest zeros look like silence of the reporters: absence is a signal, not calm."""
    silent: dict[str, list[Row]] = defaultdict(list)
    for row in anomalies:
        if row["state"] == "suspected_outage" and 0 <= (today - row["period_to"]).days <= memory_days:
            silent[row["series"]].append(row)
    for series, rows in sorted(silent.items()):
        ordered = sorted({row["period_from"]: row for row in rows}.values(), key=lambda row: row["period_from"])
        last = ordered[-1]
        since = dt.date.fromisoformat(json.loads(last["parameters"])["since"])
        length = round(((last["period_to"] - since).days + 1) / DAYS[last["every"]])
        span = f"{since:%-d %B %Y} to {last['period_to']:%-d %B %Y}"
        yield {
            **_base("reports_stopped", ordered, last, series),
            "value": float(length),
            "threshold": SILENCE,
            "baseline": None,
            "changed": f"no event in {length} {last['every']}s, {span}",
            "why": (
                f"In {_place(last)}, {last['source']} told of no event from {span}. After what it told before, that is too "
                "unlikely to be calm: it may be that nobody can report."
            ),
        }


def _base(trigger: str, rows: Sequence[Row], about: Row, series: str) -> dict[str, Any]:
    return {
        "id": stable_id("sig", trigger, series, rows[0]["period_from"]),
        "inputs": sorted(row["id"] for row in rows),
        "method": trigger,
        "parameters": json.dumps({"series": series, "methods": sorted({row["method"] for row in rows}), **json.loads(about["parameters"])}),
        "trigger": trigger,
        "situation": about["situation"],
        "territory": about["territory"],
        "date": about["period_to"],
        "stale": False,
        "invented": bool(about["invented"]),
    }


def _place(row: Row) -> str:
    return str(row.get("place") or row["admin_code"] or row["territory"])


def _seen(row: Row) -> str:
    """Return what was counted, and what was to be expected."""
    kind, digits = row.get("kind") or "events", 1 if row["expected"] < _MANY else 0
    what = (
        "events" if kind == "events" else str(row["counted"]).replace("_", " ") + (" more than the time before" if kind == "rise" else "")
    )
    return f"{row['observed']:,.0f} {what} where {row['expected']:,.{digits}f} were to be expected"


def _when(row: Row) -> str:
    return f"{row['period_from']:%-d} to {row['period_to']:%-d %B %Y}" if row["every"] == "week" else f"{row['period_from']:%B %Y}"


def _methods(rows: Sequence[Row]) -> str:
    return "; ".join(f"{row['method']}: limit {row['upperbound']:.1f}, adjusted p {row['adjusted']:.2g}" for row in rows)


def _false_alarms(anomalies: Sequence[Row]) -> dict[str, float]:
    """Return the false alarms to expect in a period over all series and methods."""
    rates = {(row["every"], row["method"]): row["false_alarms"] or 0.0 for row in anomalies}
    totals: dict[str, float] = defaultdict(float)
    for (every, _), rate in rates.items():
        totals[every] += rate
    return totals
