"""The desk's first page: what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tocsin.accounts.roles import may
from tocsin.flow import desk, linkage_queue, records
from tocsin.flow.actions.acting import today
from tocsin.flow.read import framework_desk


def home(request: HttpRequest) -> HttpResponse:
    """Show how much waits at each desk that this person may open; who may open none is told so."""
    content: dict[str, object] = {}
    if may(request.user, "see_drafts"):
        waiting = records.open_alerts(today())
        content |= {"drafts": len(desk.waiting_drafts()), "open": len(waiting), "overdue": sum(view.overdue for view in waiting)}
        content["editions"] = sum(row["state"] == "draft" for row in desk.editions())
    if may(request.user, "judge_pair"):
        content["pairs"] = linkage_queue.waiting(request.user).count
    if may(request.user, "rate_indicator"):
        content["second"] = len(framework_desk.waiting_for_second(request.user.uid))
    return render(request, "desk/home.html", content)
