"""The linkage desk: one pair at a time, two records side by side, three answers of equal weight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tocsin.flow import actions, desk, linkage_queue, records
from tocsin.flow.place import current, row
from tocsin.flow.read.districts import district
from tocsin.model.errors import TocsinError
from tocsin.web import words
from tocsin.web.desk import menu
from tocsin.web.desk.linkage_words import FIELDS
from tocsin.web.desk.marked import marked
from tocsin.web.desk.verb import act, needs
from tocsin.web.desk.weights import SAME, proposed, weights
from tocsin.web.districts import district_name
from tocsin.web.public.casualty_kinds import KINDS

#: Columns of a record that say nothing about who it is.
_APART = ("id", "dataset", "item", "locator", "available_at", "first_seen", "invented", "date_precision", "script", "record", "list")


@require_GET
@needs(*menu.LINKAGE.opened_by)
def queue(request: HttpRequest) -> HttpResponse:
    """Show the first pair that waits for this person; `?second=1` shows pairs that one other person judged."""
    return _page(request, None)


@require_GET
@needs(*menu.LINKAGE.opened_by)
def pair(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one pair."""
    return _page(request, identifier)


@require_POST
@needs(*menu.LINKAGE.opened_by)
def judge(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a judgement and go on to the next pair."""
    form = request.POST
    why = " ".join(part.strip() for part in (form.get("proposed", ""), form.get("why", "")) if part.strip())

    def verb() -> str:
        return str(actions.judge_pair(request.user, identifier, form.get("j", ""), why).pair)

    def target(_done: str) -> str:
        return _address(_second(request))

    return act(request, verb, _("Your judgement is on record."), target, lambda problem: _page(request, identifier, problem))


@require_POST
@needs("judge_pair", "undo_judgement")
def undo(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take back the person's own judgement and show the pair again."""

    def verb() -> str:
        return str(actions.undo_judgement(request.user, identifier).pair)

    def target(done: str) -> str:
        return _address(_second(request), done)

    return act(
        request, verb, _("Your judgement is taken back; the history keeps it."), target, lambda problem: _page(request, None, problem)
    )


def _address(second: bool, identifier: str = "") -> str:
    """Return where to go on; the keyboard starts at the pair, not again at the head of the page."""
    return "/desk/linkage" + (f"/{identifier}" if identifier else "") + ("?second=1" if second else "") + "#pair"


def _second(request: HttpRequest) -> bool:
    return "1" in (request.GET.get("second", ""), request.POST.get("second", ""))


def _page(request: HttpRequest, identifier: str | None, problem: TocsinError | None = None) -> HttpResponse:
    second = _second(request)
    waiting = linkage_queue.waiting(request.user, second=second)
    first = waiting.pairs[0] if waiting.pairs else None
    found: Mapping[str, Any] | None = row(current(), "pairs", identifier) if identifier else first
    progress = linkage_queue.progress(request.user)
    mine = records.last_judged_by(request.user.uid)
    content: dict[str, object] = {
        "waiting": waiting,
        "worth": linkage_queue.ordered(request.user).worth,
        "second": second,
        "pair": found,
        "problem": problem,
        "form": request.POST,
        "last": mine.pair if mine else None,
        "progress": _progress(progress),
        "queue": [_waiting(one) for one in waiting.pairs],
    }
    if found:
        content |= {**_two(found, request.user.uid), "effect": _effect(linkage_queue.effect(progress, found))}
    return render(request, "desk/linkage.html", content)


def _two(found: Mapping[str, Any], who: str) -> dict[str, Any]:
    """Return the two records side by side, the reasons, and the history where this person may see it."""
    left, right = desk.two_records(dict(found))
    keys = [key for key in left or right if key not in _APART and (left.get(key) or right.get(key))]
    drawn = weights(found, linkage_queue.reasons(found))
    return {
        "fields": [_field(key, left, right) for key in keys],
        "lists": (left.get("list"), right.get("list")),
        "weights": drawn,
        "proposed": proposed(drawn),
        "history": records.judgements_of(found["id"]) if linkage_queue.may_see_others(found["id"], who) else None,
        "invented": bool(left.get("invented") and right.get("invented")),
    }


def _field(key: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Return one field of both records; where both are known and differ, with the letters in which they do."""
    one, other, same = _shown(left, key), _shown(right, key), left.get(key) == right.get(key)
    if not same and one not in (None, "") and other not in (None, ""):
        one, other = marked(str(one), str(other))
    return {"name": words.word(FIELDS, key), "left": one, "right": other, "same": same}


def _waiting(pair: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pair of the queue: its short name, its chance, and how far its records differ."""
    compared = [str(one.get("level", "")) for one in linkage_queue.reasons(pair)]
    unknown = sum(level == "missing" for level in compared)
    differ = sum(level not in SAME for level in compared) - unknown
    said = [ngettext("%(n)s field differs", "%(n)s fields differ", differ) % {"n": words.num(differ)}] if compared else []
    if unknown:
        said.append(ngettext("%(n)s unknown", "%(n)s unknown", unknown) % {"n": words.num(unknown)})
    return {"id": pair["id"], "short": pair["id"].partition("-")[2][:8], "probability": pair["probability"], "said": ", ".join(said)}


def _effect(found: linkage_queue.Effect | None) -> dict[str, str] | None:
    if found is None:
        return None
    fewer, more, as_now = _("one fewer than now"), _("one more than now"), _("as now")
    return {
        "same": words.num(found.same),
        "same_is": fewer if found.same < found.now else as_now,
        "two": words.num(found.two),
        "two_is": more if found.two > found.now else as_now,
    }


def _shown(record: Mapping[str, Any], key: str) -> Any:
    """Return a field as it is written; a code in words, a date as exactly as it is known, the name of a district before its code."""
    value = record.get(key)
    if key in ("status", "cause", "civilian_status") and value:
        return words.word(KINDS, str(value))
    if key in ("region", "admin_code") and value and district(str(value)).name != value:
        return format_html("{} ({})", district_name(str(value)), value)
    return words.day(value, record.get("date_precision") or "day") if isinstance(value, dt.date) else value


def _progress(found: linkage_queue.Progress) -> dict[str, Any]:
    """Return what the judgements say so far, in the reader's language."""
    shown: dict[str, Any] = {
        "judged": words.num(found.judged),
        "twice": words.num(found.read_twice),
        "read_twice": found.read_twice,
        "agreed": words.num(found.agreed),
        "unsettled": found.unsettled,
        "before": words.num(found.persons_before),
        "now": words.num(found.persons_now),
        "changed": found.persons_now != found.persons_before,
    }
    if found.quality is not None:
        shown["sample"] = words.num(found.quality.sample)
        for name, share in (("precision", found.quality.precision), ("recall", found.quality.recall)):
            ends = {"low": words.pct(share.low), "high": words.pct(share.high)}
            shown[name] = f"{words.pct(share.value)} ({_('%(low)s to %(high)s') % ends})"
    return shown
