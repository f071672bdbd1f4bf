"""Accounts in the audit: each is named with a digest when it is made or closed, so that a row changed behind it is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model

from tocsin.records.history import canonical
from tocsin.records.ledger import Ledger
from tocsin.records.models import AuditEntry

#: What of an account decides who may do what; the name and the hash of the password say who can sign in as it.
FIELDS = ("uid", "username", "role", "is_active", "demo", "password")
#: Under this word the facts of an audit entry hold the digest of each account that it speaks of.
NOTED = "accounts"


def account_digest(user: Any) -> str:
    """Return the SHA-256 of what an account is; it gives away neither name nor password, whose salt is part of it."""
    return hashlib.sha256(canonical({name: getattr(user, name) for name in FIELDS}).encode()).hexdigest()


def note_account(book: Ledger, user: Any) -> None:
    """Close an act on an account with the audit entry that vouches for the account as it now is."""
    book.audit(user.uid, role=user.role, open=user.is_active, accounts={user.uid: account_digest(user)})


def note_all_accounts(book: Ledger) -> None:
    """Close an act with an entry that vouches for every account as it now is."""
    users = get_user_model().objects.order_by("id")
    book.audit(NOTED, accounts={user.uid: account_digest(user) for user in users})


def noted_accounts() -> dict[str, str]:
    """Return the newest digest that the audit holds of each account."""
    noted: dict[str, str] = {}
    for payload in AuditEntry.objects.filter(payload__contains=f'"{NOTED}":').order_by("sequence").values_list("payload", flat=True):
        noted.update(json.loads(payload)["facts"].get(NOTED, {}))
    return noted


def broken_accounts() -> Iterator[str]:
    """Yield one message for each account that was put in, changed or taken out past the audit."""
    noted = noted_accounts()
    for user in get_user_model().objects.order_by("id").iterator():
        digest = noted.pop(user.uid, None)
        if digest is None:
            yield f"account {user.uid}: no audit entry names it"
        elif digest != account_digest(user):
            yield f"account {user.uid}: its name, role, state or password differs from what the audit vouches for"
    yield from (f"account {uid}: named by the audit and missing" for uid in noted)
