"""Estimates in the reader's language: always with interval and word, never mixed with what is documented."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tocsin.flow.read.casualties import Answer, Counted, too_few
from tocsin.flow.read.published import Row
from tocsin.web import words
from tocsin.web.parts import Fig, data

METHODS: dict[str, object] = {
    "dga": _("Average over graphs of dependence"),
    "lcm": _("Latent classes"),
    "loglinear": _("Log-linear model"),
    "chao": _("Lower bound (Chao)"),
    "coverage": _("Sample coverage"),
}
SHARES: tuple[tuple[str, object, object], ...] = (
    ("linkage", _("Who is who"), _("which records are one person (linkage)")),
    ("imputation", _("Values filled in"), _("what stood in for missing values (imputation)")),
    ("model", _("Choice of model"), _("which lists depend on which")),
    ("sampling", _("Chance"), _("who happened to be on which list (sampling)")),
)
#: A picture reaches this far beyond the highest interval of the methods; what goes on is cut and said to be.
BEYOND = 1.5


def heading(counted: Counted) -> SafeString:
    """Return what was counted and where, such as "People killed, Selmora"; words from the data keep their language."""
    quantity = format_html("{}", gettext("People killed")) if counted.quantity == "killed" else data(counted.quantity)
    parts = [quantity, format_html("{}", words.place_name(counted.place)), data(counted.stratum)]
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


def counted_view(counted: Counted) -> dict[str, Any]:
    """Return one quantity as cards show it: documented and estimated apart, or why there is no estimate."""
    return {
        "key": counted.key,
        "heading": heading(counted),
        "quantity": counted.quantity,
        "place": words.place_name(counted.place),
        "period": words.span(counted.period_from, counted.period_to),
        "invented": counted.invented,
        "withheld": counted.withheld,
        "documented": _documented(counted),
        "note": _rule(counted),
        "main": None if counted.withheld or counted.main is None else answer_view(counted.main),
        "spread": None if counted.withheld else _spread(counted),
        "bound": _bound(counted),
        "refused": [refusal_view(answer) for answer in counted.refused],
        "recall": None if counted.recall is None else words.pct(counted.recall),
        "biased": counted.biased,
    }


def answer_view(answer: Answer) -> dict[str, Any]:
    """Return one method's interval, its middle and its settings."""
    row = answer.row
    return {**_numbers(row), "method": words.word(METHODS, row["method"]), "settings": answer.settings, "note": row["note"] or ""}


def refusal_view(answer: Answer) -> dict[str, Any]:
    """Return why a method gave no number."""
    row = answer.row
    return {"id": row["id"], "method": words.word(METHODS, row["method"]), "settings": answer.settings, "why": row["refused"]}


def bar(row: Row, counted: Counted, top: float) -> dict[str, str]:
    """Return the geometry of a bar from zero: documented solid, the interval as a frame, the middle as a tick."""

    def place(value: float) -> float:
        return min(max(value / top, 0.0), 1.0) * 100 if top else 0.0

    start, end = place(row["low"]), place(row["high"])
    label = gettext("%(low)s to %(high)s, middle %(middle)s, estimated") % {
        "low": words.num(row["low"]), "high": words.num(row["high"]), "middle": words.num(row["median"]),
    }  # fmt: skip
    return {
        "label": label,
        "documented": f"{place(counted.documented or 0):.1f}",
        "start": f"{start:.1f}",
        "width": f"{max(end - start, 0.4):.1f}",
        "tick": f"{min(place(row['median']), 99.4):.1f}",
        "cut": "1" if row["high"] > top else "",
    }


def top_of(counted: Counted) -> float:
    """Return the end of the scale that all pictures of one quantity share."""
    highs = [answer.row["high"] for answer in (*counted.estimates, *counted.bounds)]
    others = [row["high"] for rows in counted.changed.values() for row in rows if row["high"] is not None]
    if not highs:
        return _rounded_up(float(max([counted.documented or 0, *others, 1])))
    return _rounded_up(min(max([*highs, *others]), BEYOND * max(highs)))


def _rounded_up(value: float) -> float:
    """Return the next number with two digits and zeros at or above `value`.

    >>> _rounded_up(4623.0)
    4700.0
    """
    step = 10.0 ** max(floor(log10(max(value, 1.0))) - 1, 0)
    return -(-value // step) * step


def shares_view(answer: Answer | None) -> list[dict[str, str]]:
    """Return where the doubt of an estimate comes from, in parts of a whole that can be drawn side by side."""
    if answer is None or answer.row["share_sampling"] is None:
        return []
    found, at = [], 0.0
    for name, text, help_text in SHARES:
        share = answer.row[f"share_{name}"]
        if share is None:
            continue
        found.append(
            {
                "name": name, "text": str(text), "help": str(help_text), "share": words.pct(share),
                "x": f"{100 * at:.2f}", "width": f"{100 * share:.2f}",
            }
        )  # fmt: skip
        at += share
    return found


def lists_view(counted: Counted) -> list[dict[str, Any]]:
    """Return how many people each list names; a small number is not printed."""
    sizes: dict[str, int | None] = dict(counted.about.get("lists") or {})
    shown = []
    for name, size in sorted(sizes.items(), key=lambda entry: (-(entry[1] or 0), entry[0])):
        text = words.num(size)
        title = gettext("%(n)s people on this list, documented (at least)") % {"n": text}
        shown.append(
            {"name": name, "size": None if size is None or too_few(size) else Fig(text, title, (), id=counted.documented_id, end=True)}
        )
    return shown


def changed_rows(counted: Counted, kind: str, top: float) -> list[dict[str, Any]]:
    """Return the estimates under one kind of other assumption, each with its bar or its reason."""
    return [
        {
            "what": _what(kind, row["what"]),
            "refused": row["refused"] or "",
            "note": row["note"] or "",
            **({} if row["refused"] else {**_numbers(row), "bar": bar(row, counted, top)}),
        }
        for row in counted.changed.get(kind, ())
    ]


def _what(kind: str, text: str) -> str:
    if kind == "left_out":
        return gettext("without %(name)s") % {"name": text}
    return text.replace("+", " + ") if kind == "joined" else text


def _numbers(row: Row) -> dict[str, Any]:
    ends = gettext("%(a)s to %(b)s") % {"a": words.num(row["low"]), "b": words.num(row["high"])}
    share = words.pct(row["level"]) if row["level"] else ""
    lines = (gettext("%(share)s interval.") % {"share": share} if share else "", gettext("Grade: computed"))
    middle = words.num(row["median"])
    return {
        "ends": Fig(ends, gettext("%(ends)s, estimated") % {"ends": ends}, lines, id=row["id"], end=True),
        "middle": Fig(middle, gettext("%(n)s, estimated, the middle") % {"n": middle}, lines, id=row["id"], end=True),
    }


def _documented(counted: Counted) -> Fig | None:
    if counted.documented is None or counted.withheld:
        return None
    text = words.num(counted.documented)
    return Fig(text, gettext("%(n)s, documented (at least)") % {"n": text}, (gettext("Grade: computed"),), id=counted.documented_id)


def _rule(counted: Counted) -> str:
    low, high = counted.about.get("minimum"), counted.about.get("maximum")
    if low is None or high is None:
        return ""
    said = [gettext("Different people, after records of the same person were put together; a minimum.")]
    if low != high:
        ends = {"low": words.num(low), "high": words.num(high)}
        said.append(gettext("Other ways to tell who is who give %(low)s to %(high)s.") % ends)
    said.append(_too_many(counted))
    return " ".join(filter(None, said))


def _too_many(counted: Counted) -> str:
    """Return by how many the documented number is too high for pairs that linking could not find; nothing where that is nobody."""
    value, low, high = counted.about.get("too_many") or (0, 0, 0)
    if not value:
        return ""
    return gettext("It is too high by about %(n)s (%(low)s to %(high)s): people whose records linking could not bring together.") % {
        "n": words.num(value),
        "low": words.num(low),
        "high": words.num(high),
    }


def _spread(counted: Counted) -> str:
    ends = counted.spread
    if ends is None or len(counted.estimates) < 2:
        return ""
    return gettext("The middles of %(n)s methods run from %(low)s to %(high)s.") % {
        "n": words.num(len({answer.row["method"] for answer in counted.estimates})),
        "low": words.num(ends[0]),
        "high": words.num(ends[1]),
    }


def _bound(counted: Counted) -> Fig | None:
    """Return the lower bound that allows each list its own reach, the first of the run."""
    if not counted.bounds or counted.withheld:
        return None
    row = counted.bounds[0].row
    text = words.num(row["median"])
    return Fig(text, gettext("%(n)s, a lower bound, estimated") % {"n": text}, (), id=row["id"])
