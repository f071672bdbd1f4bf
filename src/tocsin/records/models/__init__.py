"""One file a subject; nothing here is edited once it was written."""

from tocsin.records.models.alerts import Acknowledgement, Alert, Ask, Dispatch, Signature
from tocsin.records.models.audit import AuditEntry, Citation
from tocsin.records.models.editions import Release
from tocsin.records.models.judgements import Judgement
from tocsin.records.models.ratings import Rating
from tocsin.records.models.responses import Decision
from tocsin.records.models.situations import LevelChange, Situation

#: Every kind of row that people write; the triggers, the check of the chain and the tests go through this list.
HISTORY = (Situation, LevelChange, Judgement, Rating, Alert, Ask, Signature, Dispatch, Acknowledgement, Decision, Release)

__all__ = [
    "HISTORY",
    "Acknowledgement",
    "Alert",
    "Ask",
    "AuditEntry",
    "Citation",
    "Decision",
    "Dispatch",
    "Judgement",
    "LevelChange",
    "Rating",
    "Release",
    "Signature",
    "Situation",
]
