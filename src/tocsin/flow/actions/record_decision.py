"""Records what the addressee of an alert did, also that nobody answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo, today
from tocsin.flow.records import alert_of, state_of
from tocsin.model.errors import BadInput, Refused
from tocsin.records.models import Acknowledgement, Alert, Decision
from tocsin.records.models.responses import TRANSITIONS

PERMISSION = "record_decision"


@dataclass(frozen=True)
class Step:
    """Holds one step of a response: the state it led to, the body that took it, the day, and why.

    `by` names a body or office, never a person.
    """

    state: str
    by: str
    on: dt.date
    why: str = ""


def record_decision(actor: Actor, alert: str, step: Step) -> Decision | Acknowledgement:
    """Add a step to the response to an alert.

    Args:
        actor: who records.
        alert: id of an issued alert.
        step: what happened.
    """
    with acting(actor, PERMISSION) as book:
        found = alert_of(alert)
        only_invented_for_demo(actor, found.invented)
        before = state_of(found)
        _check(found, before, step)
        said = {"alert": found, "by": step.by.strip(), "on": step.on, "why": step.why.strip()}
        acknowledged = step.state == "acknowledged"
        added: Decision | Acknowledgement = book.add(Acknowledgement(**said) if acknowledged else Decision(**said, state=step.state))
        book.audit(found.id, evidence=[found.draft], step=added.id, before=before, state=step.state)
        return added


def _check(alert: Alert, before: str, step: Step) -> None:
    if before not in TRANSITIONS:
        raise Refused("only an issued alert can be answered", alert.id, "an issued alert", before, "Issue it first.")
    if step.state not in TRANSITIONS[before]:
        allowed = ", ".join(TRANSITIONS[before]) or "nothing: the matter is closed"
        raise Refused("this state can't follow the one before it", alert.id, allowed, f"{before}, then {step.state[:20]}")
    if step.state == "acknowledged" and hasattr(alert, "acknowledgement"):
        raise Refused("the alert was acknowledged already", alert.id)
    if not step.by.strip():
        raise BadInput("the body that took this step is missing", "by", "a body or office", "nothing")
    if step.state != "acknowledged" and not step.why.strip():
        raise BadInput("the reason is missing", "why", "the reason, or what was decided", "nothing", "Where no reason was given, say so.")
    if not alert.dispatch.at.date() <= step.on <= today():
        raise BadInput("the day lies outside the life of the alert", "on", f"{alert.dispatch.at.date()} to {today()}", str(step.on))
    if step.state == "no_answer" and step.on <= alert.ask.due:
        raise Refused("the time to answer has not run out", alert.id, f"a day after {alert.ask.due}", str(step.on))
