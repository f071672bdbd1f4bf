"""What a rater sees: the questions about one situation, what the run says, and what people answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin import reference
from tocsin.flow.describe import describe
from tocsin.flow.frameworks import STATE, Question, question, questions
from tocsin.flow.place import current
from tocsin.flow.records import ratings_in_force
from tocsin.model.errors import NotFound
from tocsin.model.text import day
from tocsin.storage import Snapshot

_SHOWN_EVIDENCE = 15


@dataclass(frozen=True)
class Line:
    """Holds one question of the queue, and the reader's own answer to it, empty where there is none."""

    question: Question
    mine: str


@dataclass(frozen=True)
class Desk:
    """Holds one situation, or one state, at the assessment desk."""

    subject: str
    title: str
    invented: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Asked:
    """Holds one question with everything on record about it.

    Args:
        found: the row of the newest run, if it has one.
        evidence: what the run cites: id and a line of words.
        ratings: answers in force, own one first; those of others only once the reader has given their own.
        hidden: how many answers of others wait until then, so that raters judge on their own.
    """

    question: Question
    found: dict[str, Any] | None
    evidence: tuple[tuple[str, str], ...]
    ratings: tuple[dict[str, Any], ...]
    hidden: int


def subjects() -> tuple[tuple[str, str], ...]:
    """Return the slug and title of every situation of the newest run."""
    return tuple((row["slug"], row["title"]) for row in sorted(current().rows("situations"), key=lambda row: row["slug"]))


def waiting_for_second(who: str) -> tuple[tuple[str, str], ...]:
    """Return situation and indicator of each question that one other person has rated and nobody else."""
    raters: dict[tuple[str, str], set[str]] = {}
    for row in ratings_in_force():
        raters.setdefault((row["situation"], row["indicator"]), set()).add(row["who"])
    return tuple(sorted(key for key, people in raters.items() if len(people) == 1 and who not in people))


def desk(subject: str, who: str) -> Desk:
    """Return the questions about `subject`: each framework's in its own order.

    Raises:
        NotFound: there is no such situation or state.
    """
    snapshot = current()
    title, invented, of_state = _subject(snapshot, subject)
    own = [row for row in ratings_in_force(subject) if row["who"] == who]
    lines = []
    for one in questions():
        if one.of_state == of_state:
            lines.append(Line(one, next((r["answer"] for r in own if r["indicator"] == one.indicator), "")))
    return Desk(subject, title, invented, tuple(lines))


def asked(subject: str, indicator: str, who: str) -> Asked:
    """Return one question; the answers of others stay hidden until the reader has given their own."""
    snapshot, one = current(), question(indicator)
    _subject(snapshot, subject)
    found = next((row for row in _rows(snapshot, subject) if row["indicator"] == indicator), None)
    given = sorted((r for r in ratings_in_force(subject) if r["indicator"] == indicator), key=lambda r: (r["who"] != who, r["at"]))
    open_to_me = any(r["who"] == who for r in given)
    shown = tuple(given) if open_to_me else ()
    return Asked(one, found, _evidence(snapshot, found), shown, len(given) - len(shown))


def _subject(snapshot: Snapshot, subject: str) -> tuple[str, bool, bool]:
    if subject.startswith(STATE):
        territory = reference.territory(subject.removeprefix(STATE).upper())
        return territory.name, territory.invented, True
    found = next((row for row in snapshot.rows("situations") if row["slug"] == subject), None)
    if found is None:
        raise NotFound("the newest run has no such situation", subject[:60], "a slug such as selmora")
    return str(found["title"]), bool(found["invented"]), False


def _rows(snapshot: Snapshot, subject: str) -> list[dict[str, Any]]:
    table = snapshot.table("assessments")
    return list(table.filter(pc.equal(table.column("situation"), subject)).to_pylist())


def _evidence(snapshot: Snapshot, found: dict[str, Any] | None) -> tuple[tuple[str, str], ...]:
    """Return the rows that the run cites, the newest first: id, and what it says with its day."""
    cited = pa.array(list(found["evidence"] or ()) if found else [], pa.string())
    rows: list[tuple[dt.date, str, str]] = []
    for name in ("events", "figures", "measures"):
        table = snapshot.table(name)
        for row in table.filter(pc.is_in(table.column("id"), cited)).to_pylist():
            when = row.get("date_from") or row.get("date") or row.get("as_of") or row.get("period_from")
            line = str(row.get("title") or describe(name, row)[0])
            rows.append((when or dt.date.min, row["id"], f"{line}, {day(when)}" if when else line))
    newest = sorted(rows, key=lambda r: (-r[0].toordinal(), r[1]))[:_SHOWN_EVIDENCE]
    return tuple((identifier, line) for _, identifier, line in newest)
