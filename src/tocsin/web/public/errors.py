"""Pages for what went wrong: what happened, where, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext

from tocsin.web.public.frame import frame


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address that leads nowhere."""
    context = {
        "title": gettext("Nothing is here"),
        "what": gettext("No page, figure or file has this address."),
        "where": request.path[:120],
        "todo": gettext("Check the address. A figure of an earlier run may have another id in this one; open it from a page of this run."),
    }
    return _answer(request, context, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for an error of ours."""
    context = {
        "title": gettext("This page could not be made"),
        "what": gettext("An error in the program stopped it. Nothing was lost or changed."),
        "where": request.path[:120],
        "todo": gettext("Try again. If it happens again, send the address of this page and the time to whoever runs this server."),
    }
    return _answer(request, context, 500)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for what this reader may not see."""
    context = {
        "title": gettext("This is not public"),
        "what": gettext("What lies under this address is not shown to the public."),
        "where": request.path[:120],
        "todo": gettext("Sign in at the desk if you work here."),
        "sign_in": "yes",
    }
    return _answer(request, context, 403)


def unsure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that did not come from a page this reader opened, or from one opened before signing in."""
    context = {
        "title": gettext("This form was not taken"),
        "what": gettext("It was opened before you signed in or out, or cookies are off. Nothing was changed."),
        "where": request.path[:120],
        "todo": gettext("Go back: what you typed is still there. Copy it, load the page again, and send the form once more."),
    }
    return _answer(request, context, 403)


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense here, such as one to another name of this server."""
    context = {
        "title": gettext("This request was not understood"),
        "what": gettext("The address, the name of the server or what was sent is not one that this server takes. Nothing was changed."),
        "where": request.path[:120],
        "todo": gettext("Open the first page and go on from there. Whoever runs this server names its addresses in TOCSIN_HOSTS."),
    }
    return _answer(request, context, 400)


def _answer(request: HttpRequest, context: dict[str, str], status: int) -> HttpResponse:
    return HttpResponse(loader.render_to_string("public/error.html", {**frame(request, None, "error"), **context}, request), status=status)
