"""Publications and open data: every edition with its files, each in its state."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.accounts.roles import may
from tocsin.flow.read import Published
from tocsin.flow.read.editions import Edition, editions, file_of, open_data, unsigned
from tocsin.flow.read.feeds import feeds
from tocsin.web import words
from tocsin.web.parts import Fig
from tocsin.web.public.errors import missing
from tocsin.web.public.front import next_one
from tocsin.web.public.pages import page, published
from tocsin.web.public.tables import csv_file

#: Columns of the template for a list of one's own, with one invented line.
LIST_HEAD = ("list", "record", "name", "given", "father", "family", "date", "place", "sex", "age", "status", "duplicate_of", "consent")
LIST_LINE = ("hospital", "1", "Sera Tolan", "Sera", "Idan", "Tolan", "2011-05-03", "Lake Arin", "f", "34", "reported", "", "")
#: Columns of a table of counts by list, ready to be estimated.
COUNTS_HEAD = ("hospital", "press", "families", "count")
COUNTS_LINES = ((1, 0, 0, 120), (0, 1, 0, 80), (0, 0, 1, 60), (1, 1, 0, 30), (1, 0, 1, 25), (0, 1, 1, 18), (1, 1, 1, 9))


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Show every edition of texts."""

    def build(found: Published) -> dict[str, Any]:
        shown = editions(found)
        counts = {"drafts": unsigned(found), "signed": sum(1 for e in shown if e.signed)}
        return {"editions": [_edition(e) for e in shown], **counts, **next_one(found, timezone.localdate())}

    return page(request, "public/publications.html", build, name="publications")


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show open data, sources and licences, and how to bring one's own list."""

    def build(found: Published) -> dict[str, Any]:
        rows = feeds(found)
        return {
            **_open_data(found),
            "feeds": [{"feed": feed, "rows": words.num(feed.rows), "late": _late(feed)} for feed in rows],
            "columns": _columns(),
            "invented_here": any(feed.invented for feed in rows),
        }

    return page(request, "public/data.html", build, name="data")


@require_safe
def file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    """Send one file of an edition; a draft that is not offered in public is sent to the desk only, and says its state."""
    found = published()
    listed = file_of(found, identifier, drafts=may(request.user, "see_drafts")) if found else None
    if listed is None or listed[0].name != name:
        return missing(request)
    entry, edition, path = listed
    media = entry.media_type + ("; charset=utf-8" if entry.media_type.startswith("text/") else "")
    inline = entry.media_type in ("text/html", "text/plain", "application/json", "application/pdf")
    response = FileResponse(path.open("rb"), content_type=media, as_attachment=not inline, filename=entry.name)
    response["X-Tocsin-State"] = "signed" if edition.signed else "draft, not signed"
    response["ETag"] = f'"{entry.sha256}"'
    return response


@require_safe
def list_template(request: HttpRequest) -> HttpResponse:
    """Send the template for a list of one's own, with one invented line."""
    return csv_file("tocsin-list-template.csv", LIST_HEAD, [LIST_LINE])


@require_safe
def counts_template(request: HttpRequest) -> HttpResponse:
    """Send the template for a table of counts by list, with invented numbers."""
    return csv_file("tocsin-counts-template.csv", COUNTS_HEAD, COUNTS_LINES)


def _open_data(found: Published) -> dict[str, Any]:
    """Return the files of open data in one table; a signed edition, which has a state of its own, stands by itself."""
    shown = [_edition(edition) for edition in open_data(found)]
    drafts = [edition for edition in shown if not edition["e"].signed]
    return {
        "signed": [edition for edition in shown if edition["e"].signed],
        "drafts": drafts,
        "day": drafts[0]["e"].day if drafts else None,
    }


def _edition(edition: Edition) -> dict[str, Any]:
    files = [{"file": f, "size": _size(f.size), "short": f.sha256[:16]} for f in edition.files]
    shown = {"e": edition, "kind": words.word(words.KINDS, edition.kind), "files": files}
    return {**shown, "alone": [shown]}


def _size(size: int | None) -> str:
    if size is None:
        return ""
    if size >= 1_000_000:
        return gettext("%(n)s MB") % {"n": words.num(size / 1_000_000, 1)}
    return gettext("%(n)s kB") % {"n": words.num(max(1, round(size / 1000)))}


def _late(feed: Any) -> Fig | None:
    return Fig(words.days(feed.late_days), gettext("Late against its rhythm"), (), id=feed.item, end=True) if feed.late_days else None


def _columns() -> list[tuple[str, str, str]]:
    return [
        ("list", "source, source_dataset", gettext("Which list the record stands on. Needed for an estimate: three lists or more.")),
        ("record", "id, unique_id, rec_id", gettext("A number or code that is unique in its list. Never used to link.")),
        ("given", "first_name, given_name, fname", gettext("Given name, in any script.")),
        ("father", "father_name, middle_name", gettext("Father's or middle name, if known.")),
        ("family", "surname, last_name, family_name", gettext("Family name.")),
        ("date", "date_of_death, dod", gettext("Day as 2011-05-03, month as 2011-05, or year as 2011.")),
        ("place", "city, location, district", gettext("Place as written.")),
        ("sex", "gender", gettext("f, m or empty.")),
        ("age", "age_years", gettext("Age in whole years.")),
        ("status", "verification", gettext("reported, under verification, verified, rejected, duplicate-of.")),
    ]
