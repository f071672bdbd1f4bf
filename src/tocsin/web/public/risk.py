"""The table of risk in the reader's language: one view a row, its interval, its change and its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from tocsin import reference
from tocsin.flow.read.risk import QUESTIONS, SORTS, Choice, Reason, Risk, Stamp
from tocsin.model.errors import NotFound
from tocsin.model.targets import usual_name
from tocsin.web import forecast_words, words
from tocsin.web.parts import Fig, Interval, interval

#: Rows a reader sees before asking for all of them.
FIRST_ROWS = 12
#: Reasons beside a row of the table; the page of the territory has all of them.
SHOWN_REASONS = 2


@dataclass(frozen=True)
class RiskRow:
    """Holds one row as it is shown."""

    code: str
    rank: str
    name: str
    invented: bool
    reasons: tuple[Reason, ...]
    interval: Interval
    figure: Fig
    spoken: str
    ends: str
    shape: str
    change: str
    before: str
    step: int
    stale: str
    missing: int
    rest: bool


@dataclass(frozen=True)
class Notice:
    """Says beside a forecast what it speaks of, when it was issued, and what renews it."""

    state: str
    window: str
    origin: dt.date
    issued_at: dt.date | None
    renew: str

    @property
    def next_year(self) -> int:
        """Return the first year whose figures the forecast did not have."""
        return self.origin.year + 1


def choice_of(request: HttpRequest) -> Choice:
    """Return which forecast the address asks for; no target where it names none that is known."""
    target = request.GET.get("target", "")
    horizon = request.GET.get("horizon", "")
    sort = request.GET.get("sort", "")
    return Choice(
        target if target in QUESTIONS else "",
        int(horizon) if horizon in ("12", "24") else 12,
        sort if sort in SORTS else SORTS[0],
        request.GET.get("q", "").strip()[:80],
        request.GET.get("region", "") if request.GET.get("region", "") in forecast_words.REGIONS else "",
    )


def address(choice: Choice, *, everything: bool = False, **changed: object) -> str:
    """Return the query of a table: what is chosen, with some of it changed."""
    values: dict[str, object] = {
        "target": choice.target,
        "horizon": choice.horizon,
        "sort": choice.sort,
        "q": choice.query,
        "region": choice.region,
    }
    values.update(changed)
    if everything:
        values["rows"] = "all"
    plain = {"sort": SORTS[0], "q": "", "region": ""}
    return "?" + urlencode({key: value for key, value in values.items() if value != plain.get(key)})


def switch(stamps: Mapping[tuple[str, int], Stamp], choice: Choice, mark: str = "") -> list[dict[str, Any]]:
    """Return the questions that a reader may switch to, by their window; those about a window ahead first."""
    return grouped(
        [
            (target, horizon, address(choice, target=target, horizon=horizon) + mark, (target, horizon) == (choice.target, choice.horizon))
            for target, horizon in stamps
        ],
        stamps,
    )


def grouped(questions: Sequence[tuple[str, int, str, bool]], stamps: Mapping[tuple[str, int], Stamp] | None = None) -> list[dict[str, Any]]:
    """Return questions (target, months, address, shown now) under one name for each window, as `parts/switch.html` draws them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    windows = {(target.endswith("_ahead"), horizon): stamp for (target, horizon), stamp in (stamps or {}).items()}
    for target, horizon, link, current in sorted(questions, key=lambda one: not one[0].endswith("_ahead")):
        name = gettext("Year ahead") if target.endswith("_ahead") else gettext("%(n)s months") % {"n": words.num(horizon)}
        stamp = windows.get((target.endswith("_ahead"), horizon))
        if stamp is not None:
            name = gettext("%(name)s: %(window)s") % {"name": name, "window": words.span(stamp.window_from, stamp.window_to)}
        text = words.word(words.TARGETS_SHORT, usual_name(target))
        groups.setdefault(name, []).append({"text": text, "link": link, "current": current})
    return [{"name": name, "links": links} for name, links in groups.items()]


def risk_rows(rows: Sequence[Risk], choice: Choice, today: dt.date, *, everything: bool) -> tuple[RiskRow, ...]:
    """Return the rows as they are shown: all that hold the words sought; without words, the first and the rest marked as such."""
    wanted = fold(choice.query)
    top = scale(rows)
    views = [(_row(risk, top, today), risk) for risk in rows if not choice.region or region_of(risk.place.code) == choice.region]
    if wanted:
        views = [
            (view, risk)
            for view, risk in views
            if wanted in fold(f"{view.name} {risk.place.name} {' '.join(reason.text for reason in view.reasons[:SHOWN_REASONS])}")
        ]
    keep_all = everything or bool(wanted or choice.region)
    return tuple(view if keep_all or number < FIRST_ROWS else _rest(view) for number, (view, _) in enumerate(views))


def region_of(code: str) -> str:
    """Return the continent, or the part of one, that readers filter by; nothing where the territory has none."""
    try:
        found = reference.territory(code)
    except NotFound:
        return ""
    return found.region if found.region in forecast_words.REGIONS else found.continent if found.continent in forecast_words.REGIONS else ""


def _rest(view: RiskRow) -> RiskRow:
    return RiskRow(**{**view.__dict__, "rest": True})


def fold(text: str) -> str:
    """Return `text` as it is searched: lower case, without accents."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()


def scale(rows: Sequence[Risk]) -> float:
    """Return the end of the common scale: the highest upper end, rounded up to the next tenth."""
    highest = max((risk.high if risk.high is not None else risk.probability for risk in rows), default=1.0)
    return min(1.0, max(0.1, -(-highest * 10 // 1) / 10))


def _row(risk: Risk, top: float, today: dt.date) -> RiskRow:
    name = words.place_name(risk.place)
    value = words.pct(risk.probability)
    ends = ""
    if risk.low is not None and risk.high is not None:
        ends = gettext("%(low)s to %(high)s") % {"low": words.pct(risk.low), "high": words.pct(risk.high)}
    title = gettext("%(place)s: %(value)s") % {"place": name, "value": f"{value} ({ends})" if ends else value}
    label = gettext("%(place)s: the model gives %(value)s, 90%% interval %(ends)s") % {"place": name, "value": value, "ends": ends or value}
    shape, change, before = _change(risk)
    return RiskRow(
        code=risk.place.code,
        rank=words.num(risk.rank),
        name=name,
        invented=risk.place.invented,
        reasons=risk.reasons[:3],
        interval=interval(label, risk.low, risk.probability, risk.high, top, risk.climatology),
        figure=Fig(value, title, card_lines(risk, today), id=risk.id, end=True),
        spoken=_spoken(risk.probability),
        ends=ends,
        shape=shape,
        change=change,
        before=before,
        step=risk.step,
        stale=stale_words(risk.stamp, today),
        missing=len(risk.missing),
        rest=False,
    )


def _spoken(probability: float) -> str:
    """Return a probability in words: about 14 in 100, and the likelihood word where a band holds it."""
    word = words.likelihood(probability)
    said = words.in_hundred(probability)
    return gettext("%(a)s, %(b)s") % {"a": said, "b": word} if word else said


def card_lines(risk: Risk, today: dt.date) -> tuple[str, ...]:
    """Return what the card of a probability says: of what, for when, from which data, and whether it still warns."""
    stamp = risk.stamp
    window = words.span(stamp.window_from, stamp.window_to)
    lines = [
        gettext("Chance of %(target)s in %(window)s.") % {"target": words.word(words.TARGETS, risk.target), "window": window},
        gettext("Model: %(model)s. Data to %(origin)s.")
        % {"model": words.word(words.MODELS, risk.model), "origin": words.day(stamp.origin)},
    ]
    if risk.climatology is not None:
        lines.append(gettext("Base rate of all countries: %(share)s.") % {"share": words.pct(risk.climatology)})
    if stamp.issued_at:
        lines.append(gettext("Issued %(day)s.") % {"day": words.day(stamp.issued_at)})
    state = stale_words(stamp, today)
    if state:
        lines.append(state[:1].upper() + state[1:] + ".")
    lines.append(gettext("Grade: model, not reviewed"))
    return tuple(lines)


def stale_words(stamp: Stamp, today: dt.date) -> str:
    """Return that the window has begun or passed; nothing where it lies ahead."""
    state = stamp.state(today)
    if state == "ahead":
        return ""
    return gettext("window has passed") if state == "passed" else gettext("window has begun")


def notice(rows: Sequence[Risk], today: dt.date) -> Notice | None:
    """Return the notice of the forecast that the rows share."""
    if not rows:
        return None
    stamp = rows[0].stamp
    return Notice(stamp.state(today), words.span(stamp.window_from, stamp.window_to), stamp.origin, stamp.issued_at, stamp.renew)


def _change(risk: Risk) -> tuple[str, str, str]:
    if risk.previous is None or risk.previous_rank is None:
        return ("", "", "")
    moved = risk.previous_rank - risk.rank
    before = gettext("rank %(rank)s before, with %(share)s") % {"rank": words.num(risk.previous_rank), "share": words.pct(risk.previous)}
    places = words.num(abs(moved))
    if moved > 0:
        return ("s-up", ngettext("up %(n)s rank", "up %(n)s ranks", moved) % {"n": places}, before)
    if moved < 0:
        return ("s-down", ngettext("down %(n)s rank", "down %(n)s ranks", -moved) % {"n": places}, before)
    return ("s-same", gettext("same rank"), before)
