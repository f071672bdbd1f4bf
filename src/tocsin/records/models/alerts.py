"""Alerts: the reviewed text, its one ask, the signatures, the dispatch and the acknowledgement.

The state of an alert is derived from these rows (`flow/records.py`) and stored nowhere.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models

from tocsin.model.grades import CAP_CERTAINTY, CAP_SEVERITY, CAP_URGENCY, STANDARDS_OF_PROOF
from tocsin.records.history import History, canonical, plain


class Alert(History):
    """Is the text that people sign, made from a machine's draft; a corrected text is a new alert that supersedes."""

    PREFIX = "alr"

    draft = models.CharField(max_length=80, db_index=True)
    run = models.CharField(max_length=64)
    situation = models.CharField(max_length=64, blank=True)
    territory = models.CharField(max_length=3, blank=True)
    headline = models.CharField(max_length=200)
    description = models.TextField(max_length=8000, blank=True)
    trigger_date = models.DateField(null=True, blank=True)
    standard_of_proof = models.CharField(max_length=40, choices=[(s, s) for s in STANDARDS_OF_PROOF])
    urgency = models.CharField(max_length=16, choices=[(s, s) for s in CAP_URGENCY], default="Unknown")
    severity = models.CharField(max_length=16, choices=[(s, s) for s in CAP_SEVERITY], default="Unknown")
    certainty = models.CharField(max_length=16, choices=[(s, s) for s in CAP_CERTAINTY], default="Unknown")
    unresolved = models.JSONField(default=list, blank=True)
    stale = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)
    supersedes = models.CharField(max_length=24, blank=True)


class Ask(History):
    """Is the one thing that an alert asks, of one addressee, by one day."""

    PREFIX = "ask"

    alert = models.OneToOneField(Alert, models.PROTECT, related_name="ask")
    addressee = models.CharField(max_length=200)
    ask = models.CharField(max_length=500)
    due = models.DateField()


class Signature(History):
    """Says that a person stands behind exactly this text; one signature a person."""

    PREFIX = "sgn"

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="signatures")
    text_sha256 = models.CharField(max_length=64)

    class Meta(History.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "who"], name="one_signature_a_person")
        ]


class Dispatch(History):
    """Is the moment at which an alert was issued; each alert is issued once."""

    PREFIX = "dsp"
    AUDIENCES = ("addressee", "public")

    alert = models.OneToOneField(Alert, models.PROTECT, related_name="dispatch")
    audience = models.CharField(max_length=16, choices=[(a, a) for a in AUDIENCES])


class Acknowledgement(History):
    """Says that the addressee confirmed the receipt of an alert, and on which day."""

    PREFIX = "ack"

    alert = models.OneToOneField(Alert, models.PROTECT, related_name="acknowledgement")
    by = models.CharField(max_length=200)
    on = models.DateField()
    why = models.TextField(max_length=4000, blank=True)


def text_sha256(alert: Alert, ask: Ask) -> str:
    """Return the SHA-256 of what a signature covers: headline, description, standard, dates, addressee and ask."""
    parts = (alert.headline, alert.description, alert.standard_of_proof, plain(alert.trigger_date), ask.addressee, ask.ask, plain(ask.due))
    return hashlib.sha256(canonical(parts).encode()).hexdigest()
