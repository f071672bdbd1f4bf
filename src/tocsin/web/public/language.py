"""Choosing a language, and what robots are told."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tocsin.web.public.errors import missing

_YEAR = 365 * 24 * 3600
_ROBOTS = "User-agent: *\nDisallow: /desk/\nDisallow: /api/\nDisallow: /language/\nDisallow: /explain/\nDisallow: /search\n"


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the reader's language in a cookie and go back to the page."""
    if code not in dict(settings.LANGUAGES):
        return missing(request)
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots to leave out the desk, the API, the search and the origin of single figures."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
