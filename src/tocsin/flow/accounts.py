"""Makes and closes accounts, each act with its audit entry; commands and pages call these and never the accounts themselves."""

from __future__ import annotations

from tocsin.accounts import people
from tocsin.accounts.models import User
from tocsin.records.accounts import note_account, note_all_accounts, noted_accounts
from tocsin.records.ledger import ledger

#: Who acts where nobody is signed in: whoever may run commands on the workspace.
COMMAND_LINE = "command-line"


def add_account(name: str, role: str, password: str) -> User:
    """Make an account.

    Raises:
        WrongUse: the role or the password is not usable, or the name is taken.
    """
    with ledger(COMMAND_LINE, "add_account") as book:
        user = people.add_user(name, role, password)
        note_account(book, user)
        return user


def close_account(name: str) -> User:
    """Close an account for good: it can't sign in, and its tokens are gone; what it wrote stays.

    Raises:
        NotFound: there is none of this name.
    """
    with ledger(COMMAND_LINE, "close_account") as book:
        user = people.close_user(name)
        note_account(book, user)
        return user


def demo_account(name: str) -> User:
    """Return one of the demo's invented users, made on first use.

    Raises:
        NotFound: the demo has no user of this name, or a person holds it.
    """
    found = User.objects.filter(username=name).exists()
    if found or name not in people.DEMO_USERS:
        return people.demo_user(name)
    with ledger("demo", "add_account") as book:
        user = people.demo_user(name)
        note_account(book, user)
        return user


def note_moved_accounts() -> None:
    """Vouch for accounts that came with records of a version whose audit named no accounts."""
    if User.objects.exists() and not noted_accounts():
        with ledger(COMMAND_LINE, "import_accounts") as book:
            note_all_accounts(book)
