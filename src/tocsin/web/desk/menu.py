"""Says which desks there are, and which of them a role may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tocsin.accounts.roles import Actor, may


@dataclass(frozen=True)
class Desk:
    """Holds one desk: where it is, what the menu calls it, and the permissions of which one opens it."""

    path: str
    name: Any
    opened_by: tuple[str, ...]


HOME = Desk("/desk/", _("What waits"), ())
LINKAGE = Desk("/desk/linkage", _("Linkage"), ("judge_pair",))
ASSESS = Desk("/desk/assess", _("Assessment"), ("rate_indicator",))
ALERTS = Desk("/desk/alerts", _("Alerts"), ("see_drafts",))
EDITIONS = Desk("/desk/editions", _("Editions"), ("see_drafts",))
DESKS = (HOME, LINKAGE, ASSESS, ALERTS, EDITIONS)
#: Pages that belong to a desk and lie under another address.
_INSIDE = {"/desk/drafts": ALERTS.path}


def opens(actor: Actor, desk: Desk) -> bool:
    """Return True where `actor` may open `desk`; the first page of the desk is open to everyone who is signed in."""
    return not desk.opened_by or any(may(actor, permission) for permission in desk.opened_by)


def entries(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the lines of the menu that `actor` may open; the one that `path` belongs to is marked."""
    here = next((inside for start, inside in _INSIDE.items() if path.startswith(start)), path)
    return [
        {"path": desk.path, "name": desk.name, "here": here == desk.path or (desk is not HOME and here.startswith(f"{desk.path}/"))}
        for desk in DESKS
        if opens(actor, desk)
    ]
