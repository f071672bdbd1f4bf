"""How well a model orders the countries of each year: recall at k, alerts with lead time, and how its forecasts add up."""

from __future__ import annotations

from typing import Any

import numpy as np

from tocsin.stages.forecast.evaluation import auc, average_precision, brier
from tocsin.stages.forecast.evaluation.alerts import alert_record, on_alert
from tocsin.stages.forecast.evaluation.bootstrap import group_interval
from tocsin.stages.forecast.evaluation.corp import corp
from tocsin.stages.forecast.evaluation.observed_expected import observed_expected
from tocsin.stages.forecast.evaluation.ranking_intervals import auc_interval, precision_interval
from tocsin.stages.forecast.evaluation.recall import chance_in_top
from tocsin.stages.forecast.panel import Array

TOP = (10, 20, 30)
#: Chance from which a country is on alert, by deaths: the levels at which a run gives a signal. Below half of it the alert ends.
ALERT = {25: 0.80, 100: 0.50, 1000: 0.10}


def order_metrics(given: Array, label: Array, places: np.ndarray, years: np.ndarray, seed: int) -> list[dict[str, Any]]:
    """Return AUC, average precision, recall at k (ties at their expected value), expected / observed and the parts of the Brier score."""
    found = [
        {"metric": "auc", "value": auc(given, label), **_ends(auc_interval(given, label, places, seed))},
        {
            "metric": "average_precision",
            "value": average_precision(given, label),
            **_ends(precision_interval(given, label, places, seed)),
        },
    ]
    events = label == 1
    for k in TOP:
        chance = chance_in_top(given, years, k)
        value = float(chance[events].mean()) if events.any() else None
        ends = group_interval(chance * label, label, places, seed) if events.any() else None
        found.append({"metric": f"recall_at_{k}", "value": value, **_ends(ends)})
    sums = observed_expected(given, label)
    exact = (1 / sums.high, 1 / sums.low) if sums.observed and sums.low > 0 else None
    found.append({"metric": "expected_observed", "value": sums.expected_observed, **_ends(exact)})
    parts = corp(given, label, brier)
    found += [{"metric": name, "value": getattr(parts, name)} for name in ("miscalibration", "discrimination", "uncertainty")]
    return found


def alert_metrics(given: Array, label: Array, places: np.ndarray, years: np.ndarray, deaths: int) -> list[dict[str, Any]]:
    """Return false alarms per hit, the share of events on alert, and the median lead of events that began anew, in months.

    An event began anew where the answer of the year before was no; without that answer it is not counted as new. The
    year is the finest step: the first alerted year counts as 0 months.
    """
    if deaths not in ALERT:
        return []
    alerts = on_alert(given, places, years, ALERT[deaths], ALERT[deaths] / 2)
    record = alert_record(alerts, label, places, years)
    before = {(p, y): came for p, y, came in zip(places.tolist(), years.tolist(), label.tolist(), strict=True)}
    fresh = np.array([before.get((p, y - 1)) == 0 for p, y in zip(places.tolist(), years.tolist(), strict=True)])
    anew = alert_record(alerts, np.where(fresh, label, 0.0), places, years)
    return [
        {"metric": "false_alarms_per_hit", "value": record.false_alarms_per_hit, "rows": record.flagged, "events": record.hits},
        {"metric": "share_on_alert", "value": record.hits / record.events if record.events else None},
        {
            "metric": "new_on_alert",
            "value": anew.hits / anew.events if anew.events else None,
            "rows": int(fresh.sum()),
            "events": anew.events,
        },
        {"metric": "lead_months", "value": anew.median_lead, "rows": anew.events, "events": anew.hits},
    ]


def _ends(ends: tuple[float, float] | None) -> dict[str, float | None]:
    return {"low": ends[0], "high": ends[1]} if ends else {"low": None, "high": None}
