"""Makes and checks the tokens with which a program acts for a person."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from tocsin.accounts.models import ApiToken, User
from tocsin.model.errors import WrongUse


def new_token(user: User, days: int = 30) -> str:
    """Return a new token of `user`; it is shown once and can't be read again.

    Raises:
        WrongUse: the user is one of the demo's, or the time is not between 1 and 366 days.
    """
    if user.demo:
        raise WrongUse("a demo user has no tokens", f"user {user.uid}", todo="Make a user of your own: tocsin user add NAME --role ROLE")
    if not 1 <= days <= 366:
        raise WrongUse("not a usable lifetime", "--days", "1 to 366", str(days))
    token = f"tocsin_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(digest=_digest(token), user=user, expires_at=timezone.now() + dt.timedelta(days=days))
    return token


def user_of_token(token: str) -> User | None:
    """Return whose token this is; None where it is unknown, expired, or its user is no longer active."""
    found = ApiToken.objects.select_related("user").filter(digest=_digest(token), expires_at__gt=timezone.now()).first()
    return found.user if found and found.user.is_active and not found.user.demo else None


def revoke_tokens(user: User) -> int:
    """Remove every token of `user` and return how many there were."""
    return int(ApiToken.objects.filter(user=user).delete()[0])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
