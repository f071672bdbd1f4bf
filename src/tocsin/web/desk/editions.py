"""The editor's desk: draft editions and their release."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tocsin.accounts.roles import may
from tocsin.flow import actions, desk
from tocsin.model.errors import TocsinError
from tocsin.web.desk import menu
from tocsin.web.desk.verb import act, needs


@require_GET
@needs(*menu.EDITIONS.opened_by)
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions of the newest run with what the release gate found."""
    return _page(request)


@require_POST
@needs("see_drafts", "sign_edition")
def sign(request: HttpRequest, identifier: str) -> HttpResponse:
    """Sign an edition for release."""

    def verb() -> None:
        actions.sign_edition(request.user, identifier, request.POST.get("correction", ""))

    return act(request, verb, _("The edition is released."), lambda _made: "/desk/editions", lambda problem: _page(request, problem))


def _page(request: HttpRequest, problem: TocsinError | None = None) -> HttpResponse:
    return render(
        request, "desk/editions.html", {"editions": desk.editions(), "may_sign": may(request.user, "sign_edition"), "problem": problem}
    )
