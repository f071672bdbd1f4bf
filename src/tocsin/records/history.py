"""What every row of history has: an opaque id, when, who, and the audit entry that vouches for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from typing import Any, ClassVar

from django.db import models

from tocsin.model.ids import RECORD_PREFIXES
from tocsin.records.append_only import AppendOnly


class History(AppendOnly):
    """Is the base of everything that people write; subclasses name their `PREFIX`."""

    PREFIX: ClassVar[str]

    id = models.CharField(max_length=24, primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    who = models.CharField(max_length=24, editable=False)
    entry = models.PositiveBigIntegerField(editable=False, db_index=True)

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["entry", "id"]

    def __str__(self) -> str:
        return self.id

    @classmethod
    def new_id(cls) -> str:
        """Return a new opaque id of this kind."""
        if cls.PREFIX not in RECORD_PREFIXES:
            raise KeyError(cls.PREFIX)
        return f"{cls.PREFIX}-{secrets.token_hex(8)}"

    def digest(self) -> str:
        """Return the SHA-256 of the row's content, the same before and after the database."""
        content = {field.attname: plain(getattr(self, field.attname)) for field in self._meta.concrete_fields}
        return hashlib.sha256(canonical({"model": self._meta.label_lower, **content}).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return `value` as JSON can write it; times in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def canonical(value: Any) -> str:
    """Return the one JSON text of `value`: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
