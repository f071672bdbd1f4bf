"""Alerts and asks with their clocks: who was asked for what, by when, and how long the silence lasts."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row
from tocsin.stages.respond import ANSWER_POINTS

POINTS = ("t0", "t1", "t2", "t3", "t4", "t5", "t6", "tE")
#: States of an alert or ask in which an answer is still owed.
WAITING = ("open", "issued", "no_answer", "sent", "escalated")
#: What a step of a response means on the clock.
POINT_OF_STATE = {"acknowledged": "t3", "decided": "t4", "refused": "t4", "acting": "t5", "done": "t5"}
#: States of an alert that was not issued, or no longer stands.
UNISSUED = ("signed_once", "signed", "superseded", "draft")


@dataclass(frozen=True)
class Point:
    """Holds one point of a gap clock; `day` is None where nothing is on record."""

    name: str
    day: dt.date | None
    precision: str
    state: str
    note: str
    id: str
    read_until: dt.date | None = None
    basis: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Holds one step of the response to an alert: what state it led to, which body took it, the day, and why."""

    id: str
    state: str
    by: str
    day: dt.date | None
    why: str


@dataclass(frozen=True)
class Ask:
    """Holds one alert or ask: To, Ask, By come first; `headline`, `reason`, `proof` and `answers` are those of an alert."""

    id: str
    addressee: str
    ask: str
    due: dt.date | None
    due_note: str
    state: str
    sender: str
    sent: dt.date | None
    sent_precision: str
    situation: str
    territory: str
    invented: bool
    signed: bool
    clock: tuple[Point, ...]
    read_until: dt.date | None = None
    headline: str = ""
    reason: str = ""
    proof: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def waiting(self) -> bool:
        """Return True where an answer is still owed."""
        return self.state in WAITING

    def day_of(self, point: str) -> dt.date | None:
        """Return the day of a clock point, if it is on record."""
        return next((p.day for p in self.clock if p.name == point and p.day is not None), None)

    def silence(self, today: dt.date) -> int | None:
        """Return the days without an answer since the ask was made; None where its day is not known or an answer came."""
        start = self.sent or self.day_of("t2")
        until = self.read_until or today
        answered = [p.day for p in self.clock if p.name in ANSWER_POINTS and p.day is not None and start is not None and p.day >= start]
        if start is None or answered or until <= start:
            return None
        return (until - start).days


def clocks_by_subject(published: Published) -> dict[str, tuple[Point, ...]]:
    """Return the clock of each subject, its points in order."""

    def build() -> dict[str, tuple[Point, ...]]:
        found: dict[str, list[Point]] = defaultdict(list)
        for row in published.select("clocks"):
            found[row["subject"]].append(_point(row))
        return {subject: tuple(sorted(points, key=_order)) for subject, points in found.items()}

    return published.once("clocks", build)


def _point(row: Row) -> Point:
    until = json.loads(row["parameters"] or "{}").get("today")
    return Point(
        name=row["point"],
        day=row["date"],
        precision=row["date_precision"] or "unknown",
        state=row["state"] or "",
        note=row["note"] or "",
        id=row["id"],
        read_until=dt.date.fromisoformat(until) if until else None,
        basis=tuple(row["inputs"] or ()),
    )


def _order(point: Point) -> tuple[int, dt.date]:
    return (POINTS.index(point.name) if point.name in POINTS else len(POINTS), point.day or dt.date.max)


def asks(published: Published) -> tuple[Ask, ...]:
    """Return the alerts issued to the public, then the asks on record in the sources, newest first."""
    return published.once("asks", lambda: alerts(published) + on_record(published))


def alerts(published: Published) -> tuple[Ask, ...]:
    """Return the alerts issued to the public, newest first, each with what was answered."""

    def build() -> tuple[Ask, ...]:
        answers: dict[str, list[Answer]] = defaultdict(list)
        for row in published.written("decisions"):
            answers[row["alert"]].append(Answer(row["id"], row["state"], row["by"] or "", _day(row["on"]), row["why"] or ""))
        public = [row for row in _issued(published) if row.get("audience") == "public"]
        ordered = sorted(public, key=lambda row: (row["issued_at"], row["id"]), reverse=True)
        return tuple(_from_record(row, tuple(answers[row["id"]])) for row in ordered)

    return published.once("alerts", build)


def on_record(published: Published) -> tuple[Ask, ...]:
    """Return the asks that others made, as the sources have them, newest first."""

    def build() -> tuple[Ask, ...]:
        clocks = clocks_by_subject(published)
        owned = {point.basis[0]: clock for clock in clocks.values() for point in clock if point.name == "t2" and len(point.basis) == 1}
        rows = published.select("measures", role=("warning", "recommendation"))
        found = [_from_measure(row, clocks.get(row["id"]) or owned.get(row["id"], ())) for row in rows]
        found.sort(key=lambda ask: (ask.sent or dt.date.min, ask.id), reverse=True)
        return tuple(found)

    return published.once("on-record", build)


def _issued(published: Published) -> list[Row]:
    return [row for row in published.written("alerts") if row.get("issued_at") is not None and row.get("state") not in UNISSUED]


def _state(row: Row, clock: tuple[Point, ...]) -> str:
    """Return the state on record; an ask whose clock shows silence has no answer."""
    if row["status"]:
        return str(row["status"])
    silent = any(point.state == "silence" for point in clock if point.name in ANSWER_POINTS)
    answered = any(point.day is not None for point in clock if point.name in ANSWER_POINTS)
    return "no_answer" if silent and not answered else ""


def _parties(row: Row) -> tuple[str, str]:
    """Return who asks and who is asked.

    A reading of a text names as actor the body that is to act, or that speaks, and as target the territory it is about;
    who asks is then the text itself, which is one step away.
    """
    actor, target = row["actor"] or "", row["target"] or ""
    if not target or target != row["territory"]:
        return actor, target
    speaks = row["role"] == "warning" and row["kind"] != "manifest_failure_finding"
    return (actor, "") if speaks else ("", actor)


def _from_measure(row: Row, clock: tuple[Point, ...]) -> Ask:
    due = next(
        (point for point in clock if point.name == "tE" and point.day is not None and (not row["date"] or point.day > row["date"])), None
    )
    sender, addressee = _parties(row)
    return Ask(
        id=row["id"],
        addressee=addressee,
        ask=row["title"] or "",
        due=due.day if due else None,
        due_note=due.note if due else "",
        state=_state(row, clock),
        sender=sender,
        sent=row["date"],
        sent_precision=row["date_precision"] or "unknown",
        situation=row["situation"] or "",
        territory=row["territory"] or "",
        invented=bool(row["invented"]),
        signed=False,
        clock=clock,
        read_until=clock[0].read_until if clock else None,
    )


def _from_record(row: Row, answers: tuple[Answer, ...]) -> Ask:
    return Ask(
        id=row["id"],
        addressee=row.get("addressee") or "",
        ask=row.get("ask") or row.get("headline") or "",
        due=_day(row.get("due")),
        due_note="",
        state=row.get("state") or "issued",
        sender="",
        sent=_day(row.get("issued_at")),
        sent_precision="day",
        situation=row.get("situation") or "",
        territory=row.get("territory") or "",
        invented=bool(row.get("invented")),
        signed=True,
        clock=_clock_of_record(row, answers),
        headline=row.get("headline") or "",
        reason=row.get("description") or "",
        proof=row.get("standard_of_proof") or "",
        answers=answers,
    )


def _clock_of_record(row: Row, answers: tuple[Answer, ...]) -> tuple[Point, ...]:
    """Return the clock of an alert from what people recorded: signed off, issued, answered; the first step stands for a point."""
    steps = [("t1", _day(row.get("created_at")), "", row["id"]), ("t2", _day(row.get("issued_at")), "", row["id"])]
    steps += [(POINT_OF_STATE[a.state], a.day, a.by, a.id) for a in answers if a.state in POINT_OF_STATE]
    first: dict[str, Point] = {}
    for name, day, note, identifier in steps:
        if day is not None and (name not in first or day < (first[name].day or day)):
            first[name] = Point(name, day, "day", "recorded", note, identifier)
    trigger = _day(row.get("trigger_date"))
    if trigger is not None:
        first["tE"] = Point("tE", trigger, "day", "due", "", row["id"])
    return tuple(sorted(first.values(), key=_order))


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def counts(published: Published) -> tuple[int, int]:
    """Return how many alerts were issued and how many drafts wait; drafts about real countries are only ever counted."""
    issued = _issued(published)
    taken = {row.get("draft") for row in issued}
    drafts = [row for row in published.select("drafts", ["id"]) if row["id"] not in taken]
    return len(issued), len(drafts)


def own_clock(published: Published, subject: str) -> tuple[Point, ...]:
    """Return the clock of one situation or alert."""
    return clocks_by_subject(published).get(subject, ())
