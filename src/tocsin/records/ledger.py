"""The only way to write history: one transaction, one person, one verb, ended by an audit entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from tocsin.records.history import History, canonical
from tocsin.records.models.audit import GENESIS, AuditEntry, Citation

Row = TypeVar("Row", bound=History)

#: Key of PostgreSQL's advisory lock: writers of history take turns. SQLite does so by BEGIN IMMEDIATE.
_TURN = 0x746F6373


class Ledger:
    """Adds rows and the audit entry of one act; every row is named by that entry with its digest."""

    def __init__(self, who: str, verb: str) -> None:
        last = AuditEntry.objects.order_by("-sequence").first()
        self.who, self.verb = who, verb
        self.at: dt.datetime = timezone.now()
        self.sequence = last.sequence + 1 if last else 1
        self._previous = last.hash if last else GENESIS
        self._rows: dict[str, str] = {}
        self.closed = False

    def add(self, row: Row) -> Row:
        """Add a row to history and return it with its id (a new one, unless the row brings one), time and author."""
        if self.closed:
            raise RuntimeError("a row was added after the audit entry")
        row.id, row.at, row.who, row.entry = row.id or row.new_id(), self.at, self.who, self.sequence
        row.insert()
        self._rows[row.id] = row.digest()
        return row

    def audit(self, subject: str, *, evidence: Sequence[str] = (), **facts: Any) -> AuditEntry:
        """Close the act with its audit entry: what it was about, the ids it rests on, and plain facts (never a name)."""
        payload = canonical({"evidence": sorted(set(evidence)), "facts": facts, "rows": self._rows})
        entry = AuditEntry(
            sequence=self.sequence, at=self.at, who=self.who, verb=self.verb, subject=subject, payload=payload, previous=self._previous
        )
        entry.hash = entry.computed_hash()
        entry.insert()
        for cited in sorted(set(evidence)):
            Citation(entry=entry, cited=cited).insert()
        self.closed = True
        return entry


@contextmanager
def ledger(who: str, verb: str) -> Iterator[Ledger]:
    """Open the ledger for one act; whatever fails inside leaves nothing behind.

    Raises:
        RuntimeError: the act ended without an audit entry; it is rolled back.
    """
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        book = Ledger(who, verb)
        yield book
        if not book.closed:
            raise RuntimeError(f"{verb} ended without an audit entry")
