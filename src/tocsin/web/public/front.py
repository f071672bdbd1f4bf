"""The overview: the sentence of the day, the map beside the table, alerts, what is late, a figure in conflict."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.front import Front
from tocsin.flow.read.front import front as read_front
from tocsin.flow.read.issues import Issue, next_issue
from tocsin.flow.read.risk import STEPS, Choice, step_of
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public import maps
from tocsin.web.public.alerts import ask_views
from tocsin.web.public.figures import conflict_view
from tocsin.web.public.pages import page
from tocsin.web.public.risk import address, choice_of, notice, risk_rows, scale, switch

_SHOWN_MOVES = 12
_SHOWN_LATE = 6
_SHOWN_ISSUES = 2


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the overview."""
    wanted = choice_of(request)
    everything = request.GET.get("rows") == "all"
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any]:
        found = read_front(published, wanted, today)
        return {**context(found, wanted, today, everything=everything), **next_one(published, today)}

    return page(request, "public/front.html", build, name="front")


def context(found: Front, wanted: Choice, today: dt.date, *, everything: bool) -> dict[str, Any]:
    """Return the overview in the reader's language."""
    choice = Choice(found.choice.target, found.choice.horizon, wanted.sort, wanted.query)
    rows = risk_rows(found.rows, choice, today, everything=everything)
    ranked = sorted(found.rows, key=lambda risk: risk.rank)
    shown = sum(1 for row in rows if not row.rest)
    return {
        "found": found,
        "counts": _counts(found),
        "rows": rows,
        "shown": words.num(shown),
        "in_all": words.num(len(found.rows)),
        "has_rest": shown < len(rows),
        "first": [words.place_name(risk.place) for risk in ranked[:2]],
        "tied": found.tied,
        "map": maps.world(found.rows),
        "key": _key(),
        "notice": notice(ranked, today),
        "choice": choice,
        "target": words.word(words.TARGETS, choice.target),
        "targets": switch(found.stamps, choice, "#rank"),
        "sorts": {sort: address(choice, everything=everything, sort=sort) for sort in ("risk", "name", "change")},
        "all_link": address(choice, everything=True),
        "csv_link": "rank.csv" + address(choice, everything=everything),
        "top": words.whole_pct(scale(found.rows)),
        "moves": [_move(risk) for risk in found.moved_up[:_SHOWN_MOVES]],
        "asks": ask_views(found.waiting, today, found.situations),
        "fell": [words.place_name(risk.place) for risk in ranked if risk.previous is not None and risk.step < step_of(risk.previous)],
        "more_moves": max(0, len(found.moved_up) - _SHOWN_MOVES),
        "silence": _longest_silence(found, today),
        "issues": [_issue(issue) for issue in found.issues[:_SHOWN_ISSUES]],
        "late": [_late(feed) for feed in found.late[:_SHOWN_LATE]],
        "conflict": conflict_view(found.conflict, end=True) if found.conflict else None,
        "invented_here": any(risk.place.invented for risk in found.rows) or any(s.invented for s in found.situations),
    }


def next_one(published: Published, today: dt.date) -> dict[str, Any]:
    """Return the day of the next digest, and whether it has passed; nothing where the house states no rhythm."""
    due = next_issue(published, settings.ISSUE_DAYS)
    return {"next_issue": due, "overdue": due is not None and due < today, "issue_days": settings.ISSUE_DAYS}


def _issue(issue: Issue) -> dict[str, Any]:
    """Return what the newest edition of one kind holds; its counts open the file that is counted."""
    first = issue.edition.files[0]
    href = f"/publications/{first.id}/{first.name}"
    counted = (gettext("Counted from the list."),)
    return {
        "edition": issue.edition,
        "issue": issue,
        "figures": Fig(words.num(issue.figures), gettext("Figures in it"), counted, href=href) if issue.figures else None,
        "clashes": words.num(issue.clashes),
        "items": Fig(words.num(issue.items), gettext("Items in it"), counted, href=href) if issue.items else None,
        "situations": Fig(words.num(issue.situations), gettext("Situations"), counted, href=href) if issue.situations else None,
    }


def _counts(found: Front) -> dict[str, Fig]:
    watched = found.watched or len(found.situations)
    return {
        "situations": Fig(
            words.num(watched), gettext("Situations in this workspace"), (gettext("Counted from the list."),), href="/situations/"
        ),
        "waiting": Fig(
            words.num(found.waiting_in_all),
            gettext("Alerts and asks without an answer"),
            (gettext("Made, and neither acknowledged nor decided as far as is on record."),),
            href="#alerts",
        ),
        "moved": Fig(
            words.num(len(found.moved_up)),
            gettext("Countries that moved to a higher step"),
            (gettext("Against the forecast one year before."),),
            href="#moved",
        ),
        "issued": Fig(words.num(found.issued), gettext("Alerts issued with two signatures"), (), href="#alerts"),
        "drafts": Fig(
            words.num(found.drafts), gettext("Drafts"), (gettext("Drafts about real countries are never shown in public."),), href="#alerts"
        ),
    }


def _key() -> list[tuple[int, str]]:
    edges = [words.num(edge * 100) for edge in STEPS]
    middle = [gettext("%(a)s to %(b)s") % {"a": a, "b": b} for a, b in itertools.pairwise(edges)]
    return list(enumerate([gettext("under %(n)s%%") % {"n": edges[0]}, *middle, gettext("over %(n)s") % {"n": edges[-1]}], start=1))


def _move(risk: Any) -> dict[str, Any]:
    """Return a country whose step rose: its step, chance and rank before and now; the rank may fall where others rose more."""
    title = gettext("%(place)s: %(value)s") % {"place": words.place_name(risk.place), "value": words.pct(risk.probability)}
    before = gettext("Before: %(share)s") % {"share": words.pct(risk.previous)}
    return {
        "name": words.place_name(risk.place),
        "code": risk.place.code,
        "step": words.num(risk.step),
        "previous_step": words.num(step_of(risk.previous)),
        "rank": words.num(risk.rank),
        "previous_rank": words.num(risk.previous_rank),
        "figure": Fig(words.pct(risk.probability), title, (before,), id=risk.id),
        "previous": words.pct(risk.previous),
        "reason": next((reason.text for reason in risk.reasons if reason.direction > 0), ""),
    }


def _late(feed: Any) -> dict[str, Any]:
    late = None
    if feed.late_days:
        title = ngettext("%(n)s day late", "%(n)s days late", feed.late_days) % {"n": words.num(feed.late_days)}
        late = Fig(words.num(feed.late_days), title, (gettext("Against the rhythm its manifest states."),), id=feed.item, end=True)
    return {"title": feed.title, "newest": feed.newest, "late": late}


def _longest_silence(found: Front, today: dt.date) -> Fig | None:
    silent = [(ask.silence(today) or 0, ask) for ask in found.waiting if ask.silence(today)]
    if not silent:
        return None
    length, ask = max(silent, key=lambda pair: pair[0])
    since = words.span(ask.sent or ask.day_of("t2"), ask.read_until or today)
    return Fig(words.days(length), gettext("Silence after an ask"), (since,), id=ask.id)
