"""Alerts and asks: To, Ask, By first, then state and clock, then what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.asks import Ask, counts, on_record
from tocsin.flow.read.asks import alerts as issued_alerts
from tocsin.flow.read.situations import Situation, situations
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public.clocks import Clock, clock_of
from tocsin.web.public.pages import page

#: How many asks of others the page shows before it points to the situations.
_SHOWN_OTHERS = 6


@dataclass(frozen=True)
class AskView:
    """Holds one card."""

    ask: Ask
    silence: Fig | None
    left: Fig | None
    origin: Fig
    clock: Clock | None
    about: Situation | None


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Show the alerts issued to the public with what was answered; of drafts and of alerts to an addressee alone, the count."""
    today = timezone.localdate()

    def build(published: Published) -> dict[str, Any]:
        shown, known = issued_alerts(published), situations(published)
        others = [ask for ask in on_record(published) if ask.addressee and not ask.invented]
        issued, drafts = counts(published)
        return {
            "alerts": ask_views(shown, today, known),
            "waiting": sum(1 for ask in shown if ask.waiting),
            "issued": issued,
            "closed": issued - len(shown),
            "drafts": drafts,
            "others": ask_views(others[:_SHOWN_OTHERS], today, known),
            "others_in_all": len(others),
            "invented_here": any(ask.invented for ask in shown),
        }

    return page(request, "public/alerts.html", build, name="alerts")


def ask_views(asks: Sequence[Ask], today: dt.date, situations: Sequence[Situation] = ()) -> list[AskView]:
    """Return the cards of some alerts and asks; each names its situation where `situations` holds it."""
    by_name = {name: situation for situation in situations for name in situation.names}
    return [_view(ask, today, by_name.get(ask.situation)) for ask in asks]


def _view(ask: Ask, today: dt.date, about: Situation | None) -> AskView:
    silent = ask.silence(today) if ask.waiting else None
    since = words.span(ask.sent or ask.day_of("t2"), ask.read_until or today)
    left = (
        (ask.due - (ask.read_until or today)).days if ask.due is not None and ask.due > (ask.read_until or today) and ask.waiting else None
    )
    return AskView(
        ask,
        Fig(words.days(silent), gettext("Time without an answer"), (since,), id=ask.id) if silent else None,
        Fig(words.days(left), gettext("Time left"), (gettext("Until %(day)s.") % {"day": words.day(ask.due)},), id=ask.id)
        if left
        else None,
        Fig(
            gettext("where this comes from"),
            gettext("Issued with two signatures") if ask.signed else gettext("On record in a source"),
            (),
            id=ask.id,
        ),
        clock_of(ask, today),
        about,
    )
