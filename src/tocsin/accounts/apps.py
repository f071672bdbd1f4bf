"""Names the accounts app for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Holds people and their roles."""

    name = "tocsin.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
