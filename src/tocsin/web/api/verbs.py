"""What people do, each address one verb of `flow/actions`."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from tocsin.flow import actions
from tocsin.flow.actions.acting import today
from tocsin.flow.records import alert_of, view_of
from tocsin.web.api.shapes import AlertOut, IssueIn, JudgementIn, Made, RatingIn, ReleaseIn, SignatureIn, StepIn, Trouble

TROUBLE = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Trouble)
router = Router(tags=["what people do"])


@router.post("/pairs/{pair}/judgements", response={201: Made, **TROUBLE})
def judge_pair(request: HttpRequest, pair: str, given: JudgementIn) -> Status[Made]:
    """Record a judgement on a pair of records."""
    return Status(201, Made(id=actions.judge_pair(request.auth, pair, given.judgement, given.why).id))


@router.post("/pairs/{pair}/judgements/undo", response={201: Made, **TROUBLE})
def undo_judgement(request: HttpRequest, pair: str) -> Status[Made]:
    """Take back your own judgement on a pair; the history keeps both."""
    return Status(201, Made(id=actions.undo_judgement(request.auth, pair).id))


@router.post("/drafts/{subject}/signatures", response={201: AlertOut, **TROUBLE}, operation_id="sign_draft")
@router.post("/alerts/{subject}/signatures", response={201: AlertOut, **TROUBLE})
def sign_alert(request: HttpRequest, subject: str, given: SignatureIn) -> Status[AlertOut]:
    """Sign off a draft as an alert, or sign an alert as the second person."""
    return Status(201, _shown(actions.sign_alert(request.auth, subject, given.text.text() if given.text else None).id))


@router.post("/alerts/{alert}/dispatch", response={201: AlertOut, **TROUBLE})
def issue_alert(request: HttpRequest, alert: str, given: IssueIn) -> Status[AlertOut]:
    """Issue an alert that two people signed."""
    return Status(201, _shown(actions.issue_alert(request.auth, alert, given.audience).alert_id))


@router.post("/alerts/{alert}/decisions", response={201: AlertOut, **TROUBLE})
def record_decision(request: HttpRequest, alert: str, given: StepIn) -> Status[AlertOut]:
    """Record what the addressee did, or that nobody answered."""
    return Status(201, _shown(actions.record_decision(request.auth, alert, given.step()).alert_id))


@router.post("/publications/{publication}/releases", response={201: list[Made], **TROUBLE})
def sign_edition(request: HttpRequest, publication: str, given: ReleaseIn | None = None) -> Status[list[Made]]:
    """Sign an edition for release: every file of it, exactly these bytes."""
    signed = actions.sign_edition(request.auth, publication, given.correction if given else "")
    return Status(201, [Made(id=release.id) for release in signed])


@router.post("/situations/{situation}/ratings", response={201: Made, **TROUBLE})
def rate_indicator(request: HttpRequest, situation: str, given: RatingIn) -> tuple[int, Made]:
    """Record an answer to one indicator of a framework about one situation."""
    return 201, Made(id=actions.rate_indicator(request.auth, situation, given.indicator, given.text()).id)


def _shown(identifier: str) -> AlertOut:
    return AlertOut.of(view_of(alert_of(identifier), today()))
