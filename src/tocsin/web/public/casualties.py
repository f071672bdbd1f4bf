"""The page of casualties: documented and estimated apart, each method, and all that an estimate hangs on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.casualties import KINDS, Counted, counted
from tocsin.flow.read.published import Row
from tocsin.web import words
from tocsin.web.public.casualty_kinds import kinds_view
from tocsin.web.public.errors import missing
from tocsin.web.public.estimates import answer_view, bar, changed_rows, counted_view, heading, lists_view, shares_view, top_of
from tocsin.web.public.pages import page, published
from tocsin.web.public.tables import csv_file

_COLUMNS = [
    "id", "about", "quantity", "territory", "what", "method", "settings", "documented", "low", "median", "high", "level", "refused",
    "candidate_recall", "share_linkage", "share_imputation", "share_model", "share_sampling", "note", "invented",
]  # fmt: skip


@require_safe
def casualties(request: HttpRequest) -> HttpResponse:
    """Show everything that the run counted and estimated."""

    def build(found: Published) -> dict[str, Any]:
        views = [_view(one) for one in counted(found)]
        return {"views": views, "invented_here": any(view["invented"] for view in views)}

    return page(request, "public/casualties.html", build, name="casualties")


@require_safe
def casualties_csv(request: HttpRequest) -> HttpResponse:
    """Send every row of the page; what is withheld there is withheld here."""
    found = published()
    if found is None:
        return missing(request)
    lines = []
    for one in counted(found):
        if one.withheld:
            continue
        answers = [answer.row for answer in (*one.estimates, *one.bounds, *one.refused)]
        documented = {"id": one.documented_id, "method": "documented", "documented": one.documented}
        shown: list[tuple[str, Row]] = [("documented", documented)]
        shown += [("lower bound" if row["method"] == "chao" else "estimated", row) for row in answers]
        shown += [(kind, row) for kind in KINDS for row in one.changed.get(kind, ())]
        lines += [_line(one, about, row) for about, row in shown]
    return csv_file("tocsin-casualties.csv", _COLUMNS, lines)


def _line(one: Counted, about: str, row: Row) -> list[object]:
    place = one.place.code if one.place else ""
    head = {"about": about, "quantity": one.quantity, "territory": place, "invented": one.invented}
    return [{**row, **head}.get(column) for column in _COLUMNS]


def _view(one: Counted) -> dict[str, Any]:
    """Return one quantity with every table that belongs to it."""
    top = top_of(one)
    view = counted_view(one)
    shares = shares_view(one.main)
    between = one.about.get("between_methods")
    methods = [
        {**answer_view(answer), "bar": bar(answer.row, one, top), "first": answer is one.main} for answer in (*one.estimates, *one.bounds)
    ]
    return {
        **view,
        "alone": [view],
        "heading": heading(one),
        "top": words.num(top),
        "warnings": one.warnings,
        "methods": methods,
        "between": words.pct(between) if between is not None else "",
        "shares": shares,
        "most": max(shares, key=lambda share: float(share["width"])) if shares else None,
        "shares_label": ", ".join(f"{share['text']} {share['share']}" for share in shares),
        "changed": [kind for kind in (_changed(one, name, top) for name in KINDS) if kind["rows"]],
        "lists": lists_view(one),
        "kinds": kinds_view(one),
        "records": words.num(one.about.get("records")),
    }


def _changed(one: Counted, kind: str, top: float) -> dict[str, Any]:
    titles = {
        "left_out": gettext("Each list left out"),
        "joined": gettext("Each two lists joined"),
        "prior": gettext("What the prior decides"),
    }
    says = {
        "left_out": gettext("A total that moves a lot hangs on that one list."),
        "joined": gettext("As if one of the two had copied from the other."),
        "prior": gettext("The weight of a cell before any list was read; where it moves the total, the lists alone do not decide it."),
    }
    columns = {"left_out": gettext("Without"), "joined": gettext("Joined"), "prior": gettext("Weight of a cell")}
    rows = changed_rows(one, kind, top)
    return {
        "title": titles[kind],
        "say": f"{says[kind]} {_range(one, kind)}".strip(),
        "caption": gettext("Made again from the best single clustering, on the same scale from 0 to %(top)s.") % {"top": words.num(top)},
        "column": columns[kind],
        "rows": rows,
    }


def _range(one: Counted, kind: str) -> str:
    middles = [row["median"] for row in one.changed.get(kind, ()) if row["median"] is not None]
    if not middles:
        return ""
    ends = {"low": words.num(min(middles)), "high": words.num(max(middles))}
    return gettext("The middles run from %(low)s to %(high)s.") % ends
