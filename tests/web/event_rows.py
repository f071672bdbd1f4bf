"""Rows about events: monthly forecasts of Syria with an escalation, and a watched series with a rise and a silence. All numbers are invented."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np

from tocsin.model.months import first_day, last_day, month_of
from tocsin.stages.forecast.count_models import CountHistory
from tocsin.stages.forecast.count_scores import CountQuestion, count_scores

QUANTILES = [0.0, 0.0, 2.0, 7.0, 15.0, 30.0, 55.0]
FIRST = month_of(2025, 1)


def add(factory, items):
    """Add the rows to a workspace in the making."""
    common = {
        "source": "ucdp_ged", "kind": "one_sided", "territory": "SYR", "origin": dt.date(2024, 12, 31), "issued_at": dt.date(2026, 11, 20),
        "model": "count_mixture", "vintage": "final", "invented": False,
    }  # fmt: skip
    for first, last in [(step, step) for step in range(36)] + [(0, 11), (0, 23), (0, 35)]:
        window = {"window_from": first_day(FIRST + first), "window_to": last_day(FIRST + last), "horizon_months": last + 1}
        stale = {"stale": window["window_from"] <= dt.date(2026, 11, 20), "renew": "tocsin collect ucdp_ged --from FILE"}
        question = "count" if first == last else "total"
        times = last - first + 1
        spread = {"mean": 12.0 * times, "quantiles": [q * times for q in QUANTILES]}
        factory.computed(
            "monthly_forecasts", f"mon-{first}-{last}", items, "count_mixture", question=question, **window, **stale, **spread, **common
        )
    rise = {"window_from": dt.date(2025, 1, 1), "window_to": dt.date(2025, 12, 31), "horizon_months": 12, "stale": True, "level": 1000}
    factory.computed(
        "monthly_forecasts",
        "mon-rise",
        items,
        "count_mixture",
        question="escalation",
        probability=0.173,
        climatology=0.021,
        **rise,
        **common,
    )
    add_scores(factory, items)
    monday = dt.date(2025, 11, 10)
    for week in range(52):
        first = monday + dt.timedelta(weeks=week)
        state = "not_reported" if week > 48 else "alarm" if week == 30 else "calm"
        silent = state == "not_reported"
        factory.computed(
            "anomalies", f"ano-{week}", items, "C1", series="T1 · SYR · N1", source="T1", counted="N1", territory="SYR",
            situation="syria-2011", admin_code="N1", every="week", period_from=first, period_to=first + dt.timedelta(days=6),
            observed=None if silent else 19.0 if week == 30 else 2.0, expected=None if silent else 2.1, upperbound=None if silent else 7.5,
            adjusted=None if silent else 0.01, state=state, kept=None if silent else week == 30, false_alarms=0.04, invented=False,
        )  # fmt: skip
        factory.rows["anomalies"][-1]["parameters"] = json.dumps({"fdr": 0.05})
    for number in range(24):
        first = dt.date(2024 + (number + 10) // 12, (number + 10) % 12 + 1, 1)
        last = last_day(month_of(first.year, first.month))
        stands = number == 20
        factory.computed(
            "anomalies", f"ano-month-{number}", items, "C1", series="refugees · T1 · SYR · rise", source="T1", counted="refugees",
            kind="rise", said_by="Border office", territory="SYR", situation="syria-2011", every="month", period_from=first, period_to=last,
            observed=41200.0 if stands else 9800.0, expected=9650.4, upperbound=18200.0, adjusted=0.002 if stands else 0.4,
            state="alarm" if stands else "calm", kept=stands, false_alarms=0.05, invented=False,
        )  # fmt: skip
        factory.rows["anomalies"][-1]["parameters"] = json.dumps({"fdr": 0.05})


def add_scores(factory, items):
    """Add the scores of the count models on invented months of eight places, as a run would."""
    stream = np.random.default_rng(11)
    values = stream.poisson(stream.gamma(0.5, 8, (8, 96))).astype(float)
    history = CountHistory(np.arange(month_of(2017, 1), month_of(2025, 1)), np.arange(8), values)
    question = CountQuestion("ucdp_ged", "one_sided", tuple(items), 3, invented=False)
    factory.rows["scores"] += count_scores(history, question)
