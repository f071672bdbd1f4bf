"""Rows that are added and never changed: what the ORM refuses here, triggers refuse in the database."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from tocsin.model.errors import Refused


def refuse(model: type[models.Model], doing: str) -> NoReturn:
    """Stop an attempt to change history.

    Raises:
        Refused: always.
    """
    raise Refused(
        f"records are append-only; {doing} is refused",
        model._meta.label,
        "a new row through a verb of flow/actions",
        doing,
        "Add a row that supersedes the old one.",
    )


class AppendOnlyRows(models.QuerySet):
    """Reads; refuses every way of writing that a query set has."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse."""
        refuse(self.model, "update")

    def delete(self) -> NoReturn:
        """Refuse."""
        refuse(self.model, "delete")

    def create(self, **values: Any) -> NoReturn:
        """Refuse: rows are added by `Ledger.add`."""
        refuse(self.model, "create outside an action")

    def bulk_create(self, *rows: Any, **options: Any) -> NoReturn:
        """Refuse."""
        refuse(self.model, "bulk_create")

    def bulk_update(self, *rows: Any, **options: Any) -> NoReturn:
        """Refuse."""
        refuse(self.model, "bulk_update")


class AppendOnly(models.Model):
    """Is a row that nobody can change or remove."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: rows are added by `Ledger.add`."""
        refuse(type(self), "save outside an action")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        refuse(type(self), "delete")

    def insert(self) -> None:
        """Check and add the row; called by the ledger alone."""
        self.full_clean()
        super().save(force_insert=True)
