"""Version 1 of the API: the explicit list of its parts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

import tocsin
from tocsin.web.api import errors, public, verbs
from tocsin.web.api.auth import SessionAuth, TokenAuth
from tocsin.web.desk.demo import is_loopback


def _local(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the page of documentation on this computer only."""

    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseNotFound()
        return view(request, *args, **kwargs)

    return shown


api = NinjaAPI(
    title="Tocsin",
    version=tocsin.__version__,
    description="Published data may be read by anyone; what people do needs a token or a session.",
    auth=[TokenAuth(), SessionAuth()],
    throttle=[AnonRateThrottle("300/m"), AuthRateThrottle("300/m")],
    docs=Swagger(),
    docs_decorator=_local,
    urls_namespace="api-v1",
)
errors.register(api)
api.add_router("", public.router)
api.add_router("", verbs.router)

#: Who opens the root is led to what can be asked for.
START = RedirectView.as_view(pattern_name="api-v1:openapi-view")

urlpatterns: list[URLPattern | URLResolver] = [path("", _local(START)), path("", api.urls)]
