"""Whoever guesses a password waits, whoever knows it comes in, and a token acts for an open account while it lasts."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from people import PASSWORD

from tocsin.model.errors import NotPermitted, WrongUse


@pytest.fixture
def account(records):
    from tocsin.accounts.people import add_user

    return add_user("first", "analyst", PASSWORD)


def enter(password=PASSWORD, address="192.0.2.1", name="first"):
    from tocsin.accounts.sign_in import sign_in

    return sign_in(name, password, address)


def guess(times, **where):
    for _ in range(times):
        with pytest.raises(NotPermitted, match="the name or the password is wrong"):
            enter("a wrong pass phrase", **where)


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock of signing in."""
    from django.utils import timezone

    from tocsin.accounts import sign_in

    return lambda minutes: monkeypatch.setattr(
        sign_in, "timezone", SimpleNamespace(now=lambda: timezone.now() + dt.timedelta(minutes=minutes))
    )


def test_a_wrong_name_and_a_wrong_password_are_told_alike(account):
    with pytest.raises(NotPermitted) as wrong_name:
        enter(name="nobody")
    with pytest.raises(NotPermitted) as wrong_password:
        enter("a wrong pass phrase")
    assert str(wrong_name.value) == str(wrong_password.value)


def test_after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour(account, later):
    guess(4)
    assert enter() == account, "the fifth try is still free, and a success forgets the failures"
    guess(5)
    with pytest.raises(NotPermitted, match="too many failed sign-ins"):
        enter()
    assert enter(address="192.0.2.2") == account, "somebody else's guesses do not lock an owner out elsewhere"
    later(14)
    with pytest.raises(NotPermitted, match="too many failed sign-ins"):
        enter()
    later(16)
    assert enter() == account


def test_one_address_that_tries_many_names_waits(account):
    for number in range(20):
        guess(1, name=f"name-{number}")
    with pytest.raises(NotPermitted, match="too many failed sign-ins"):
        enter()
    assert enter(address="192.0.2.2") == account


def test_a_closed_account_can_not_sign_in_and_its_token_is_gone(account):
    from tocsin.accounts.people import close_user
    from tocsin.accounts.tokens import new_token, user_of_token

    token = new_token(account)
    assert user_of_token(token) == account
    close_user("first")
    assert user_of_token(token) is None
    with pytest.raises(NotPermitted):
        enter()


def test_a_token_ends_with_its_last_day(account, monkeypatch):
    from django.utils import timezone

    from tocsin.accounts import tokens

    token = tokens.new_token(account, days=2)
    for hours, ends in ((47, False), (49, True)):
        now = timezone.now() + dt.timedelta(hours=hours)
        monkeypatch.setattr(tokens, "timezone", SimpleNamespace(now=lambda now=now: now))
        assert (tokens.user_of_token(token) is None) == ends


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_for_no_time_or_for_ever_is_refused(account, days):
    from tocsin.accounts.tokens import new_token

    with pytest.raises(WrongUse, match="lifetime"):
        new_token(account, days)


def test_a_demo_user_has_no_token(records, person):
    from tocsin.accounts.tokens import new_token

    with pytest.raises(WrongUse, match="demo"):
        new_token(person("analyst", demo=True))
