"""What the addressee of an alert did: decided, acts, did, refused, or stayed silent."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from tocsin.records.history import History
from tocsin.records.models.alerts import Alert

#: State of an issued alert -> the states that may follow. A late answer may follow silence; a refusal may be reversed.
TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "open": ("acknowledged", "decided", "acting", "refused", "no_answer"),
    "acknowledged": ("decided", "acting", "refused", "no_answer"),
    "decided": ("acting", "done", "refused"),
    "acting": ("done", "refused"),
    "done": (),
    "refused": ("decided", "acting"),
    "no_answer": ("acknowledged", "decided", "acting", "refused"),
}


class Decision(History):
    """Is one step of the response: which body, what, on which day, and why."""

    PREFIX = "dec"
    STATES = ("decided", "acting", "done", "refused", "no_answer")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=16, choices=[(s, s) for s in STATES])
    by = models.CharField(max_length=200)
    on = models.DateField()
    why = models.TextField(max_length=4000)
