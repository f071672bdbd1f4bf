"""Alerts and asks with their clocks: who was asked for what, by when, and how long the silence lasts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tocsin.flow.read.published import Published, Row

POINTS = ("t0", "t1", "t2", "t3", "t4", "t5", "t6", "tE")
#: States of an alert or ask in which an answer is still owed.
WAITING = ("open", "issued", "no_answer", "sent", "escalated")
#: States of a record of an alert that the public may see.
ISSUED = ("issued", "acknowledged", "decided", "acting", "done", "refused", "partly", "no_answer", "closed", "escalated")


@dataclass(frozen=True)
class Point:
    """Holds one point of a gap clock; `day` is None where nothing is on record."""

    name: str
    day: dt.date | None
    precision: str
    state: str
    note: str
    id: str


@dataclass(frozen=True)
class Ask:
    """Holds one alert or ask: To, Ask, By come first."""

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

    @property
    def waiting(self) -> bool:
        """Return True where an answer is still owed."""
        return self.state in WAITING

    def day_of(self, point: str) -> dt.date | None:
        """Return the day of a clock point, if it is on record."""
        return next((p.day for p in self.clock if p.name == point and p.day is not None), None)

    def silence(self, today: dt.date) -> int | None:
        """Return the days without an answer since the ask was made; None where its day is not known or an answer came."""
        start = self.day_of("t2") or self.sent
        answered = self.day_of("t3") or self.day_of("t4")
        if start is None or answered is not None or today < start:
            return None
        return (today - start).days


def clocks_by_subject(published: Published) -> dict[str, tuple[Point, ...]]:
    """Return the clock of each subject, its points in order."""

    def build() -> dict[str, tuple[Point, ...]]:
        found: dict[str, list[Point]] = defaultdict(list)
        for row in published.select("clocks"):
            point = Point(row["point"], row["date"], row["date_precision"] or "unknown", row["state"] or "", row["note"] or "", row["id"])
            found[row["subject"]].append(point)
        return {subject: tuple(sorted(points, key=_order)) for subject, points in found.items()}

    return published.once("clocks", build)


def _order(point: Point) -> tuple[int, dt.date]:
    return (POINTS.index(point.name) if point.name in POINTS else len(POINTS), point.day or dt.date.max)


def asks(published: Published) -> tuple[Ask, ...]:
    """Return the issued alerts, then the asks on record in the sources, newest first."""

    def build() -> tuple[Ask, ...]:
        clocks = clocks_by_subject(published)
        issued = [_from_record(row, clocks.get(row["id"], ())) for row in published.written("alerts") if row.get("state") in ISSUED]
        rows = published.select("measures", role=("warning", "recommendation"))
        found = [_from_measure(row, clocks.get(row["id"], ())) for row in rows]
        found.sort(key=lambda ask: (ask.sent or dt.date.min, ask.id), reverse=True)
        return tuple(issued + found)

    return published.once("asks", build)


def _from_measure(row: Row, clock: tuple[Point, ...]) -> Ask:
    due = next((point for point in clock if point.name == "tE"), None)
    return Ask(
        id=row["id"],
        addressee=row["target"] or "",
        ask=row["title"] or "",
        due=due.day if due else None,
        due_note=due.note if due else "",
        state=row["status"] or "",
        sender=row["actor"] or "",
        sent=row["date"],
        sent_precision=row["date_precision"] or "unknown",
        situation=row["situation"] or "",
        territory=row["territory"] or "",
        invented=bool(row["invented"]),
        signed=False,
        clock=clock,
    )


def _from_record(row: Row, clock: tuple[Point, ...]) -> Ask:
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
        clock=clock,
    )


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def counts(published: Published) -> tuple[int, int]:
    """Return how many alerts were issued and how many drafts wait; drafts about real countries are only ever counted."""
    issued = [row for row in published.written("alerts") if row.get("state") in ISSUED]
    taken = {row.get("draft") for row in issued}
    drafts = [row for row in published.select("drafts", ["id"]) if row["id"] not in taken]
    return len(issued), len(drafts)
