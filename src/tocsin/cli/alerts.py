"""`tocsin alerts`: from a machine's draft to an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.actor import StdinOption, UserOption, acting_user
from tocsin.cli.common import JsonOption, out, parse_day, print_json
from tocsin.cli.django import ready

if TYPE_CHECKING:
    from tocsin.flow.records import AlertView

app = typer.Typer(help="List, sign off, issue and answer alerts.", no_args_is_help=True)
AlertArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of an alert (alr-...).")]


@app.command("list")
def list_alerts(as_json: JsonOption = False) -> None:
    """List drafts that nobody signed off, and the alerts in force with their state."""
    ready()
    from tocsin.flow.desk import waiting_drafts
    from tocsin.flow.records import alerts

    drafts = waiting_drafts()
    views = alerts(_today())
    if as_json:
        keys = ("id", "headline", "addressee", "ask", "due", "territory", "stale")
        print_json({"drafts": [{key: draft[key] for key in keys} for draft in drafts], "alerts": [_as_dict(view) for view in views]})
        return
    for draft in drafts:
        out.print(f"{draft['id']}  draft         {draft['headline']}", markup=False)
    for view in views:
        late = ", overdue" if view.overdue else ""
        out.print(f"{view.id}  {view.state:<12}  {view.alert.headline}  (to {view.addressee}, by {view.due}{late})", markup=False)


@app.command("sign")
def sign(
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="A draft (dra-...) to sign off, or an alert (alr-...) to sign as the second person.")
    ],
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Sign off a draft as an alert, or put your signature on one as the second person."""
    ready()
    from tocsin.flow.actions import sign_alert

    alert = sign_alert(acting_user(user, password_stdin), subject)
    _say(alert.id, as_json)
    if not as_json:
        _say_open(alert.id)


@app.command("issue")
def issue(
    alert: AlertArgument,
    audience: Annotated[str, typer.Option(help="addressee, or public where anyone may read it.")] = "addressee",
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Issue an alert that two people signed."""
    ready()
    from tocsin.flow.actions import issue_alert

    issue_alert(acting_user(user, password_stdin), alert, audience)
    _say(alert, as_json)


@app.command("decide")
def decide(
    alert: AlertArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help="acknowledged, decided, acting, done, refused or no_answer.")],
    by: Annotated[str, typer.Option(help="The body or office that took this step; never a person's name.")],
    why: Annotated[str, typer.Option(help="What was decided, or why not.")] = "",
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it happened (YYYY-MM-DD); default today.")] = None,
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Record what the addressee did, or that nobody answered."""
    ready()
    from tocsin.flow.actions import record_decision
    from tocsin.flow.actions.record_decision import Step

    record_decision(acting_user(user, password_stdin), alert, Step(state, by, parse_day(on, "--on"), why))
    _say(alert, as_json)


def _say(identifier: str, as_json: bool) -> None:
    from tocsin.flow.records import alert_of, view_of

    view = view_of(alert_of(identifier), _today())
    if as_json:
        print_json(_as_dict(view))
        return
    out.print(f"{view.id}: {view.state}. To {view.addressee}: {view.ask}, by {view.due}.", markup=False)


def _say_open(identifier: str) -> None:
    """Print what still stands in the way of issuing the alert, so that nobody signs in vain."""
    from tocsin.flow.actions.issue_alert import open_checks
    from tocsin.flow.records import alert_of

    found = alert_of(identifier)
    everywhere = open_checks(found, "addressee", _today())
    for check in everywhere:
        out.print(f"Open before it can be issued: {check}.", markup=False)
    for check in open_checks(found, "public", _today()):
        if check not in everywhere:
            out.print(f"Open before it can be public: {check}.", markup=False)


def _as_dict(view: AlertView) -> dict[str, Any]:
    return {
        "id": view.id,
        "draft": view.alert.draft,
        "headline": view.alert.headline,
        "addressee": view.addressee,
        "ask": view.ask,
        "due": view.due,
        "state": view.state,
        "overdue": view.overdue,
        "audience": view.audience,
        "signatures": len(view.signers),
        "clock": dict(view.clock),
        "invented": view.alert.invented,
    }


def _today() -> dt.date:
    return parse_day(None)
