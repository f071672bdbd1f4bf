"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from tocsin.web.public import forecasts, front, language, tables

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front),
    path("rank.csv", tables.rank),
    path("forecasts", forecasts.forecasts),
    path("scores.csv", tables.scores),
    path("language/<slug:code>", language.language),
    path("robots.txt", language.robots),
]
