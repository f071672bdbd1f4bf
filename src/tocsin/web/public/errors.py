"""Pages for what went wrong: what happened, where, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext

from tocsin.web.public.frame import frame


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address that leads nowhere."""
    return _answer(
        request,
        404,
        title=gettext("Nothing is here"),
        what=gettext("No page, figure or file has this address."),
        todo=gettext("Check the address. A figure of an earlier run may have another id in this one; open it from a page of this run."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for an error of ours."""
    return _answer(
        request,
        500,
        title=gettext("This page could not be made"),
        what=gettext("An error in the program stopped it. Nothing was lost or changed."),
        todo=gettext("Try again. If it happens again, send the address of this page and the time to whoever runs this server."),
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for what this reader may not see."""
    return _answer(
        request,
        403,
        title=gettext("This is not public"),
        what=gettext("What lies under this address is not shown to the public."),
        todo=gettext("Sign in at the desk if you work here."),
        sign_in="yes",
    )


def unsure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that did not come from a page this reader opened, or from one opened before signing in."""
    return _answer(
        request,
        403,
        title=gettext("This form was not taken"),
        what=gettext("It was opened before you signed in or out, or cookies are off. Nothing was changed."),
        todo=gettext("Go back: what you typed is still there. Copy it, load the page again, and send the form once more."),
    )


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense here, such as one to another name of this server."""
    return _answer(
        request,
        400,
        title=gettext("This request was not understood"),
        what=gettext("The address, the name of the server or what was sent is not one that this server takes. Nothing was changed."),
        todo=gettext("Open the first page and go on from there. Whoever runs this server names its addresses in TOCSIN_HOSTS."),
    )


def _answer(request: HttpRequest, status: int, **said: str) -> HttpResponse:
    context = {**frame(request, None, "error"), "where": request.path[:120], **said}
    return HttpResponse(loader.render_to_string("public/error.html", context, request), status=status)
