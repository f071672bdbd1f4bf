"""The gap clock: the points t0 to t6 and tE of one situation or alert, each recorded, silent or not recorded."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.model.ids import stable_id

POINTS: Mapping[str, str] = {
    "t0": "signal",
    "t1": "assessed",
    "t2": "alerted",
    "t3": "acknowledged",
    "t4": "decided",
    "t5": "acting",
    "t6": "reviewed",
    "tE": "onset, escalation or planned trigger",
}
#: Points that somebody else must reach after an alert; without a record they are silence, which is an event of its own.
ANSWER_POINTS = ("t3", "t4", "t5")


@dataclass(frozen=True)
class Step:
    """Says that a row puts one point of the clock on a day."""

    point: str
    day: dt.date
    precision: str
    row: str
    note: str | None


def clock(subject: str, situation: str | None, steps: Iterable[Step], today: dt.date, *, invented: bool) -> list[dict[str, Any]]:
    """Return one row for each of the eight points; the earliest step stands for a point.

    `days` counts from the alert (t2), or from the signal where there is no alert; for a point in silence,
    the days of silence up to `today`. A point that nobody recorded and nobody owes is `not_recorded`.

    Args:
        subject: id of the situation or alert that the clock belongs to; it is also the origin of empty points.
        situation: slug of the situation.
        steps: what is on record, in any order.
        today: the day up to which silence is counted.
        invented: whether the subject is invented.
    """
    first: dict[str, Step] = {}
    for step in sorted(steps, key=lambda s: (s.day, s.row)):
        first.setdefault(step.point, step)
    start = first.get("t2") or first.get("t0")
    about = {"subject": subject, "situation": situation, "invented": invented}
    return [{**_reached(subject, point, first, start, today), **about} for point in POINTS]


def _reached(subject: str, point: str, first: Mapping[str, Step], start: Step | None, today: dt.date) -> dict[str, Any]:
    """Return what is on record of one point: its day, or silence, or nothing."""
    step = first.get(point)
    silent = step is None and "t2" in first and point in ANSWER_POINTS and not _later(point, first)
    state = "recorded" if step else "silence" if silent else "not_recorded"
    if step and step.day > today:
        state = "due"
    until = step.day if step else today if silent else None
    return {
        "id": stable_id("clk", subject, point),
        "inputs": [step.row] if step else [first["t2"].row] if silent else [subject],
        "method": "gap-clock",
        "parameters": json.dumps({"today": today.isoformat()}),
        "point": point,
        "date": step.day if step else None,
        "date_precision": step.precision if step else "unknown",
        "state": state,
        "days": (until - start.day).days if until and start else None,
        "note": step.note if step else None,
    }


def _later(point: str, first: Mapping[str, Step]) -> bool:
    """Return True where a later answer is on record: then this one is merely unrecorded, and no silence."""
    order = list(POINTS)
    return any(p in first for p in ANSWER_POINTS if order.index(p) > order.index(point))
