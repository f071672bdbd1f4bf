"""The linkage desk: one pair at a time, two records side by side, three answers of equal weight."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tocsin.flow import actions, desk, records
from tocsin.flow.place import current, row
from tocsin.model.errors import TocsinError
from tocsin.web.desk.verb import act, needs

#: Columns of a record that say nothing about who it is.
_APART = ("id", "dataset", "item", "locator", "available_at", "first_seen", "invented")


@require_GET
@needs("judge_pair")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the first pair that waits for this person."""
    return _page(request, None)


@require_GET
@needs("judge_pair")
def pair(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one pair."""
    return _page(request, identifier)


@require_POST
@needs("judge_pair")
def judge(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a judgement and go on to the next pair."""
    form = request.POST
    judgement = "withdrawn" if "undo" in form else form.get("j", "")

    def verb() -> str:
        return str(actions.judge_pair(request.user, identifier, judgement, form.get("why", "")).pair)

    def target(done: str) -> str:
        return f"/desk/linkage/{done}" if judgement == "withdrawn" else "/desk/linkage"

    return act(request, verb, _("Your judgement is on record."), target, lambda problem: _page(request, identifier, problem))


def _page(request: HttpRequest, identifier: str | None, problem: TocsinError | None = None) -> HttpResponse:
    waiting, count = desk.waiting_pairs(request.user.uid)
    found = row(current(), "pairs", identifier) if identifier else (waiting[0] if waiting else None)
    content: dict[str, object] = {"waiting": waiting[:8], "count": count, "pair": found, "problem": problem, "form": request.POST}
    mine = records.last_judged_by(request.user.uid)
    content["last"] = mine.pair if mine else None
    if found:
        left, right = desk.two_records(found)
        fields = [key for key in left or right if key not in _APART and (left.get(key) or right.get(key))]
        content["fields"] = [{"name": key, "left": left.get(key), "right": right.get(key), "same": left.get(key) == right.get(key)} for key in fields]
        content["reasons"] = json.loads(found["comparisons"] or "[]")
        content["history"] = records.judgements_of(found["id"])
        content["invented"] = bool(left.get("invented") and right.get("invented"))
    return render(request, "desk/linkage.html", content)
