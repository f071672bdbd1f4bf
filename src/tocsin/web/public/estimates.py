"""Estimates in the reader's language: always with interval and word, never mixed with what is documented."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from tocsin.web import words
from tocsin.web.parts import Fig

METHODS = {
    "dga": "decomposable-graph averaging",
    "lcm": "latent classes",
    "loglinear": "log-linear models",
    "chao": "Chao's lower bound",
    "coverage": "sample coverage",
}


def estimate_view(row: dict[str, Any]) -> dict[str, Any]:
    """Return one estimate: its interval, its middle and what is documented, or why it was refused."""
    method = METHODS.get(row["method"], row["method"])
    share = words.pct(row["level"]) if row["level"] else ""
    base = {
        "quantity": row["quantity"] or "",
        "stratum": row["stratum"] or "",
        "method": method,
        "note": row["note"] or "",
        "refused": row["refused"] or "",
        "period": words.span(row["period_from"], row["period_to"]),
        "invented": bool(row["invented"]),
        "documented": None,
    }
    if row["documented"] is not None:
        text = words.num(row["documented"])
        base["documented"] = Fig(text, gettext("%(n)s, documented (at least)") % {"n": text}, (), id=row["id"])
    if base["refused"] or row["low"] is None or row["high"] is None:
        return {**base, "ends": None, "middle": None}
    ends = gettext("%(a)s to %(b)s") % {"a": words.num(row["low"]), "b": words.num(row["high"])}
    lines = (gettext("%(share)s interval.") % {"share": share} if share else "", gettext("Grade: computed"))
    return {
        **base,
        "ends": Fig(ends, gettext("%(ends)s, estimated") % {"ends": ends}, lines, id=row["id"]),
        "middle": Fig(
            words.num(row["median"]), gettext("%(n)s, estimated, the middle") % {"n": words.num(row["median"])}, (), id=row["id"]
        ),
    }
