"""Runs the respond stage: options for the situations that matter most, and the gap clock of every situation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tocsin.flow.context import Context, StepResult
from tocsin.flow.respond import toolbox
from tocsin.model import tables
from tocsin.model.tables import Row
from tocsin.stages.respond import Need, Step, clock, options_for

#: What a measure on record means on the clock.
POINT_OF_ROLE = {"warning": "t2", "recommendation": "t2", "decision": "t4", "measure": "t5", "outcome": "t6"}
POINT_OF_EVENT = {"precursor": "t0", "incident": "t0", "trigger": "tE"}


def step(context: Context) -> StepResult:
    """Return options and clocks."""
    situations = context.earlier("situations").to_pylist()
    steps = _steps(context)
    today = context.run.as_of
    clocks = [
        row
        for s in situations
        for row in clock(s["id"], s["slug"], steps[s["slug"]], _now(s, steps[s["slug"]], today), invented=bool(s["invented"]))
    ]
    needs = [*_needs_of_situations(situations, steps, today), *_needs_of_drafts(context.earlier("drafts").to_pylist(), today)]
    return StepResult({"options": options_for(needs, toolbox()), "clocks": tables.from_rows("clocks", clocks)})


def _steps(context: Context) -> dict[str, list[Step]]:
    """Return what is on record about each situation, as points of its clock."""
    steps: dict[str, list[Step]] = defaultdict(list)
    for row in context.earlier("measures").to_pylist():
        point = POINT_OF_ROLE.get(row["role"] or "")
        if point and row["situation"] and row["date"]:
            steps[row["situation"]].append(Step(point, row["date"], row["date_precision"], row["id"], row["title"]))
    for row in context.earlier("events").to_pylist():
        point = POINT_OF_EVENT.get(row["indicator"] or "")
        if point and row["situation"] and row["date_from"]:
            steps[row["situation"]].append(Step(point, row["date_from"], row["date_precision"], row["id"], row["title"]))
    return steps


def _now(situation: Row, steps: Iterable[Step], today: dt.date) -> dt.date:
    """Return the day up to which a situation is read: today, or for one that ended, the last day on record."""
    if situation["invented"]:
        return today
    days = [s.day for s in steps if s.point != "tE"]
    return max(days, default=today)


def _needs_of_situations(situations: Iterable[Row], steps: Mapping[str, list[Step]], today: dt.date) -> Iterable[Need]:
    for situation in situations:
        found = steps.get(situation["slug"], [])
        now = _now(situation, found, today)
        ahead = sorted(s.day for s in found if s.point == "tE" and s.day >= now)
        left = (ahead[0] - now).days if ahead else None
        rows = tuple(dict.fromkeys([situation["id"], *(s.row for s in found if s.point in ("t2", "tE"))]))
        yield Need(situation["slug"], situation["territory"], left, now.isoformat(), rows, bool(situation["invented"]))


def _needs_of_drafts(drafts: Iterable[Row], today: dt.date) -> Iterable[Need]:
    for draft in drafts:
        if draft["situation"] is None:
            left = (draft["trigger_date"] - today).days if draft["trigger_date"] else None
            yield Need(None, draft["territory"], left, today.isoformat(), (draft["id"],), bool(draft["invented"]))
