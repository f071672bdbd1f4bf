"""The overview page: the sentence of the day and what stands under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.flow.read.asks import Ask, asks, counts
from tocsin.flow.read.feeds import Feed, feeds
from tocsin.flow.read.figures import Conflict, all_conflicts
from tocsin.flow.read.issues import Issue, newest_issues
from tocsin.flow.read.published import Published
from tocsin.flow.read.risk import Choice, Risk, Stamp, chosen, ordered, risk_rows, stamps, tied_with_first
from tocsin.flow.read.situations import Situation, situations

#: How many alerts the overview shows before it points to the rest.
SHOWN_ASKS = 3


@dataclass(frozen=True)
class Front:
    """Holds what the overview shows."""

    choice: Choice
    stamps: Mapping[tuple[str, int], Stamp]
    rows: tuple[Risk, ...]
    tied: int
    situations: tuple[Situation, ...]
    watched: int
    waiting: tuple[Ask, ...]
    waiting_in_all: int
    issued: int
    drafts: int
    moved_up: tuple[Risk, ...]
    compared: bool
    feeds: tuple[Feed, ...]
    conflict: Conflict | None
    conflicts: int
    issues: tuple[Issue, ...]

    @property
    def late(self) -> tuple[Feed, ...]:
        """Return the feeds that are late, the latest first, then those whose newest date is not known."""
        known = sorted((feed for feed in self.feeds if feed.late_days), key=lambda feed: -(feed.late_days or 0))
        return tuple(known) + tuple(feed for feed in self.feeds if feed.newest is None and not feed.invented)


def front(published: Published, wanted: Choice, today: dt.date) -> Front:
    """Return the overview for the forecast that a reader asked for."""
    choice = chosen(published, wanted)
    rows = risk_rows(published, choice.target, choice.horizon)
    waiting = sorted((ask for ask in asks(published) if ask.waiting and not ask.invented), key=lambda ask: _weight(ask, today))
    issued, drafts = counts(published)
    found = all_conflicts(published)
    known = situations(published)
    return Front(
        choice=choice,
        stamps=stamps(published),
        rows=ordered(rows, choice.sort),
        tied=tied_with_first(rows),
        situations=known,
        watched=sum(1 for situation in known if situation.ended is None),
        waiting=tuple(waiting[:SHOWN_ASKS]),
        waiting_in_all=len(waiting),
        issued=issued,
        drafts=drafts,
        moved_up=tuple(row for row in rows if row.moved_up),
        compared=any(row.previous is not None for row in rows),
        feeds=feeds(published),
        conflict=_clearest(found),
        conflicts=len(found),
        issues=newest_issues(published),
    )


def _weight(ask: Ask, today: dt.date) -> tuple[bool, bool, int, str]:
    """Return the order on the overview: alerts of this house first, then those with a clock, the longest silence first."""
    return (not ask.signed, not ask.clock, -(ask.silence(today) or 0), ask.id)


def _clearest(found: tuple[Conflict, ...]) -> Conflict | None:
    """Return the conflict that shows best what a conflict is: the dead first, an exact count against a bound."""
    real = [conflict for conflict in found if not any(figure.invented for figure in conflict.figures)]

    def clarity(conflict: Conflict) -> tuple[bool, bool, str]:
        qualifiers = {figure.qualifier for figure in conflict.figures}
        return (conflict.figures[0].indicator != "killed", len(qualifiers) < 2, conflict.group)

    return min(real, key=clarity, default=None)
