"""The assessment desk: one indicator at a time, its evidence beside it, and an answer that needs a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tocsin.flow import actions
from tocsin.flow.actions.rate_indicator import RatingText
from tocsin.flow.read import framework_desk
from tocsin.model.errors import TocsinError
from tocsin.model.grades import ANSWERS, CONFIDENCES, STANDARDS_OF_PROOF
from tocsin.web.desk import menu
from tocsin.web.desk.verb import act, needs


@require_GET
@needs(*menu.ASSESS.opened_by)
def index(request: HttpRequest) -> HttpResponse:
    """List the situations that can be rated."""
    waiting = framework_desk.waiting_for_second(request.user.uid)
    return render(request, "desk/assess_list.html", {"subjects": framework_desk.subjects(), "waiting": waiting})


@require_GET
@needs(*menu.ASSESS.opened_by)
def situation(request: HttpRequest, subject: str) -> HttpResponse:
    """Show the first indicator that this person has not rated."""
    return _page(request, subject, "")


@require_GET
@needs(*menu.ASSESS.opened_by)
def indicator(request: HttpRequest, subject: str, identifier: str) -> HttpResponse:
    """Show one indicator."""
    return _page(request, subject, identifier)


@require_POST
@needs(*menu.ASSESS.opened_by)
def rate(request: HttpRequest, subject: str, identifier: str) -> HttpResponse:
    """Record an answer and go on to the next indicator."""
    form = request.POST
    text = RatingText(
        answer=form.get("answer", ""),
        confidence=form.get("confidence", ""),
        rationale=form.get("rationale", ""),
        standard_of_proof=form.get("standard_of_proof", ""),
        evidence=tuple(dict.fromkeys([*form.getlist("evidence"), *form.get("more_evidence", "").split()])),
        dissents_from=form.get("dissents_from", ""),
    )

    def verb() -> str:
        return str(actions.rate_indicator(request.user, subject, identifier, text).id)

    return act(
        request,
        verb,
        _("Your answer is on record. It is published with the next run once a second person has answered."),
        lambda _made: f"/desk/assess/{subject}/{identifier}",
        lambda problem: _page(request, subject, identifier, problem),
    )


def _page(request: HttpRequest, subject: str, identifier: str, problem: TocsinError | None = None) -> HttpResponse:
    found = framework_desk.desk(subject, request.user.uid)
    waiting = [line for line in found.lines if not line.mine]
    chosen = identifier or (waiting or found.lines)[0].question.indicator
    asked = framework_desk.asked(subject, chosen, request.user.uid)
    position = next(i for i, line in enumerate(found.lines) if line.question.indicator == chosen)
    near = found.lines[max(0, position - 3) : position + 5]
    content = {"desk": found, "near": near, "waiting": len(waiting), "asked": asked, "problem": problem, "form": request.POST}
    content |= {"answers": ANSWERS, "confidences": CONFIDENCES, "rungs": STANDARDS_OF_PROOF}
    content["next"] = found.lines[position + 1].question.indicator if position + 1 < len(found.lines) else ""
    content["ticked"] = request.POST.getlist("evidence")
    return render(request, "desk/assess.html", content)
