"""Addresses of the desk; `guard.DeskGuard` asks for a login on each."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from tocsin.web.desk import alerts, assess, editions, home, linkage, login

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home),
    path("login", login.login),
    path("login/demo", login.demo_login),
    path("logout", login.logout),
    path("alerts", alerts.alerts),
    path("drafts/<slug:identifier>", alerts.draft),
    path("drafts/<slug:identifier>/sign", alerts.sign),
    path("alerts/<slug:identifier>", alerts.alert),
    path("alerts/<slug:identifier>/sign", alerts.sign),
    path("alerts/<slug:identifier>/issue", alerts.issue),
    path("alerts/<slug:identifier>/decide", alerts.decide),
    path("linkage", linkage.queue),
    path("linkage/<slug:identifier>", linkage.pair),
    path("linkage/<slug:identifier>/judge", linkage.judge),
    path("linkage/<slug:identifier>/undo", linkage.undo),
    path("assess", assess.index),
    path("assess/<slug:subject>", assess.situation),
    path("assess/<slug:subject>/<str:identifier>", assess.indicator),
    path("assess/<slug:subject>/<str:identifier>/rate", assess.rate),
    path("editions", editions.editions),
    path("editions/<slug:identifier>/sign", editions.sign),
]
