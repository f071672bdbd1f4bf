"""Adds, lists and closes accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tocsin.accounts.models import User
from tocsin.accounts.roles import ROLES
from tocsin.accounts.tokens import revoke_tokens
from tocsin.model.errors import NotFound, WrongUse

#: The two invented users of the demo, so that a newcomer can try what needs two people.
DEMO_USERS = {"demo-analyst": "analyst", "demo-editor": "editor"}


def add_user(name: str, role: str, password: str) -> User:
    """Make an account.

    Raises:
        WrongUse: the role or the password is not usable, or the name is taken.
    """
    if role not in ROLES:
        raise WrongUse("no such role", "--role", ", ".join(ROLES), role[:20])
    user = User(username=User.normalize_username(name), role=role)
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise WrongUse(
            "the name or the password can't be used",
            "user add",
            expected="a name, and a password of at least 12 characters that is not common",
            got=" ".join(error.messages).rstrip("."),
        ) from error
    user.save()
    return user


def find_user(name: str) -> User:
    """Return the account with this name.

    Raises:
        NotFound: there is none.
    """
    user = User.objects.filter(username=User.normalize_username(name)).first()
    if user is None:
        raise NotFound("no account has this name", "user", todo="See: tocsin user list")
    return user


def close_user(name: str) -> User:
    """Close an account for good: it can't sign in, and its tokens are gone; what it wrote stays."""
    user = find_user(name)
    user.is_active = False
    user.save(update_fields=["is_active"])
    revoke_tokens(user)
    return user


def demo_user(name: str) -> User:
    """Return one of the demo's invented users; it has no password, so that it can't sign in any other way.

    Raises:
        NotFound: the demo has no user of this name, or a person holds it.
    """
    if name not in DEMO_USERS:
        raise NotFound("the demo has no such user", "sign-in", " or ".join(DEMO_USERS))
    user, created = User.objects.get_or_create(username=name, defaults={"role": DEMO_USERS[name], "demo": True})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    if not user.demo:
        raise NotFound("the name of this demo user is taken by a person", "sign-in")
    return user
