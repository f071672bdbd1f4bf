"""What people wrote, as readers need it: Arrow tables for the pipeline, states and clocks for pages.

State is derived here from rows and stored nowhere. People appear as opaque ids only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.model.computed import MESSAGE
from tocsin.model.errors import NotFound
from tocsin.model.fields import BOOL, DATE, INT, STRING, STRINGS, TIME, schema
from tocsin.records.models import (
    HISTORY,
    Alert,
    AuditEntry,
    Citation,
    Judgement,
    LevelChange,
    Rating,
    Release,
    Signature,
)
from tocsin.records.models.judgements import WITHDRAWN
from tocsin.records.verification import end_of_chain

RECORDS: Mapping[str, pa.Schema] = {
    "judgements": schema("id", "pair", "entity", "left", "right", "judgement", "who", ("at", TIME), ("why", STRING)),
    "ratings": schema(
        "id",
        "framework",
        "indicator",
        "situation",
        "answer",
        "confidence",
        "standard_of_proof",
        "rationale",
        ("evidence", STRINGS),
        ("dissents_from", STRING),
        "who",
        ("at", TIME),
    ),
    "alerts": schema(
        "id",
        "draft",
        *MESSAGE,
        "standard_of_proof",
        "state",
        ("audience", STRING),
        ("unresolved", STRINGS),
        ("invented", BOOL),
        ("created_at", TIME),
        ("issued_at", TIME),
    ),
    "decisions": schema("id", "alert", "state", "by", ("on", DATE), ("at", TIME), ("why", STRING)),
    "levels": schema("id", "situation", ("level", INT), ("why", STRING), "who", ("at", TIME)),
    "signatures": schema("id", "alert", "who", ("at", TIME)),
    "releases": schema(
        "id",
        "signature",
        "publication",
        ("draft_sha256", STRING),
        ("corrects", STRING),
        "run",
        "kind",
        "title",
        ("edition", DATE),
        "path",
        "sha256",
        "who",
        ("at", TIME),
        ("invented", BOOL),
    ),
}


def read_records() -> dict[str, pa.Table]:
    """Return what people wrote, one Arrow table a subject, in the order in which it was written."""
    rows: dict[str, Iterable[Mapping[str, Any]]] = {
        "judgements": (_columns("judgements", row) for row in judgements_in_force()),
        "ratings": ratings_in_force(),
        "alerts": (_alert_row(alert) for alert in _alerts() if newer_of(alert) is None),
        "decisions": (step for alert in _alerts() for step in steps(alert)),
        "levels": (_columns("levels", row) for row in LevelChange.objects.all()),
        "signatures": ({"id": s.id, "alert": s.alert_id, "who": s.who, "at": s.at} for s in Signature.objects.all()),
        "releases": releases(),
    }
    return {name: pa.Table.from_pylist([dict(row) for row in content], schema=RECORDS[name]) for name, content in rows.items()}


def stamp() -> str:
    """Return a value that changes with every act: a cheap key for pages that keep what they read."""
    return end_of_chain()[1]


def judgements_in_force() -> list[Judgement]:
    """Return the newest judgement of each person on each pair; those taken back are left out."""
    newest = {(row.pair, row.who): row for row in Judgement.objects.order_by("entry")}
    return [row for row in newest.values() if row.judgement != WITHDRAWN]


def judgements_of(pair: str) -> list[Judgement]:
    """Return the whole history of judgements on a pair, oldest first."""
    return list(Judgement.objects.filter(pair=pair).order_by("entry"))


def last_judged_by(who: str) -> Judgement | None:
    """Return the newest judgement of a person that was not taken back: what `undo` would take back."""
    last = Judgement.objects.filter(who=who).order_by("entry").last()
    return last if last is not None and last.judgement != WITHDRAWN else None


def ratings_in_force(situation: str | None = None) -> list[dict[str, Any]]:
    """Return the newest answer of each person to each question, with the evidence it cites; of one situation, or of all."""
    rows = _not_superseded(Rating)
    chosen = [row for row in rows if situation is None or row.situation == situation]
    entries = {e.sequence: e for e in AuditEntry.objects.filter(sequence__in=[row.entry for row in chosen])}
    plain = [name for name in RECORDS["ratings"].names if name != "evidence"]
    return [{**{n: getattr(row, n) for n in plain}, "evidence": _cited(entries[row.entry], row.dissents_from)} for row in chosen]


def _cited(entry: AuditEntry, dissents_from: str) -> list[str]:
    return [cited for cited in entry.facts()["evidence"] if cited != dissents_from]


def rating_in_force(who: str, situation: str, indicator: str) -> Rating | None:
    """Return a person's newest answer to one question."""
    return Rating.objects.filter(who=who, situation=situation, indicator=indicator).order_by("entry").last()


def alert_of(identifier: str) -> Alert:
    """Return the alert with this id.

    Raises:
        NotFound: there is none.
    """
    alert = _alerts().filter(id=identifier).first()
    if alert is None:
        raise NotFound("no alert has this id", identifier[:40], "an id such as alr-0123456789abcdef", todo="See: tocsin alerts list")
    return alert


def newer_of(alert: Alert) -> Alert | None:
    """Return the corrected alert that took the place of this one, if there is one."""
    return Alert.objects.filter(supersedes=alert.id).last()


def state_of(alert: Alert) -> str:
    """Return the state of an alert: superseded, signed_once, signed, or from `open` on the state of the response."""
    if newer_of(alert) is not None:
        return "superseded"
    if not hasattr(alert, "dispatch"):
        return "signed" if len({signature.who for signature in alert.signatures.all()}) > 1 else "signed_once"
    last = steps(alert)
    return str(last[-1]["state"]) if last else "open"


def steps(alert: Alert) -> list[dict[str, Any]]:
    """Return the steps of the response to an alert in the order in which they were recorded."""
    rows: list[Any] = list(alert.decisions.all())
    if hasattr(alert, "acknowledgement"):
        rows.append(alert.acknowledgement)
    names = ("id", "by", "on", "at", "why", "who")
    found = [
        {**{n: getattr(r, n) for n in names}, "alert": alert.id, "state": getattr(r, "state", "acknowledged"), "entry": r.entry}
        for r in rows
    ]
    return [{k: v for k, v in row.items() if k != "entry"} for row in sorted(found, key=lambda row: row["entry"])]


@dataclass(frozen=True)
class AlertView:
    """Holds an alert as pages show it: To, Ask, By first; then state, steps and clock points (None: not on record)."""

    alert: Alert
    addressee: str
    ask: str
    due: dt.date
    state: str
    overdue: bool
    audience: str | None
    signers: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]
    clock: Mapping[str, dt.date | None]

    @property
    def id(self) -> str:
        """Return the id of the alert."""
        return str(self.alert.id)


def view_of(alert: Alert, today: dt.date) -> AlertView:
    """Return `alert` as pages show it on the day `today`."""
    state, answer = state_of(alert), steps(alert)
    dispatch = getattr(alert, "dispatch", None)
    return AlertView(
        alert=alert,
        addressee=alert.ask.addressee,
        ask=alert.ask.ask,
        due=alert.ask.due,
        state=state,
        overdue=state in ("open", "acknowledged") and alert.ask.due < today,
        audience=dispatch.audience if dispatch else None,
        signers=tuple(signature.who for signature in alert.signatures.all()),
        steps=tuple(answer),
        clock=_clock(alert, answer),
    )


def alerts(today: dt.date, *, issued_only: bool = False, public_only: bool = False) -> list[AlertView]:
    """Return the alerts in force, newest first; `public_only` gives those issued to the public, for public pages."""
    found = [view_of(alert, today) for alert in _alerts().order_by("-entry") if newer_of(alert) is None]
    if public_only:
        return [view for view in found if view.audience == "public"]
    return [view for view in found if view.audience is not None or not issued_only]


def open_alerts(today: dt.date, *, public_only: bool = False) -> list[AlertView]:
    """Return the issued alerts that still wait for an answer, the longest overdue first."""
    waiting = ("open", "acknowledged", "no_answer")
    found = [view for view in alerts(today, issued_only=True, public_only=public_only) if view.state in waiting]
    return sorted(found, key=lambda view: view.due)


def counts(draft_ids: Iterable[str]) -> dict[str, int]:
    """Return how many alerts were issued, are signed and not issued, and how many of `draft_ids` nobody signed off yet."""
    states = [state_of(alert) for alert in _alerts()]
    taken = set(Alert.objects.values_list("draft", flat=True))
    signed = sum(state in ("signed_once", "signed") for state in states)
    issued = sum(state not in ("signed_once", "signed", "superseded") for state in states)
    return {"issued": issued, "signed": signed, "drafts": sum(1 for identifier in draft_ids if identifier not in taken)}


def releases() -> list[dict[str, Any]]:
    """Return every released file, oldest first, with the signature it stands under, the hash of the draft that was read, and what it corrects."""
    facts = {entry.subject: entry.facts()["facts"] for entry in AuditEntry.objects.filter(verb="sign_edition")}
    found = []
    for release in Release.objects.all():
        signature, _, path = release.path.partition("/")
        signed = facts.get(signature, {})
        fields = {name: getattr(release, name) for name in RECORDS["releases"].names if hasattr(release, name)}
        found.append(
            {**fields, "signature": signature, "draft_sha256": signed.get("drafts", {}).get(path), "corrects": signed.get("corrects")}
        )
    return found


def audit_of(subject: str) -> list[dict[str, Any]]:
    """Return the audit entries about `subject`, oldest first."""
    return [_entry(entry) for entry in AuditEntry.objects.filter(subject=subject).order_by("sequence")]


def citing(identifier: str) -> list[dict[str, Any]]:
    """Return what people did that rests on `identifier`: the forward links of `tocsin explain`."""
    links = Citation.objects.filter(cited=identifier).select_related("entry").order_by("entry_id")
    return [{"id": link.entry.subject, **_entry(link.entry)} for link in links]


def record(identifier: str) -> dict[str, Any] | None:
    """Return a row of history by its id, with its kind and the ids that it rests on; None where there is none."""
    for model in HISTORY:
        if identifier.startswith(f"{model.PREFIX}-"):
            row = model.objects.filter(id=identifier).first()
            if row is None:
                return None
            evidence = AuditEntry.objects.get(sequence=row.entry).facts()["evidence"]
            fields = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            return {**fields, "kind": model._meta.model_name, "evidence": evidence}
    return None


def _alerts() -> Any:
    related = Alert.objects.select_related("ask", "dispatch", "acknowledgement")
    return related.prefetch_related("signatures", "decisions")


def _alert_row(alert: Alert) -> dict[str, Any]:
    dispatch = getattr(alert, "dispatch", None)
    copied = (
        "id",
        "draft",
        "situation",
        "territory",
        "headline",
        "description",
        "trigger_date",
        "standard_of_proof",
        "unresolved",
        "invented",
    )
    return {
        **{name: getattr(alert, name) for name in copied},
        "addressee": alert.ask.addressee,
        "ask": alert.ask.ask,
        "due": alert.ask.due,
        "state": state_of(alert),
        "audience": dispatch.audience if dispatch else None,
        "created_at": alert.at,
        "issued_at": dispatch.at if dispatch else None,
    }


def _clock(alert: Alert, answer: list[dict[str, Any]]) -> dict[str, dt.date | None]:
    """Return t1 (first signature), t2 (issued), t3 (acknowledged), t4 (decision or refusal), t5 (measure starts), tE (trigger date)."""

    def first(*states: str) -> dt.date | None:
        days = [step["on"] for step in answer if step["state"] in states]
        return min(days) if days else None

    dispatch = getattr(alert, "dispatch", None)
    return {
        "t1": alert.at.date(),
        "t2": dispatch.at.date() if dispatch else None,
        "t3": first("acknowledged"),
        "t4": first("decided", "refused"),
        "t5": first("acting", "done"),
        "tE": alert.trigger_date,
    }


def _entry(entry: AuditEntry) -> dict[str, Any]:
    facts = entry.facts()
    return {
        "sequence": entry.sequence,
        "verb": entry.verb,
        "subject": entry.subject,
        "at": entry.at,
        "who": entry.who,
        "hash": entry.hash,
        "evidence": facts["evidence"],
        "facts": facts["facts"],
    }


def _columns(name: str, row: Any) -> dict[str, Any]:
    return {column: getattr(row, column) for column in RECORDS[name].names}


def _not_superseded(model: Any) -> list[Any]:
    rows = list(model.objects.order_by("entry"))
    gone = {row.supersedes for row in rows}
    return [row for row in rows if row.id not in gone]
