"""Draft alerts from signals: one a territory, each with why, an addressee, one ask, a date and what is not known."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.model.tables import Row
from tocsin.stages.warn.thresholds import Thresholds

#: The ask of a draft is the least coercive step with the shortest lead time; a person may put another in its place.
ASK = "Confirm what is happening from your own sources, and tell this desk which early step you take or why you take none"
DAYS_TO_ANSWER = 14
SEVERITY = {"one_sided_1000": "Extreme", "one_sided_100": "Severe", "one_sided_25": "Moderate"}


@dataclass(frozen=True)
class Addressee:
    """Names a territory and the body that an alert about it is drafted to."""

    territory: str
    name: str
    body: str


def draft_alerts(signals: pa.Table, addressees: Mapping[str, Addressee], today: dt.date, thresholds: Thresholds) -> pa.Table:
    """Return one draft for each territory with signals: the weightiest real ones, and every invented one.

    Weight: how many kinds of trigger fired, then the highest probability. Territories without an
    addressee get no draft: a warning to nobody is not a warning.
    """
    by_territory: dict[str, list[Row]] = defaultdict(list)
    for signal in signals.to_pylist():
        if signal["territory"] in addressees:
            by_territory[signal["territory"]].append(signal)
    ordered = sorted(by_territory.items(), key=lambda item: (*_weight(item[1]), item[0]))
    invented = [item for item in ordered if any(s["invented"] for s in item[1])]
    real = [item for item in ordered if item not in invented][: thresholds.drafts]
    return tables.from_rows("drafts", [_draft(addressees[code], found, today) for code, found in (*real, *invented)])


def _weight(signals: Sequence[Row]) -> tuple[int, float]:
    probabilities = [s["value"] for s in signals if s["trigger"].startswith("forecast")]
    return -len({s["trigger"] for s in signals}), -max(probabilities, default=0.0)


def _draft(addressee: Addressee, signals: Sequence[Row], today: dt.date) -> dict[str, Any]:
    ids = [s["id"] for s in signals]
    stale = any(s["stale"] for s in signals)
    situations = sorted({s["situation"] for s in signals if s["situation"]})
    targets = [json.loads(s["parameters"]).get("target") for s in signals]
    return {
        "id": stable_id("dra", addressee.territory, today, *sorted(ids)),
        "inputs": ids,
        "method": "draft-from-signals",
        "parameters": json.dumps({"days_to_answer": DAYS_TO_ANSWER}),
        "situation": situations[0] if situations else None,
        "territory": addressee.territory,
        "headline": f"{addressee.name}: {_headline(signals)}",
        "description": " ".join(dict.fromkeys(s["why"] for s in signals)),
        "addressee": addressee.body,
        "ask": ASK,
        "due": today + dt.timedelta(days=DAYS_TO_ANSWER),
        "trigger_date": None,
        "signals": ids,
        "options": [],
        "standard_of_proof": "allegation",
        "urgency": "Unknown" if stale else "Expected",
        "severity": next((SEVERITY[t] for t in SEVERITY if t in targets), "Unknown"),
        "certainty": _certainty(signals),
        "why": "; ".join(dict.fromkeys(f"{s['trigger'].replace('_', ' ')}: {s['changed']}" for s in signals)),
        "unknown": _unknown(stale),
        "stale": stale,
        "invented": any(s["invented"] for s in signals),
    }


def _headline(signals: Sequence[Row]) -> str:
    kinds = {s["trigger"] for s in signals}
    if "warning_unanswered" in kinds:
        return "a warning without an answer"
    if "unusual_count" in kinds:
        return "more events than were to be expected"
    if "reports_stopped" in kinds:
        return "reports stopped where there were many"
    if "deaths_rise" in kinds:
        return "killings of civilians rose and the forecast is high" if len(kinds) > 1 else "killings of civilians rose"
    return "the forecast rose" if "forecast_rise" in kinds else "the forecast is high"


def _certainty(signals: Sequence[Row]) -> str:
    if any(s["trigger"] in ("deaths_rise", "warning_unanswered", "unusual_count") for s in signals):
        return "Observed"
    return "Likely" if max((s["value"] for s in signals if s["trigger"].startswith("forecast")), default=0.0) >= 0.5 else "Possible"


def _unknown(stale: bool) -> list[str]:
    missing = [
        "No trigger date is known, so the time left is not known.",
        "Nobody has yet checked these signals against reports from the place.",
    ]
    if stale:
        missing.insert(0, "The forecast window has begun or passed: collect newer data before this is signed.")
    return missing
