"""Signs off a machine's draft as an alert, or puts the second person's signature on it."""

from __future__ import annotations

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo, today
from tocsin.flow.actions.alert_text import AlertText, scales
from tocsin.flow.place import current, row
from tocsin.flow.records import alert_of, newer_of
from tocsin.model.errors import Refused
from tocsin.records.ledger import Ledger
from tocsin.records.models import Alert, Ask, Signature
from tocsin.records.models.alerts import text_sha256

PERMISSION = "sign_alert"


def sign_alert(actor: Actor, subject: str, text: AlertText | None = None) -> Alert:
    """Add the actor's signature.

    Args:
        actor: who signs.
        subject: a draft (`dra-...`): it becomes an alert with a first signature; or an alert (`alr-...`): it gets
            the signature of one more person.
        text: with a draft, the text as corrected by the signer; with an alert, a correction: a new alert that
            supersedes it and needs two signatures again. None signs the text as it stands.
    """
    with acting(actor, PERMISSION) as book:
        if subject.startswith("dra-"):
            alert = _from_draft(actor, book, subject, text)
        elif text is not None:
            alert = _corrected(actor, book, alert_of(subject), text)
        else:
            alert = _signable(actor, alert_of(subject))
        signature = book.add(Signature(alert=alert, text_sha256=text_sha256(alert, alert.ask)))
        evidence = [alert.draft, *([alert.supersedes] if alert.supersedes else [])]
        book.audit(alert.id, evidence=evidence, signature=signature.id, text_sha256=signature.text_sha256)
        return alert


def _from_draft(actor: Actor, book: Ledger, draft: str, text: AlertText | None) -> Alert:
    snapshot = current()
    found = row(snapshot, "drafts", draft)
    only_invented_for_demo(actor, bool(found["invented"]))
    earlier = Alert.objects.filter(draft=draft).last()
    if earlier is not None:
        raise Refused("this draft was signed off already", draft, todo=f"Sign {earlier.id}, or correct it.")
    text = text or AlertText.of_draft(found)
    about = {name: found[name] or "" for name in ("situation", "territory")}
    flags = {"stale": bool(found["stale"]), "invented": bool(found["invented"])}
    return _add(book, Alert(draft=draft, run=snapshot.run, **about, **flags, **scales(found)), text)


def _corrected(actor: Actor, book: Ledger, old: Alert, text: AlertText) -> Alert:
    _check_open(actor, old)
    same = ("draft", "run", "situation", "territory", "urgency", "severity", "certainty", "stale", "invented")
    return _add(book, Alert(**{name: getattr(old, name) for name in same}, supersedes=old.id), text)


def _signable(actor: Actor, alert: Alert) -> Alert:
    _check_open(actor, alert)
    if alert.signatures.filter(who=actor.uid).exists():
        raise Refused(
            "you have signed this alert already", alert.id, "a second person", "the same person", "Ask a colleague to read and sign it."
        )
    return alert


def _check_open(actor: Actor, alert: Alert) -> None:
    only_invented_for_demo(actor, alert.invented)
    newer = newer_of(alert)
    if newer is not None:
        raise Refused("a corrected alert took the place of this one", alert.id, todo=f"Look at {newer.id}.")
    if hasattr(alert, "dispatch"):
        raise Refused(
            "this alert was issued already", alert.id, todo="What was issued stays as it is. Record a decision, or draft a new alert."
        )


def _add(book: Ledger, alert: Alert, text: AlertText) -> Alert:
    text.check(today())
    alert.headline, alert.description = text.headline.strip(), text.description.strip()
    alert.trigger_date, alert.standard_of_proof = text.trigger_date, text.standard_of_proof
    alert.unresolved = [check.strip() for check in text.unresolved if check.strip()]
    book.add(alert)
    book.add(Ask(alert=alert, addressee=text.addressee.strip(), ask=text.ask.strip(), due=text.due))
    return alert
