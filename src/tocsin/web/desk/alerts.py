"""The alert desk: drafts to sign off, alerts to sign and issue, answers to record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tocsin.flow import actions, desk, records
from tocsin.flow.actions.acting import today
from tocsin.flow.actions.alert_text import AlertText
from tocsin.flow.actions.issue_alert import open_checks
from tocsin.flow.actions.record_decision import Step
from tocsin.flow.place import current, row
from tocsin.model.errors import TocsinError
from tocsin.model.grades import STANDARDS_OF_PROOF
from tocsin.records.models.responses import TRANSITIONS
from tocsin.web.desk import menu
from tocsin.web.desk.verb import act, day, needs


@require_GET
@needs(*menu.ALERTS.opened_by)
def alerts(request: HttpRequest) -> HttpResponse:
    """List the drafts that wait and the alerts in force."""
    return render(request, "desk/alerts.html", {"drafts": desk.waiting_drafts(), "alerts": records.alerts(today())})


@require_GET
@needs(*menu.ALERTS.opened_by)
def draft(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a draft with the form that signs it off."""
    return _draft(request, identifier)


@require_GET
@needs(*menu.ALERTS.opened_by)
def alert(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show an alert with what may be done about it."""
    return _alert(request, identifier)


@require_POST
@needs("see_drafts", "sign_alert")
def sign(request: HttpRequest, identifier: str) -> HttpResponse:
    """Sign off a draft, or sign an alert as the second person."""

    def again(problem: TocsinError) -> HttpResponse:
        shown = _draft if identifier.startswith("dra-") else _alert
        return shown(request, identifier, problem)

    def verb() -> str:
        text = _text(request) if "headline" in request.POST else None
        return str(actions.sign_alert(request.user, identifier, text).id)

    return act(request, verb, _("Your signature is on record."), lambda made: f"/desk/alerts/{made}", again)


@require_POST
@needs("see_drafts", "issue_alert")
def issue(request: HttpRequest, identifier: str) -> HttpResponse:
    """Issue an alert."""

    def verb() -> str:
        return str(actions.issue_alert(request.user, identifier, request.POST.get("audience", "")).alert_id)

    return act(request, verb, _("The alert is issued."), _address, lambda problem: _alert(request, identifier, problem))


@require_POST
@needs("see_drafts", "record_decision")
def decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a step of the response."""

    def verb() -> str:
        form = request.POST
        step = Step(form.get("state", ""), form.get("by", ""), day(form.get("on", ""), "on") or today(), form.get("why", ""))
        return str(actions.record_decision(request.user, identifier, step).alert_id)

    return act(request, verb, _("The step is on record."), _address, lambda problem: _alert(request, identifier, problem))


def _address(identifier: str) -> str:
    return f"/desk/alerts/{identifier}"


def _text(request: HttpRequest) -> AlertText:
    form = request.POST
    return AlertText(
        headline=form.get("headline", ""),
        addressee=form.get("addressee", ""),
        ask=form.get("ask", ""),
        due=day(form.get("due", ""), "due"),
        standard_of_proof=form.get("standard_of_proof", ""),
        description=form.get("description", ""),
        trigger_date=day(form.get("trigger_date", ""), "trigger_date"),
        unresolved=tuple(form.get("unresolved", "").splitlines()),
    )


def _filled(request: HttpRequest, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the form holds: what was typed, a field that was not sent being empty, or the draft."""
    if not request.POST:
        return found
    return {name: request.POST.get(name, "") for name in AlertText.__dataclass_fields__}


def _draft(request: HttpRequest, identifier: str, problem: TocsinError | None = None) -> HttpResponse:
    found = row(current(), "drafts", identifier)
    wanted = set(found["signals"] or ())
    content = {
        "draft": found,
        "signals": [signal for signal in current().rows("signals") if signal["id"] in wanted],
        "form": _filled(request, found),
        "standards": STANDARDS_OF_PROOF,
        "problem": problem,
    }
    return render(request, "desk/draft.html", content)


def _alert(request: HttpRequest, identifier: str, problem: TocsinError | None = None) -> HttpResponse:
    found = records.alert_of(identifier)
    view = records.view_of(found, today())
    content = {
        "view": view,
        "checks": open_checks(found, "public", today()) if view.audience is None else [],
        "signed_by_me": request.user.uid in view.signers,
        "states": TRANSITIONS.get(view.state, ()),
        "history": records.audit_of(found.id),
        "form": request.POST,
        "problem": problem,
    }
    return render(request, "desk/alert.html", content)
