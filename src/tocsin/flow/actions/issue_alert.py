"""Issues an alert that two people signed."""

from __future__ import annotations

import datetime as dt

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo, today
from tocsin.flow.records import alert_of, newer_of
from tocsin.model.errors import BadInput, Refused
from tocsin.records.models import Alert, Dispatch
from tocsin.records.models.alerts import text_sha256

PERMISSION = "issue_alert"
#: How many different people must have signed exactly this text.
SIGNATURES = 2
ALLEGATION = "an allegation alone is not published"
ALLEGED = (
    "Issue it to the addressee, or let two people sign a text with a higher standard of proof: tocsin alerts issue ID --audience addressee"
)
RESOLVE = "Resolve them, sign the corrected alert, then issue it."


def issue_alert(actor: Actor, alert: str, audience: str) -> Dispatch:
    """Issue an alert: from now on its clock runs, and silence is recorded.

    Args:
        actor: who issues; may be one of the two signers.
        alert: its id.
        audience: `addressee`, or `public` where anyone may read it.
    """
    with acting(actor, PERMISSION) as book:
        found = alert_of(alert)
        only_invented_for_demo(actor, found.invented)
        if audience not in Dispatch.AUDIENCES:
            raise BadInput("no such audience", "audience", " or ".join(Dispatch.AUDIENCES), audience[:20])
        findings = open_checks(found, audience, today())
        if findings:
            raise Refused("; ".join(findings), alert, "no open check", f"{len(findings)}", ALLEGED if findings == [ALLEGATION] else RESOLVE)
        dispatch = book.add(Dispatch(alert=found, audience=audience))
        signers = [signature.id for signature in found.signatures.all()]
        book.audit(found.id, evidence=[found.draft, *signers], dispatch=dispatch.id, audience=audience)
        return dispatch


def open_checks(alert: Alert, audience: str, today: dt.date) -> list[str]:
    """Return what stands in the way of issuing `alert`, in words; nothing where it may go out."""
    findings = [f"unresolved: {check}" for check in alert.unresolved]
    covered = text_sha256(alert, alert.ask)
    people = {signature.who for signature in alert.signatures.all() if signature.text_sha256 == covered}
    if len(people) < SIGNATURES:
        findings.append(f"{SIGNATURES} different people must sign; {len(people)} did")
    if alert.ask.due <= today:
        findings.append(f"the day by which an answer is asked has passed ({alert.ask.due})")
    if alert.trigger_date is not None and alert.trigger_date < alert.ask.due:
        findings.append(f"the answer is asked for {alert.ask.due}, after the trigger date {alert.trigger_date}")
    if alert.stale:
        findings.append("it rests on a forecast whose window has begun or passed")
    if audience == "public" and alert.standard_of_proof == "allegation":
        findings.append(ALLEGATION)
    if newer_of(alert) is not None:
        findings.append("a corrected alert took its place")
    if hasattr(alert, "dispatch"):
        findings.append("it was issued already")
    return findings
