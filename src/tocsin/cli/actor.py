"""Finds out who acts: a name with its password, or a token in TOCSIN_TOKEN."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.model.errors import NotPermitted, WrongUse

if TYPE_CHECKING:
    from tocsin.accounts.roles import Actor

UserOption = Annotated[str | None, typer.Option("--user", metavar="NAME", help="Who acts; the password is asked. Or set TOCSIN_TOKEN.")]
StdinOption = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def acting_user(name: str | None, password_stdin: bool) -> Actor:
    """Return the account that acts, once the password or the token was checked.

    Raises:
        WrongUse: nobody is named.
        NotPermitted: the password or the token is wrong.
    """
    from tocsin.accounts.sign_in import sign_in
    from tocsin.accounts.tokens import user_of_token

    token = os.environ.get("TOCSIN_TOKEN")
    if name is None and token:
        user = user_of_token(token)
        if user is None:
            raise NotPermitted(
                "the token is unknown, expired, or its account is closed", "TOCSIN_TOKEN", todo="Make a new one: tocsin user token"
            )
        return user
    if name is None:
        raise WrongUse("nobody is named", "--user", "--user NAME, or a token in TOCSIN_TOKEN", "nothing")
    return sign_in(name, read_password(password_stdin), "command line")


def read_password(from_stdin: bool, *, new: bool = False) -> str:
    """Return a password from standard input, or asked for on the terminal (twice where it is new)."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=new, err=True))
