"""What every verb shares: the permission first, one transaction around the rest, an audit entry at the end.

A verb is one file with a `PERMISSION` and one function of the same name, and reads in this order:

    with acting(actor, PERMISSION) as book:    # permission: refused before anything is read
        draft = ...                            # check: raise Refused, NotFound or BadInput
        alert = book.add(Alert(...))           # change: rows are added, none is edited
        book.audit(alert.id, evidence=[...])   # audit: who did what to which id, resting on which ids
        return alert

Whatever raises inside leaves nothing behind. A verb that forgets the audit entry fails and leaves nothing behind.
Pages, the API and the command line call the same function; none of them writes in any other way.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from tocsin.accounts.roles import Actor, may, roles_with
from tocsin.model.errors import BadInput, NotPermitted
from tocsin.records.ledger import Ledger, ledger

log = logging.getLogger(__name__)


@contextmanager
def acting(actor: Actor, permission: str) -> Iterator[Ledger]:
    """Open the ledger for `actor` where their role has `permission`.

    Raises:
        NotPermitted: it has not.
        BadInput: a value does not fit its field.
    """
    if not may(actor, permission):
        log.info("%s refused to %s (%s)", permission, actor.uid, actor.role)
        raise NotPermitted(
            "this account may not do this", permission, " or ".join(roles_with(permission)), actor.role, "Ask someone with that role."
        )
    try:
        with ledger(actor.uid, permission) as book:
            yield book
    except ValidationError as error:
        fields = getattr(error, "message_dict", {"value": error.messages})
        said = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in fields.items())
        raise BadInput("a value does not fit", permission, got=said, todo="Correct it and try again.") from error


def only_invented_for_demo(actor: Actor, invented: bool) -> None:
    """Keep the demo's users inside the invented country.

    Raises:
        NotPermitted: a demo user acts on something real.
    """
    if actor.demo and not invented:
        raise NotPermitted(
            "demo users act in the invented country only",
            "Selmora",
            "a draft, pair or edition about Selmora",
            "a real one",
            "Make accounts of your own: tocsin user add NAME --role ROLE",
        )


def today() -> dt.date:
    """Return the day in UTC."""
    return dt.datetime.now(dt.UTC).date()
