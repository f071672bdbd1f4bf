"""The search over everything the public pages show; an id leads to its origin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tocsin.flow.read import Published
from tocsin.flow.read.origin import origin
from tocsin.flow.read.places import place
from tocsin.flow.read.search import Group, Hit
from tocsin.flow.read.search import search as read
from tocsin.model.errors import NotFound
from tocsin.web import words
from tocsin.web.public import pages
from tocsin.web.public.pages import page

_LONGEST = 80
_HEADINGS = {
    "situation": _("Situations"),
    "territory": _("Forecasts"),
    "ask": _("Alerts and asks"),
    "edition": _("Publications"),
    "entry": _("What happened, and what was done?"),
    "document": _("Documents"),
    "measure": _("Toolbox"),
    "factor": _("Risk factors"),
    "indicator": _("Indicators"),
    "feed": _("Data"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a reader searched for, by kind."""
    wanted = request.GET.get("q", "").strip()[:_LONGEST]

    def build(published: Published) -> dict[str, Any]:
        groups = [_group(group) for group in read(published, wanted)]
        found = sum(len(group["hits"]) + group["more"] for group in groups)
        identifier = _as_id(published, wanted)
        return {
            "wanted": wanted,
            "groups": groups,
            "found": found,
            "found_shown": words.num(found),
            "identifier": identifier,
            "invented_here": any(hit["hit"].invented for group in groups for hit in group["hits"]),
        }

    return page(request, "public/search.html", build, name="search", keep=False)


def _as_id(published: Published, wanted: str) -> str:
    """Return `wanted` where it is the id of something that the public may open; else nothing."""
    if "-" not in wanted or " " in wanted:
        return ""
    try:
        found = origin(published, wanted.lower(), pages.public_people(), ())
    except NotFound:
        return ""
    return found.id if found else ""


def _group(group: Group) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "heading": _HEADINGS[group.kind],
        "hits": [{"hit": hit, "name": _name(hit)} for hit in group.hits],
        "more": group.more,
        "more_shown": words.num(group.more),
    }


def _name(hit: Hit) -> str:
    """Return the name of a territory in the reader's language; nothing for what is called as the data call it."""
    return words.place_name(place(hit.code)) if hit.code else ""
