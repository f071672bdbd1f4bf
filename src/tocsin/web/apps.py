"""Names the web app for Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds the pages, their templates and their words."""

    name = "tocsin.web"
    label = "web"
