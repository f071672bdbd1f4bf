"""Takes the accounts out of one database and puts them into another, so that records keep their authors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from tocsin.accounts.models import User
from tocsin.model.errors import BadInput, Refused

FIELDS = ("username", "uid", "role", "is_active", "demo", "password", "created_at")


def users_out() -> Iterator[dict[str, Any]]:
    """Yield every account: name, opaque id, role and the hash of its password; tokens and sessions stay behind."""
    for user in User.objects.order_by("id").iterator():
        yield {name: _plain(getattr(user, name)) for name in FIELDS}


def users_in(rows: Iterable[Mapping[str, Any]]) -> int:
    """Add accounts to a database that has none, and return how many.

    Raises:
        Refused: there are accounts already.
        BadInput: a row is no account.
    """
    if User.objects.exists():
        raise Refused("accounts are here already", "accounts", "an empty database", f"{User.objects.count()} accounts")
    count = 0
    for count, row in enumerate(rows, start=1):
        try:
            user = User(**{name: row[name] for name in FIELDS if name != "created_at"})
            user.full_clean()
            user.save()
            User.objects.filter(pk=user.pk).update(created_at=dt.datetime.fromisoformat(row["created_at"]))
        except (ValidationError, KeyError, TypeError, ValueError) as error:
            raise BadInput("not an account", f"account {count}", ", ".join(FIELDS), type(error).__name__) from error
    return count


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
