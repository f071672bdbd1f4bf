"""The warning-response gap as numbers: how long each step took, and how much usable time was left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """Holds durations in days; None where a point is unknown, which is not the same as zero.

    Args:
        signal_to_alert: t2 - t0.
        alert_to_acknowledgement: t3 - t2.
        alert_to_decision: t4 - t2.
        decision_to_measure: t5 - t4.
        lead_time: tE - t2.
        usable_lead_time: lead time less the shortest lead time of an option; below zero the warning came too late for any.
    """

    signal_to_alert: int | None
    alert_to_acknowledgement: int | None
    alert_to_decision: int | None
    decision_to_measure: int | None
    lead_time: int | None
    usable_lead_time: int | None


def gap(points: Mapping[str, dt.date], shortest_option_days: int | None) -> Gap:
    """Return the durations between recorded points.

    >>> gap({"t0": dt.date(2011, 2, 15), "t2": dt.date(2011, 2, 15), "t4": dt.date(2011, 2, 26)}, None).alert_to_decision
    11
    """

    def days(start: str, end: str) -> int | None:
        return (points[end] - points[start]).days if start in points and end in points else None

    lead = days("t2", "tE")
    usable = lead - shortest_option_days if lead is not None and shortest_option_days is not None else None
    return Gap(days("t0", "t2"), days("t2", "t3"), days("t2", "t4"), days("t4", "t5"), lead, usable)
