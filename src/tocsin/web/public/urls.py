"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from tocsin.web.public import (
    about,
    alerts,
    casualties,
    explain,
    forecasts,
    front,
    language,
    publications,
    scorecard,
    situations,
    tables,
    toolbox,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front),
    path("rank.csv", tables.rank),
    path("situations/", situations.index),
    path("situations/<slug:slug>", situations.situation),
    path("situations/<slug:slug>/timeline.csv", tables.timeline),
    path("alerts", alerts.alerts),
    path("casualties", casualties.casualties),
    path("casualties.csv", casualties.casualties_csv),
    path("forecasts", forecasts.forecasts),
    path("forecasts/scorecard", scorecard.scorecard),
    path("forecasts/scorecard.json", scorecard.as_json),
    path("forecasts/scorecard.html", scorecard.as_file),
    path("scores.csv", tables.scores),
    path("toolbox", toolbox.toolbox),
    path("toolbox.csv", toolbox.toolbox_csv),
    path("publications", publications.publications),
    path("publications/<str:identifier>/<str:name>", publications.file),
    path("explain/<str:identifier>", explain.explain),
    path("data", publications.data),
    path("data/list-template.csv", publications.list_template),
    path("data/counts-template.csv", publications.counts_template),
    path("about/method", about.method),
    path("about/licences", about.licences),
    path("language/<slug:code>", language.language),
    path("robots.txt", language.robots),
]
