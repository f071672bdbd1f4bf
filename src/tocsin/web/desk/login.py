"""Signing in and out; on a demo workspace on this computer also as one of two invented users."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tocsin.accounts.people import DEMO_USERS
from tocsin.accounts.sign_in import sign_in
from tocsin.flow.accounts import demo_account
from tocsin.model.errors import NotPermitted, TocsinError
from tocsin.web.desk.demo import offered

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, check them, and go on to the page that was wanted."""
    problem: TocsinError | None = None
    if request.method == "POST":
        try:
            user = sign_in(request.POST.get("name", ""), request.POST.get("password", ""), request.META.get("REMOTE_ADDR", ""))
        except NotPermitted as error:
            problem = error
        else:
            start_session(request, user, backend=BACKEND)
            return HttpResponseRedirect(_wanted(request))
    demo = [{"name": name, "role": role} for name, role in DEMO_USERS.items()] if offered(request) else []
    content = {"problem": problem, "demo": demo, "next": _wanted(request), "name": request.POST.get("name", "")}
    return render(request, "desk/login.html", content, status=403 if problem else 200)


@login_not_required
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's users, where the demo is offered."""
    if not offered(request):
        return render(request, "desk/login.html", {"problem": NotPermitted("the demo is not offered here", "sign-in")}, status=403)
    try:
        user = demo_account(request.POST.get("name", ""))
    except TocsinError as error:
        return render(request, "desk/login.html", {"problem": error}, status=404)
    start_session(request, user, backend=BACKEND)
    return HttpResponseRedirect(_wanted(request))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return HttpResponseRedirect("/")


def _wanted(request: HttpRequest) -> str:
    """Return the page to go on to: one of this site, else the desk."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else settings.LOGIN_REDIRECT_URL
