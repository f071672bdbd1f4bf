"""Violence by month: forecasts for Syria with an escalation, their scores, and watched series. All numbers are invented."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np

from tocsin.model.ids import item_id
from tocsin.model.months import first_day, last_day, month_of
from tocsin.stages.forecast.count_models import CountHistory
from tocsin.stages.forecast.count_scores import CountQuestion, count_scores
from web.rows.content import AS_OF, ORIGIN, Content

QUANTILES = [0.0, 0.0, 2.0, 7.0, 15.0, 30.0, 55.0]
FIRST = month_of(2025, 1)
WINDOWS = [(step, step) for step in range(36)] + [(0, 11), (0, 23), (0, 35)]
ASKED = {
    "source": "ucdp_ged", "kind": "one_sided", "territory": "SYR", "origin": ORIGIN, "issued_at": AS_OF, "model": "count_mixture",
    "vintage": "final", "invented": False,
}  # fmt: skip
WATCHED = {"territory": "SYR", "situation": "syria-2011", "source": "T1", "invented": False, "parameters": json.dumps({"fdr": 0.05})}


def add(content: Content) -> None:
    """Add the rows."""
    items = [item_id(content.items["selmora"])]
    for first, last in WINDOWS:
        _month_or_total(content, items, first, last)
    content.computed(
        "monthly_forecasts", "mon-rise", items, "count_mixture", question="escalation", probability=0.173, climatology=0.021, level=1000,
        window_from=dt.date(2025, 1, 1), window_to=dt.date(2025, 12, 31), horizon_months=12, stale=True, **ASKED,
    )  # fmt: skip
    content.rows["scores"] += count_scores(*_history(items))
    for week in range(52):
        _watched_week(content, items, week)
    for number in range(24):
        _watched_month(content, items, number)


def _month_or_total(content: Content, items: list[str], first: int, last: int) -> None:
    times = last - first + 1
    start = first_day(FIRST + first)
    content.computed(
        "monthly_forecasts", f"mon-{first}-{last}", items, "count_mixture", question="count" if times == 1 else "total",
        window_from=start, window_to=last_day(FIRST + last), horizon_months=last + 1, stale=start <= AS_OF,
        renew="tocsin collect ucdp_ged --from FILE", mean=12.0 * times, quantiles=[q * times for q in QUANTILES], **ASKED,
    )  # fmt: skip


def _history(items: list[str]) -> tuple[CountHistory, CountQuestion]:
    """Return eight places with eight years of months, as a run would score them."""
    stream = np.random.default_rng(11)
    values = stream.poisson(stream.gamma(0.5, 8, (8, 96))).astype(float)
    history = CountHistory(np.arange(month_of(2017, 1), month_of(2025, 1)), np.arange(8), values)
    return history, CountQuestion("ucdp_ged", "one_sided", tuple(items), 3, invented=False)


def _watched_week(content: Content, items: list[str], week: int) -> None:
    """Add a week of events: one alarm in week 30, silence at the end."""
    first = dt.date(2025, 11, 10) + dt.timedelta(weeks=week)
    about: dict[str, Any] = {"state": "not_reported"}
    if week <= 48:
        rises = week == 30
        about = {
            "state": "alarm" if rises else "calm", "observed": 19.0 if rises else 2.0, "expected": 2.1, "upperbound": 7.5,
            "adjusted": 0.01, "kept": rises,
        }  # fmt: skip
    content.computed(
        "anomalies", f"ano-{week}", items, "C1", series="T1 · SYR · N1", counted="N1", admin_code="N1", every="week",
        period_from=first, period_to=first + dt.timedelta(days=6), false_alarms=0.04, **about, **WATCHED,
    )  # fmt: skip


def _watched_month(content: Content, items: list[str], number: int) -> None:
    """Add a month of a figure of displaced people: one rise that stands, in month 20."""
    month = month_of(2024, 11) + number
    stands = number == 20
    content.computed(
        "anomalies", f"ano-month-{number}", items, "C1", series="refugees · T1 · SYR · rise", counted="refugees", kind="rise",
        said_by="Border office", every="month", period_from=first_day(month), period_to=last_day(month),
        observed=41200.0 if stands else 9800.0, expected=9650.4, upperbound=18200.0, adjusted=0.002 if stands else 0.4,
        state="alarm" if stands else "calm", kept=stands, false_alarms=0.05, **WATCHED,
    )  # fmt: skip
