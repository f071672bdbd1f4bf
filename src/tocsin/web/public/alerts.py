"""Alerts and asks as cards: To, Ask, By first, then state and clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tocsin.flow.read.asks import Ask
from tocsin.flow.read.situations import Situation
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public.clocks import Clock, clock_of


@dataclass(frozen=True)
class AskView:
    """Holds one card."""

    ask: Ask
    silence: Fig | None
    left: Fig | None
    origin: Fig
    clock: Clock | None
    about: Situation | None


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
