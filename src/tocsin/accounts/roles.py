"""Says who may do what: one explicit table from role to permissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

#: Role -> what it may do. Each verb of `flow/actions` is a permission of the same name; `see_...` opens pages of the desk.
#: An administrator keeps accounts and the machine, and takes no part in judgements, alerts or releases.
PERMISSIONS: Mapping[str, frozenset[str]] = {
    "reporter": frozenset(),
    "verifier": frozenset({"judge_pair", "undo_judgement"}),
    "analyst": frozenset({"see_drafts", "judge_pair", "undo_judgement", "rate_indicator", "sign_alert", "record_decision"}),
    "editor": frozenset({"see_drafts", "rate_indicator", "sign_alert", "issue_alert", "record_decision", "sign_edition"}),
    "official": frozenset({"see_drafts", "record_decision"}),
    "reader": frozenset(),
    "administrator": frozenset({"keep_users"}),
}
ROLES = tuple(PERMISSIONS)


class Actor(Protocol):
    """Is whoever acts: an opaque id, a role, and whether the account is in use."""

    uid: str
    role: str
    is_active: bool
    demo: bool


def may(actor: Actor, permission: str) -> bool:
    """Return True where the actor's role has `permission` and the account is in use; an unknown role may do nothing."""
    return actor.is_active and permission in PERMISSIONS.get(actor.role, frozenset())


def roles_with(permission: str) -> tuple[str, ...]:
    """Return the roles that have `permission`, in the order of the table."""
    return tuple(role for role, permissions in PERMISSIONS.items() if permission in permissions)
