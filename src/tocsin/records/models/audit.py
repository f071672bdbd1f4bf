"""The audit: who did what to which record, each entry chained to the one before it by its hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models

from tocsin.records.append_only import AppendOnly
from tocsin.records.history import canonical, plain

GENESIS = "0" * 64


class AuditEntry(AppendOnly):
    """Is one link of the chain; `payload` is canonical JSON with the evidence and the digest of each row added."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=24)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, db_index=True)
    payload = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta(AppendOnly.Meta):
        ordering: ClassVar[list[str]] = ["sequence"]

    def __str__(self) -> str:
        return f"audit entry {self.sequence}"

    def computed_hash(self) -> str:
        """Return the hash that this entry should carry."""
        parts = (self.sequence, plain(self.at), self.who, self.verb, self.subject, self.payload, self.previous)
        return hashlib.sha256(canonical(parts).encode()).hexdigest()

    def facts(self) -> dict[str, Any]:
        """Return the payload as a dictionary."""
        return dict(json.loads(self.payload))


class Citation(AppendOnly):
    """Says that an audit entry rests on an id: the way forward from a table's row to what people did about it."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="citations")
    cited = models.CharField(max_length=80, db_index=True)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["entry", "cited"], name="cited_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} rests on {self.cited}"
