"""What anyone may read: alerts that were issued to the public."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from tocsin.flow import records
from tocsin.flow.actions.acting import today
from tocsin.web.api.shapes import AlertOut

router = Router(tags=["published"])


@router.get("/alerts", response=list[AlertOut], auth=None)
def alerts(request: HttpRequest) -> list[AlertOut]:
    """Return the alerts issued to the public, newest first."""
    return [AlertOut.of(view) for view in records.alerts(today(), public_only=True)]
