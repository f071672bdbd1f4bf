"""What the page of an origin says of a computed value: a sentence without codes, and a drawing of its interval."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from tocsin.flow.read.casualties import too_few
from tocsin.flow.read.places import place
from tocsin.model.targets import usual_name
from tocsin.web import words
from tocsin.web.parts import Interval, interval
from tocsin.web.public.estimates import METHODS

_COMPUTED = ("estimates", "sensitivities")


def said(kind: str, row: dict[str, Any]) -> str:
    """Return what a value is, in the reader's words; nothing where its own label says it best."""
    if kind == "forecasts" and row.get("window_from"):
        return gettext("%(target)s; %(place)s, %(window)s") % {
            "target": words.word(words.TARGETS, usual_name(row["target"])),
            "place": words.place_name(place(row["territory"])),
            "window": words.span(row["window_from"], row["window_to"]),
        }
    if kind == "figures" and row["indicator"] in words.INDICATORS:
        parts = (
            words.word(words.INDICATORS, row["indicator"]),
            words.place_name(place(row["territory"])) if row["territory"] else "",
            words.span(row["period_from"], row["period_to"], row["date_precision"] or "day"),
        )
        return "; ".join(part for part in parts if part)
    return ""


def method(kind: str, row: dict[str, Any]) -> str:
    """Return the name of the method in words; nothing where there is none."""
    if kind == "forecasts":
        return words.word(words.MODELS, row["method"] or "")
    if kind in _COMPUTED and row.get("method"):
        return gettext("Count of different people on the lists") if row["method"] == "documented" else words.word(METHODS, row["method"])
    return ""


def ends(kind: str, row: dict[str, Any]) -> str:
    """Return the interval of a value in words; counts of people are whole."""
    if kind in _COMPUTED and too_few(row["documented"]):
        return ""
    low, high = row.get("low"), row.get("high")
    if kind not in ("forecasts", "figures", *_COMPUTED) or low is None or high is None or low == high:
        return ""
    chance = kind == "forecasts" and row.get("probability") is not None
    shown = words.pct if chance else words.loose if kind == "figures" else words.num
    text = gettext("%(low)s to %(high)s") % {"low": shown(low), "high": shown(high)}
    level = row.get("level") if kind in _COMPUTED else 0.9 if kind == "forecasts" else None
    return gettext("%(share)s interval: %(ends)s") % {"share": words.whole_pct(level), "ends": text} if level else text


def drawing(kind: str, row: dict[str, Any]) -> Interval | None:
    """Return the interval of a chance, on a scale from 0 to 100%."""
    if kind != "forecasts" or row.get("probability") is None or row["low"] is None or row["high"] is None:
        return None
    return interval(ends(kind, row), row["low"], row["probability"], row["high"], 1.0, row.get("climatology"))


def bar(kind: str, row: dict[str, Any]) -> dict[str, str] | None:
    """Return the drawing of an estimate from zero: what is documented solid, the interval framed, the middle as a tick."""
    if kind not in _COMPUTED or row.get("low") is None or row["high"] is None or row.get("median") is None or too_few(row["documented"]):
        return None
    top = row["high"] * 1.1
    documented, low, high = (100 * (value or 0) / top for value in (row["documented"], row["low"], row["high"]))
    text = gettext("Documented, at least: %(documented)s. Estimated: %(ends)s. The line begins at zero.") % {
        "documented": words.num(row["documented"]),
        "ends": ends(kind, row),
    }
    return {
        "label": text,
        "documented": f"{documented:.1f}",
        "start": f"{low:.1f}",
        "width": f"{max(high - low, 0.4):.1f}",
        "tick": f"{100 * row['median'] / top:.1f}",
    }
