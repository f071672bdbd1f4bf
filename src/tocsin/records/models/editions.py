"""Editions that people released."""

from __future__ import annotations

from django.db import models

from tocsin.records.history import History


class Release(History):
    """Signs exactly these bytes of an edition for release; a new text needs a new signature."""

    PREFIX = "rel"

    publication = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=300)
    edition = models.DateField(null=True, blank=True)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, unique=True)
    run = models.CharField(max_length=64)
    invented = models.BooleanField(default=False)
