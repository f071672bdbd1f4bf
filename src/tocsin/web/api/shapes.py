"""What the API takes and gives; unknown keys are refused."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

from tocsin.flow.actions.alert_text import AlertText
from tocsin.flow.actions.rate_indicator import RatingText
from tocsin.flow.actions.record_decision import Step
from tocsin.flow.records import AlertView

Short = Annotated[str, StringConstraints(max_length=500)]
Long = Annotated[str, StringConstraints(max_length=8000)]


class Given(Schema):
    """Is the base of what comes in."""

    model_config = ConfigDict(extra="forbid")


class JudgementIn(Given):
    """Holds a judgement on a pair."""

    judgement: Literal["positive", "negative", "unsure"]
    why: Annotated[str, StringConstraints(max_length=4000)] = ""


class TextIn(Given):
    """Holds the text of an alert as the signer corrects it."""

    headline: Short
    addressee: Short
    ask: Short
    due: dt.date
    standard_of_proof: Short
    description: Long = ""
    trigger_date: dt.date | None = None
    unresolved: list[Short] = Field(default_factory=list)

    def text(self) -> AlertText:
        """Return it as the verb takes it."""
        return AlertText(**{**self.dict(), "unresolved": tuple(self.unresolved)})


class SignatureIn(Given):
    """Signs a text as it stands, or as corrected."""

    text: TextIn | None = None


class IssueIn(Given):
    """Says who may read an alert."""

    audience: Literal["addressee", "public"]


class ReleaseIn(Given):
    """Says what was wrong in the edition signed last, where this one corrects it."""

    correction: Annotated[str, Field(max_length=500)] = ""


class StepIn(Given):
    """Holds one step of a response; `by` names a body, never a person."""

    state: Literal["acknowledged", "decided", "acting", "done", "refused", "no_answer"]
    by: Short
    on: dt.date
    why: Annotated[str, StringConstraints(max_length=4000)] = ""

    def step(self) -> Step:
        """Return it as the verb takes it."""
        return Step(self.state, self.by, self.on, self.why)


class RatingIn(Given):
    """Holds an answer to one indicator; two people must answer before it is published."""

    indicator: Short
    answer: Literal["present", "absent", "unknown"]
    confidence: Literal["low", "medium", "high"]
    rationale: Annotated[str, StringConstraints(max_length=4000)]
    standard_of_proof: Short = ""
    evidence: list[Short] = Field(default_factory=list)
    dissents_from: Short = ""

    def text(self) -> RatingText:
        """Return it as the verb takes it."""
        return RatingText(**{**self.dict(exclude={"indicator"}), "evidence": tuple(self.evidence)})


class Made(Schema):
    """Names what a verb added."""

    id: str


class AlertOut(Schema):
    """Shows an alert; people are opaque ids and left out here."""

    id: str
    draft: str
    headline: str
    addressee: str
    ask: str
    due: dt.date
    trigger_date: dt.date | None
    territory: str
    state: str
    overdue: bool
    audience: str | None
    signatures: int
    clock: dict[str, dt.date | None]
    invented: bool

    @classmethod
    def of(cls, view: AlertView) -> AlertOut:
        """Return `view` in this shape."""
        alert = view.alert
        copied = {name: getattr(alert, name) for name in ("draft", "headline", "trigger_date", "territory", "invented")}
        seen = {name: getattr(view, name) for name in ("id", "addressee", "ask", "due", "state", "overdue", "audience")}
        return cls(**copied, **seen, signatures=len(view.signers), clock=dict(view.clock))


class Trouble(Schema):
    """Is the one shape of every error."""

    error: str
    what: str
    where: str
    expected: str
    got: str
    todo: str
