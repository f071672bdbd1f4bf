"""Checks a name and a password, and slows down whoever guesses.

Own code and not django-axes: axes keeps names, addresses and user agents in clear and writes them to the log;
here only keyed hashes are kept, for a day, in one small table that works for several workers on both databases.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tocsin.accounts.models import FailedLogin, User
from tocsin.model.errors import NotPermitted

#: Failures within `WINDOW` after which a sign-in waits: of one account from one address, of one address, of one account.
LIMITS = {"both": 5, "address": 20, "account": 50}
WINDOW = dt.timedelta(minutes=15)


def sign_in(name: str, password: str, address: str) -> User:
    """Return the user whose name and password these are.

    Raises:
        NotPermitted: they are not, or there were too many failures; the message never says which part was wrong.
    """
    account, place = _key("account", name.casefold()), _key("address", address)
    if _too_many(account, place):
        minutes = int(WINDOW.total_seconds() // 60)
        raise NotPermitted("too many failed sign-ins", "sign-in", todo=f"Wait {minutes} minutes, then try again.")
    user = authenticate(username=name, password=password)
    if user is None:
        FailedLogin.objects.filter(at__lt=timezone.now() - dt.timedelta(days=1)).delete()
        FailedLogin.objects.create(account=account, address=place)
        raise NotPermitted(
            "the name or the password is wrong, or the account is closed", "sign-in", todo="Try again, or ask an administrator."
        )
    FailedLogin.objects.filter(account=account, address=place).delete()
    return user


def _too_many(account: str, address: str) -> bool:
    recent = FailedLogin.objects.filter(at__gte=timezone.now() - WINDOW)
    counts = {
        "both": recent.filter(account=account, address=address).count(),
        "address": recent.filter(address=address).count(),
        "account": recent.filter(account=account).count(),
    }
    return any(counts[name] >= limit for name, limit in LIMITS.items())


def _key(kind: str, value: str) -> str:
    return salted_hmac(f"tocsin.sign_in.{kind}", value, algorithm="sha256").hexdigest()
