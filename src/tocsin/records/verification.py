"""Checks the audit chain, and that the rows of history are exactly those that it names."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.records.models import HISTORY, AuditEntry, Citation
from tocsin.records.models.audit import GENESIS


def broken_links(noted: str | None = None) -> Iterator[str]:
    """Yield one message for each broken link, the first one first; nothing where all is whole.

    Args:
        noted: a hash of the chain's end that someone wrote down elsewhere; it must still be part of the chain.
            Only so can it be seen that the newest entries were cut off.
    """
    named: dict[str, str] = {}
    previous, expected = GENESIS, 1
    found = noted is None
    cited: dict[int, set[str]] = {}
    for link in Citation.objects.all().iterator():
        cited.setdefault(link.entry_id, set()).add(link.cited)
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if entry.sequence != expected:
            yield f"audit entry {expected}: missing; the next is {entry.sequence}"
        if entry.previous != previous:
            yield f"audit entry {entry.sequence}: does not follow from the entry before it"
        if entry.hash != entry.computed_hash():
            yield f"audit entry {entry.sequence}: its content was changed after it was written"
        payload = entry.facts()
        if set(payload["evidence"]) != cited.pop(entry.sequence, set()):
            yield f"audit entry {entry.sequence}: its citations were changed"
        named.update(payload["rows"])
        found = found or entry.hash == noted
        previous, expected = entry.hash, entry.sequence + 1
    yield from (f"citations of audit entry {sequence}: the entry is missing" for sequence in cited)
    yield from _broken_rows(named)
    if not found:
        yield "the noted hash is not part of the chain: entries were removed, or it is another workspace"


def end_of_chain() -> tuple[int, str]:
    """Return the number of entries and the hash of the newest one: worth writing down elsewhere."""
    last = AuditEntry.objects.order_by("-sequence").first()
    return (last.sequence, last.hash) if last else (0, GENESIS)


def _broken_rows(named: dict[str, str]) -> Iterator[str]:
    for model in HISTORY:
        for row in model.objects.all().iterator():
            digest = named.pop(row.id, None)
            if digest is None:
                yield f"{row.id}: no audit entry names it"
            elif digest != row.digest():
                yield f"{row.id}: its content differs from what the audit entry {row.entry} vouches for"
    yield from (f"{identifier}: named by the audit and missing from the records" for identifier in named)
