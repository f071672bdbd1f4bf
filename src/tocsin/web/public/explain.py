"""Where a number comes from: value, tree to the files, used by, and a button that checks the hashes now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tocsin.accounts.roles import may
from tocsin.flow.read import Published
from tocsin.flow.read.casualties import too_few
from tocsin.flow.read.figures import figure_of
from tocsin.flow.read.origin import OPENED_BY, check_files, is_invented, origin, row_of
from tocsin.flow.read.risk import stamp_of
from tocsin.web import parts, words
from tocsin.web.public import explained, pages
from tocsin.web.public.figures import figure_view
from tocsin.web.public.pages import page
from tocsin.web.public.risk import Notice
from tocsin.web.public.tree import depth, tree

_CHECK_AT_MOST = 50
#: Kinds whose value a method computed; shown as estimated.
_ESTIMATED = ("estimates", "sensitivities", "forecasts")


@require_safe
def explain(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the origin of one id; `?verify=1` reads the files again and compares their hashes.

    Those who may see drafts at the desk see here what a draft rests on, and what people wrote.
    """
    verify = request.GET.get("verify") == "1"
    moment = timezone.now()
    opened = tuple(kind for permission, kinds in OPENED_BY.items() if may(request.user, permission) for kind in kinds)

    def build(published: Published) -> dict[str, Any] | None:
        return context(published, identifier, moment, verify=verify, opened=opened)

    return page(request, "public/explain.html", build, name="explain", key=(moment if verify else "", opened))


def context(
    published: Published, identifier: str, moment: dt.datetime, *, verify: bool, opened: Collection[str] = ()
) -> dict[str, Any] | None:
    """Return the page in the reader's language; None where nothing that the reader may see has this id."""
    found = origin(published, identifier, pages.desk_people() if opened else pages.public_people(), opened)
    if found is None:
        return None
    row = row_of(published, found.id)
    checked = check_files(published, found.files[:_CHECK_AT_MOST]) if verify else ()
    return {
        "found": found,
        "kind": found.kind,
        "earlier": "" if found.run == published.run else found.run,
        "value": _value(found.kind, row) or parts.data(found.value or ""),
        "grade": _grade(found.kind, row),
        "estimated": _is_estimated(found.kind, row),
        "said": explained.said(found.kind, row),
        "method": explained.method(found.kind, row),
        "ends": explained.ends(found.kind, row),
        "drawing": explained.drawing(found.kind, row),
        "bar": explained.bar(found.kind, row),
        "tree": tree(found.tree),
        "steps": depth(found.tree),
        "used_by": found.used_by,
        "more_uses": max(0, found.used_by_total - len(found.used_by)),
        "not_it": _not_it(found.kind, row),
        "notice": _notice(found.kind, row),
        "verify": verify,
        "checked": checked,
        "whole": sum(1 for one in checked if one.whole),
        "moment": moment,
        "invented_here": is_invented(published, found.id),
        "why_link": f"/forecasts/{row['territory']}?target={row['target']}&horizon={row['horizon_months']}#why" if found.why else "",
        "crumb": words.place_name(_place(row)) if row.get("territory") else "",
    }


def _is_estimated(kind: str, row: dict[str, Any]) -> bool:
    """Return True where a method computed the value; the table of estimates also holds documented counts."""
    return kind in _ESTIMATED and row.get("method") != "documented"


def _grade(kind: str, row: dict[str, Any]) -> str:
    if _is_estimated(kind, row):
        return gettext("Estimated")
    return gettext("Documented (at least)") if kind in ("figures", "estimates") else ""


def _place(row: dict[str, Any]) -> Any:
    from tocsin.flow.read.places import place

    return place(row["territory"])


def _value(kind: str, row: dict[str, Any]) -> str:
    if kind == "figures":
        return words.quantity(row["value"], row["low"], row["high"], row["qualifier"] or "exact")
    if kind == "forecasts" and row["probability"] is not None:
        return words.pct(row["probability"])
    if kind in ("estimates", "sensitivities"):
        return _estimate(row)
    if kind == "scores":
        return words.num(row["value"], 3)
    if kind == "assessments":
        return words.word(words.ANSWERS, row["answer"])
    if kind == "clocks":
        return words.day(row["date"], row["date_precision"] or "unknown") or gettext("not recorded")
    return ""


def _estimate(row: dict[str, Any]) -> str:
    """Return the middle of an estimate, the reason's word, or the documented count; a count too small to print is withheld."""
    if too_few(row["documented"]):
        return gettext("withheld")
    if row["method"] == "documented":
        return gettext("at least %(n)s") % {"n": words.num(row["documented"])}
    return gettext("refused") if row["refused"] or row["median"] is None else words.num(row["median"])


def _not_it(kind: str, row: dict[str, Any]) -> list[str]:
    """Return what the value is not, so that nobody takes it for more."""
    if kind == "figures":
        said = [gettext("Not an estimate: what nobody recorded is not in it.")]
        view = figure_view(figure_of(row))
        if row["relation"] in ("rounded_of", "subset_of") or row["qualifier"] in ("forecast", "crowd"):
            said.append(view.kind[:1].upper() + view.kind[1:] + ".")
        if row["conflict_group"]:
            said.append(gettext("Not the only figure: another source counts the same thing differently, and both stand."))
        return said
    if kind == "forecasts":
        return [
            gettext("Not a fact: the model gives it from the years before, and nobody has reviewed it."),
            gettext("Not a judgement on any person or group."),
        ]
    if row.get("method") == "documented":
        return [gettext("Not an estimate: what nobody recorded is not in it.")]
    if kind in ("estimates", "sensitivities"):
        return [gettext("Not a count: it includes deaths that no list recorded, and rests on assumptions that its method states.")]
    return []


def _notice(kind: str, row: dict[str, Any]) -> Notice | None:
    if kind != "forecasts" or row["window_from"] is None:
        return None
    stamp = stamp_of(row)
    state = stamp.state(timezone.localdate())
    return Notice(state, words.span(stamp.window_from, stamp.window_to), stamp.origin, stamp.issued_at, stamp.renew)
