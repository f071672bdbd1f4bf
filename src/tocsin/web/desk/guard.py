"""Keeps the desk closed: a login for everything under /desk, and demo users on this computer only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

from tocsin.web.desk.demo import offered


class DeskGuard(LoginRequiredMiddleware):
    """Asks for a login on every page under /desk unless the view says otherwise (`login_not_required`).

    Public pages stay open; the API asks for itself. A demo user's session ends wherever the demo is not offered.
    """

    def process_view(self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any) -> HttpResponse | None:
        """Return a redirect to the sign-in page where one is needed."""
        if request.user.is_authenticated and request.user.demo and not offered(request):
            logout(request)
        if not request.path_info.startswith("/desk"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
