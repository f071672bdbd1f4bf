"""Names the records app for Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Holds what people write and decide."""

    name = "tocsin.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
