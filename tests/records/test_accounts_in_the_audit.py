"""An account that was put in, changed or taken out past the audit is found; one made and closed by its commands is not."""

from __future__ import annotations

import json

import pytest
from people import PASSWORD, tamper
from workspaces import command


@pytest.fixture
def accounts(both_engines):
    """Return the workspace with an open and a closed account."""
    from tocsin.flow.accounts import add_account, close_account

    add_account("first", "reader", PASSWORD)
    add_account("second", "editor", PASSWORD)
    close_account("second")
    return both_engines


def broken():
    from tocsin.records.accounts import broken_accounts
    from tocsin.records.verification import broken_links

    assert list(broken_links()) == [], "the chain itself is whole"
    return list(broken_accounts())


def test_accounts_made_and_closed_by_their_commands_are_vouched_for(accounts):
    assert broken() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET role = 'editor' WHERE username = 'first'",
        "UPDATE accounts_user SET is_active = TRUE WHERE username = 'second'",
        "UPDATE accounts_user SET username = 'third' WHERE username = 'first'",
        "UPDATE accounts_user SET demo = TRUE WHERE username = 'first'",
        "UPDATE accounts_user SET password = (SELECT password FROM accounts_user WHERE username = 'second') WHERE username = 'first'",
    ],
)
def test_a_changed_account_is_found(accounts, statement):
    tamper(statement)
    (said,) = broken()
    assert "differs from what the audit vouches for" in said
    assert "first" not in said and "second" not in said and "third" not in said


def test_an_account_put_in_past_the_audit_is_found(accounts, person):
    uid = person("editor").uid
    assert broken() == [f"account {uid}: no audit entry names it"]


def test_an_account_taken_out_past_the_audit_is_found(accounts):
    from tocsin.accounts.models import User

    uid = User.objects.get(username="first").uid
    tamper("DELETE FROM accounts_user WHERE username = 'first'")
    assert broken() == [f"account {uid}: named by the audit and missing"]


def test_signing_in_changes_nothing_that_the_audit_vouches_for(accounts):
    from tocsin.accounts.sign_in import sign_in

    sign_in("first", PASSWORD, "here")
    assert broken() == []


def test_the_demo_users_are_vouched_for_on_first_use(records):
    from tocsin.flow.accounts import demo_account

    assert demo_account("demo-analyst") == demo_account("demo-analyst")
    assert broken() == []


def test_an_account_that_could_not_be_made_leaves_no_entry(records):
    from tocsin.flow.accounts import add_account
    from tocsin.model.errors import WrongUse
    from tocsin.records.verification import end_of_chain

    with pytest.raises(WrongUse):
        add_account("first", "reader", "short")
    assert end_of_chain()[0] == 0


def test_verify_names_the_changed_account(records):
    from tocsin.flow.accounts import add_account

    uid = add_account("first", "reader", PASSWORD).uid
    tamper("UPDATE accounts_user SET role = 'editor'")
    done = command(records, "verify", "--json")
    assert done.returncode == 1
    assert any(f"account {uid}" in problem for problem in json.loads(done.stdout)["problems"])


def test_accounts_of_an_older_database_are_vouched_for_as_they_are(both_engines, person):
    from django.core.management import call_command

    from tocsin.cli.django import ready

    call_command("migrate", "records", "0002", verbosity=0)
    person("editor")
    assert "no audit entry" in broken()[0]
    ready(both_engines)
    assert broken() == []
