"""The addresses of every page: public at the root, work under /desk, JSON under /api."""

from __future__ import annotations

from django.urls import include, path

from tocsin.web.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("", include("tocsin.web.public.urls")),
    path("desk/", include("tocsin.web.desk.urls")),
    path("api/v1/", include("tocsin.web.api.urls")),
]

handler400 = "tocsin.web.public.errors.unclear"
handler403 = "tocsin.web.public.errors.refused"
handler404 = "tocsin.web.public.errors.missing"
handler500 = "tocsin.web.public.errors.broken"
