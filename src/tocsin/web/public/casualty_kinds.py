"""Documented people by status of the record, cause of death, civilian status, sex and age, each with its range."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tocsin.flow.read.casualties import Counted
from tocsin.web import words
from tocsin.web.parts import Fig

TITLES: dict[str, object] = {
    "status": _("Status of the record"),
    "cause": _("Cause of death"),
    "civilian_status": _("Civilian status"),
    "sex": _("Sex"),
    "age": _("Age"),
}
KINDS: dict[str, object] = {
    "reported": _("reported"),
    "under_verification": _("under verification"),
    "verified": _("verified"),
    "duplicate": _("duplicate of another record"),
    "heavy_weapons": _("heavy weapons and explosive munitions"),
    "planted_explosives": _("planted explosives"),
    "small_arms": _("small arms"),
    "incendiary": _("incendiary weapons"),
    "cbrn": _("chemical, biological, radiological or nuclear"),
    "electromagnetic": _("electromagnetic weapons"),
    "less_lethal": _("less lethal weapons"),
    "denial_of_objects": _("denial of what people need to survive"),
    "accidents": _("accidents related to the conflict"),
    "other": _("other means"),
    "civilian": _("civilian"),
    "other_protected": _("other protected person"),
    "armed_forces": _("member of armed forces"),
    "direct_participant": _("took a direct part in hostilities"),
    "m": _("men and boys"),
    "f": _("women and girls"),
    "adult": _("adults, 18 and older"),
    "child": _("children, under 18"),
    "unknown": _("not known"),
}


def kinds_view(counted: Counted) -> list[dict[str, Any]]:
    """Return one table for each way in which the records describe people; nothing where the count itself is withheld."""
    found: dict[str, list[dict[str, Any]]] = counted.about.get("kinds") or {}
    if counted.withheld:
        return []
    return [
        {"title": words.word(TITLES, name), "rows": [_row(kind, counted.documented_id) for kind in kinds]} for name, kinds in found.items()
    ]


def _row(kind: dict[str, Any], identifier: str) -> dict[str, Any]:
    name = words.word(KINDS, kind["value"])
    if kind["high"] is None:
        return {"name": name, "figure": None}
    low, high = words.num(kind["low"]), words.num(kind["high"])
    text = low if low == high else gettext("%(a)s to %(b)s") % {"a": low, "b": high}
    title = gettext("%(n)s people, documented (at least)") % {"n": text}
    return {"name": name, "figure": Fig(text, title, (), id=identifier, end=True)}
