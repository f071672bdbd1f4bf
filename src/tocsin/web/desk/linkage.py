"""The linkage desk: one pair at a time, two records side by side, three answers of equal weight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tocsin.flow import actions, desk, linkage_queue, records
from tocsin.flow.place import current, row
from tocsin.flow.read.districts import district
from tocsin.model.errors import TocsinError
from tocsin.web import words
from tocsin.web.desk import menu
from tocsin.web.desk.linkage_words import FIELDS, LEVELS
from tocsin.web.desk.verb import act, needs
from tocsin.web.districts import district_name

#: Columns of a record that say nothing about who it is.
_APART = ("id", "dataset", "item", "locator", "available_at", "first_seen", "invented", "date_precision", "script", "record", "list")
#: What a comparison counts as agreement when a reason is proposed, in log units.
_TELLING = 1.0


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
    mine = records.last_judged_by(request.user.uid)
    content: dict[str, object] = {
        "waiting": waiting,
        "worth": linkage_queue.ordered().worth,
        "second": second,
        "pair": found,
        "problem": problem,
        "form": request.POST,
        "last": mine.pair if mine else None,
        "progress": _progress(linkage_queue.progress()),
    }
    if found:
        content |= _two(found, request.user.uid)
    return render(request, "desk/linkage.html", content)


def _two(found: Mapping[str, Any], who: str) -> dict[str, Any]:
    """Return the two records side by side, the reasons, and the history where this person may see it."""
    left, right = desk.two_records(dict(found))
    keys = [key for key in left or right if key not in _APART and (left.get(key) or right.get(key))]
    reasons = [_reason(one) for one in linkage_queue.reasons(found)]
    return {
        "fields": [
            {
                "name": words.word(FIELDS, key),
                "left": _shown(left, key),
                "right": _shown(right, key),
                "same": left.get(key) == right.get(key),
            }
            for key in keys
        ],
        "lists": (left.get("list"), right.get("list")),
        "reasons": reasons,
        "proposed": _proposed(reasons),
        "history": records.judgements_of(found["id"]) if linkage_queue.may_see_others(found["id"], who) else None,
        "invented": bool(left.get("invented") and right.get("invented")),
    }


def _shown(record: Mapping[str, Any], key: str) -> Any:
    """Return a field as it is written; a date as exactly as it is known, and the name of a district before its code."""
    value = record.get(key)
    if key in ("region", "admin_code") and value and district(str(value)).name != value:
        return format_html("{} ({})", district_name(str(value)), value)
    return words.day(value, record.get("date_precision") or "day") if isinstance(value, dt.date) else value


def _reason(one: Mapping[str, Any]) -> dict[str, Any]:
    weight = float(one.get("weight") or 0.0)
    width = min(abs(weight) / 8, 1.0) * 50
    return {
        "field": words.word(FIELDS, str(one.get("field", ""))),
        "level": words.word(LEVELS, str(one.get("level", ""))),
        "weight": words.num(weight, 1),
        "for": weight > 0,
        "x": f"{50 if weight > 0 else 50 - width:.1f}",
        "width": f"{width:.1f}",
        "telling": abs(weight) >= _TELLING,
    }


def _proposed(reasons: list[dict[str, Any]]) -> dict[str, str]:
    """Return a reason for each answer, made from the comparisons that tell most."""
    agree = [one["field"] for one in reasons if one["telling"] and one["for"]]
    differ = [one["field"] for one in reasons if one["telling"] and not one["for"]]
    said = []
    if agree:
        said.append(_("Agree: %(fields)s.") % {"fields": ", ".join(agree)})
    if differ:
        said.append(_("Differ: %(fields)s.") % {"fields": ", ".join(differ)})
    return {"text": " ".join(said)}


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
