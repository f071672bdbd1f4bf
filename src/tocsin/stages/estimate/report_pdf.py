"""Writes the answer as one PDF page, from the same data as the HTML page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from tocsin.model.text import METHOD_NAMES
from tocsin.stages.estimate.report import Scale, people, percent

#: As many rows of each table of other assumptions fit on the page.
MOST_ROWS = 6
_SHARES = {
    "linkage": ("who is who (linkage)", "#1d1b17"),
    "imputation": ("filled-in values (imputation)", "#4d4840"),
    "model": ("choice of model", "#86560d"),
    "sampling": ("chance (sampling)", "#8b8373"),
}
_FOOT = (
    "An arrow: the interval goes on beyond the picture. Documented and estimated are never added: the estimate holds the "
    "documented people. A method without a number gives its reason. Every row stands in estimate.json beside this page."
)


def report_pdf(answer: Mapping[str, Any], title: str) -> bytes:
    """Return the page for an answer in the shape of `tocsin estimate --json`; equal answers give equal bytes."""
    import typst  # 0.1 s to load, so only where a PDF is asked for

    template = files("tocsin.stages.estimate").joinpath("templates", "report.typ").read_bytes()
    content = json.dumps(_content(answer, title), ensure_ascii=False)
    return bytes(typst.compile(template, format="pdf", sys_inputs={"data": content}))


def _content(answer: Mapping[str, Any], title: str) -> dict[str, Any]:
    scale = Scale(answer)
    said = [e for e in answer["estimates"] if e["refused"] is None]
    main = next((e for e in said if e["id"] == answer["main"]), None)
    return {
        "heading": "How many people: documented and estimated",
        "lists": " ".join([f"{title}.", _sizes(answer), *answer["notes"]]),
        "documented": people(answer["documented"]),
        "rule": " ".join(filter(None, [answer["documented_rule"], answer["documented_note"]])),
        "estimated": f"{people(main['low'])} to {people(main['high'])}" if main else "no number",
        "said": _said(answer, main),
        "warnings": answer["warnings"],
        "methods": [_row(_name(e), e, answer, scale, "named first" if e is main else "") for e in said],
        "refused": [f"{_name(e)}: {e['refused']}" for e in answer["estimates"] if e["refused"] is not None],
        "shares": _shares(main),
        "changed": _changed(answer, scale),
        "foot": _FOOT,
    }  # fmt: skip


def _said(answer: Mapping[str, Any], main: Mapping[str, Any] | None) -> str:
    if main is None:
        return "No method that allows for dependence between lists gave a number; the reasons are below."
    spread, recall = answer["spread"], answer["candidate_recall"]
    parts = [f"Middle {people(main['median'])}, by {METHOD_NAMES[main['method']].lower()} (named first by a fixed order of methods)."]
    parts.append(f"The middles of all methods run from {people(spread['low'])} to {people(spread['high'])}.")
    if main["probably_too_low"]:
        parts.append("It is probably too low: a lower bound lies above it.")
    if recall is not None:
        parts.append(f"Linking could find about {percent(recall)} of the true pairs.")
    return " ".join(parts)


def _changed(answer: Mapping[str, Any], scale: Scale) -> list[dict[str, Any]]:
    parts = (
        ("Each list left out", "Without", answer["leave_one_out"], "left_out"),
        ("Each two lists joined", "Joined", answer["merged_lists"], "joined"),
        ("What the prior decides", "Prior weight of a cell", answer["fan"], "settings"),
    )
    return [
        {
            "title": title,
            "first": first,
            "rows": [_row(_label(e[key]), e, answer, scale, "mostly its prior" if _mostly_prior(e) else "") for e in rows[:MOST_ROWS]],
            "more": f"{len(rows) - MOST_ROWS} more rows are in estimate.json." if len(rows) > MOST_ROWS else "",
        }
        for title, first, rows, key in parts
        if rows
    ]


def apart(name: str) -> str:
    """Return a name of any script so that the numbers and names beside it keep their places (first strong isolate)."""
    return f"\u2068{name}\u2069"


def _sizes(answer: Mapping[str, Any]) -> str:
    return ", ".join(f"{apart(entry['name'])} {people(entry['size'])}" for entry in answer["lists"]) + "."


def _label(text: str) -> str:
    return "+".join(apart(part) for part in text.split("+"))


def _row(label: str, e: Mapping[str, Any], answer: Mapping[str, Any], scale: Scale, mark: str) -> dict[str, Any]:
    known = e["median"] is not None
    places = {end: scale.percent(e[end]) if known else None for end in ("low", "median", "high")}
    return {
        "label": label,
        "mark": mark,
        "bar": {"documented": scale.percent(answer["documented"]), "cut": known and e["high"] > scale.most, **places},
        "median": people(e["median"]) if known else "refused",
        "ends": f"{people(e['low'])} to {people(e['high'])}" if known else "",
    }


def _shares(main: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    shares = main["shares"] if main else None
    if not shares or (shares["model"] is None and shares["sampling"] == 1):
        return []
    return [
        {"share": shares[name], "fill": fill, "text": f"{text} {percent(shares[name])}"}
        for name, (text, fill) in _SHARES.items()
        if shares[name] is not None
    ]


def _name(e: Mapping[str, Any]) -> str:
    return f"{METHOD_NAMES[e['method']]}, {e['settings'].removeprefix('lower bound, ')}"


def _mostly_prior(e: Mapping[str, Any]) -> bool:
    return bool(((e["details"] or {}).get("saturated_weight") or 0.0) > 0.5)
