"""`tocsin user`: the people who work with this workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.actor import StdinOption, read_password
from tocsin.cli.common import JsonOption, out, print_json
from tocsin.cli.django import ready

app = typer.Typer(help="Add, list and close accounts; make tokens.", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]


@app.command("add")
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", help="reporter, verifier, analyst, editor, official, reader or administrator.")],
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make an account; the password is asked twice."""
    ready()
    from tocsin.flow.accounts import add_account

    user = add_account(name, role, read_password(password_stdin, new=True))
    if as_json:
        print_json({"id": user.uid, "role": user.role, "open": user.is_active})
        return
    out.print(f"{user.role} {user.uid} can sign in.", markup=False)


@app.command("list")
def list_users(as_json: JsonOption = False) -> None:
    """List the accounts: name, opaque id, role, open or closed."""
    ready()
    from tocsin.accounts.models import User

    rows = [{"name": u.username, "id": u.uid, "role": u.role, "open": u.is_active} for u in User.objects.order_by("username")]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        out.print(f"{row['name']:<24} {row['id']}  {row['role']:<14} {'open' if row['open'] else 'closed'}", markup=False)


@app.command("disable")
def disable(name: NameArgument, as_json: JsonOption = False) -> None:
    """Close an account and end its tokens; what it wrote stays."""
    ready()
    from tocsin.flow.accounts import close_account

    user = close_account(name)
    if as_json:
        print_json({"id": user.uid, "role": user.role, "open": user.is_active})
        return
    out.print(f"{user.uid} is closed.", markup=False)


@app.command("token")
def token(
    name: NameArgument,
    days: Annotated[int, typer.Option(help="How long it lasts.")] = 30,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a token for a program that acts for NAME; it is shown once."""
    ready()
    from tocsin.accounts.sign_in import sign_in
    from tocsin.accounts.tokens import new_token

    made = new_token(sign_in(name, read_password(password_stdin), "command line"), days)
    if as_json:
        print_json({"token": made, "days": days})
        return
    out.print(made, markup=False)
