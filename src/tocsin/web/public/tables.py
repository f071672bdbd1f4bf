"""CSV of exactly what a table shows, with the id by which each row opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tocsin.flow.read.cells import where
from tocsin.flow.read.risk import chosen, ordered
from tocsin.flow.read.risk import risk_rows as read_rows
from tocsin.flow.read.scorecard import cards
from tocsin.flow.read.situation import situation_page
from tocsin.flow.read.situations import situation
from tocsin.web.public import risk
from tocsin.web.public.errors import missing
from tocsin.web.public.pages import published

_RISK = [
    "id",
    "rank",
    "territory",
    "name",
    "target",
    "horizon_months",
    "probability",
    "low",
    "high",
    "climatology",
    "previous",
    "step",
    "window_from",
    "window_to",
    "issued_at",
    "origin",
    "window_state",
    "renew",
    "model",
    "reasons",
]
_SCORES = [
    "id",
    "target",
    "model",
    "metric",
    "value",
    "low",
    "high",
    "skill",
    "baseline",
    "rows",
    "events",
    "window_from",
    "window_to",
    "vintage",
]


@require_safe
def rank(request: HttpRequest) -> HttpResponse:
    """Send the rows of the table of risk that the same address would show as a page."""
    found = published()
    if found is None:
        return missing(request)
    choice = chosen(found, risk.choice_of(request))
    rows = read_rows(found, choice.target, choice.horizon)
    today = timezone.localdate()
    sorted_rows = ordered(rows, choice.sort)
    shown = risk.risk_rows(sorted_rows, choice, today, everything=request.GET.get("rows") == "all")
    by_id = {row.id: row for row in rows}
    lines = []
    for view in shown:
        if view.rest:
            continue
        row = by_id[view.figure.id]
        stamp = row.stamp
        lines.append(
            [
                row.id,
                row.rank,
                row.place.code,
                row.place.name,
                row.target,
                choice.horizon,
                row.probability,
                row.low,
                row.high,
                row.climatology,
                row.previous,
                row.step,
                stamp.window_from,
                stamp.window_to,
                stamp.issued_at,
                stamp.origin,
                stamp.state(today),
                stamp.renew,
                row.model,
                " | ".join(reason.text for reason in row.reasons),
            ]
        )
    return csv_file(f"tocsin-risk-{choice.target}-{choice.horizon}.csv", _RISK, lines)


@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Send the rows of a scorecard."""
    found = published()
    horizon = request.GET.get("horizon", "12")
    wanted = (request.GET.get("target"), int(horizon) if horizon.isdecimal() else 12)
    card = next((card for card in cards(found) if (card.target, card.horizon) == wanted), None) if found else None
    if card is None:
        return missing(request)
    lines = [
        [
            s.id,
            card.target,
            s.model,
            s.metric,
            s.value,
            s.low,
            s.high,
            s.skill,
            s.baseline,
            s.rows,
            s.events,
            card.window_from,
            card.window_to,
            s.vintage,
        ]
        for model in card.models
        for s in model.scores.values()
    ]
    return csv_file(f"tocsin-scores-{card.target}-{card.horizon}.csv", _SCORES, lines)


_TIMELINE = ["id", "kind", "date_from", "date_to", "precision", "title", "invented"]


@require_safe
def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """Send every entry of the timeline of one situation."""
    found = published()
    own = situation(found, slug) if found else None
    if found is None or own is None:
        return missing(request)
    lines = [
        [entry.id, "measure" if entry.measure else "event", entry.first, entry.last, entry.precision, entry.title, entry.invented]
        for entry in situation_page(found, own).timeline
    ]
    return csv_file(f"tocsin-timeline-{own.slug}.csv", _TIMELINE, lines)


_CELLS = ["id", "cell_south", "cell_west", "date_from", "date_to"]


@require_safe
def cells(request: HttpRequest, slug: str) -> HttpResponse:
    """Send every event that the map of a situation counts, with its cell."""
    found = published()
    own = situation(found, slug) if found else None
    drawn = where(found, own) if found and own else None
    if own is None or drawn is None:
        return missing(request)
    lines: list[list[object]] = [
        [row["id"], cell.south, cell.west, row["date_from"], row["date_to"]] for cell in drawn.cells for row in cell.events
    ]
    lines += [[row["id"], "", "", row["date_from"], row["date_to"]] for row in drawn.nowhere]
    return csv_file(f"tocsin-cells-{own.slug}.csv", _CELLS, lines)


def csv_file(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a CSV file; a cell that a spreadsheet would run as a formula is made plain text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_plain(cell) for cell in line] for line in lines])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell
