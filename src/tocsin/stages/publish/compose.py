"""Composes a digest from tables: items into the four sections, figures beside their sources, risk with its window."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.model.tables import Row
from tocsin.model.text import day, in_hundred, method, number, people, percent, words
from tocsin.stages.publish.edition import SECTIONS, Clash, Digest, Figure, Item, Risk, Section

#: Figures that may stand in a summary: what was counted, not a crowd, an order or a forecast.
COUNTED = ("exact", "at_least", "about")
HARM = ("killed", "injured", "missing", "displaced", "refugees", "idps", "in_need", "not_reached", "homes_destroyed", "abducted")
QUALIFIER = {"at_least": "at least ", "about": "about "}
SUMMARY = 6
#: The questions that a table of risk may be ranked by, the one that still warns first.
RANKED_BY = ("one_sided_100_ahead", "one_sided_100")


@dataclass(frozen=True)
class Material:
    """Holds the rows a digest is made from, the names of territories, and the day of the edition."""

    documents: Sequence[Row]
    figures: Sequence[Row]
    estimates: Sequence[Row]
    forecasts: Sequence[Row]
    signals: int
    drafts: int
    names: Mapping[str, str]
    edition: dt.date


def compose_digest(material: Material, state: str, signed: str | None = None, risks: int = 10) -> Digest:
    """Return the digest of the newest issue on hand: real items where there are any, else those of the invented country.

    Real and invented material never stand in one issue. Contents, numbers and links follow from the
    items; a figure that nobody is named for is left to the situation page and out of the summary.
    """
    items, invented = _newest_issue(material.documents)
    sections = _sections(items, material, invented)
    shown = risk_table(material, risks)
    return Digest(
        title="Tocsin digest",
        edition=material.edition,
        state=state,
        invented=invented,
        sections=sections,
        clashes=() if invented else _clashes(material),
        risks=shown,
        stale_note=stale_note(shown),
        signals=material.signals,
        drafts=material.drafts,
        signed=signed,
    )


def _newest_issue(documents: Sequence[Row]) -> tuple[list[Row], bool]:
    digests = {d["id"] for d in documents if d["kind"] == "digest"}
    items = [d for d in documents if d["kind"] == "item" and d["parent"] in digests]
    real = [d for d in items if not d["invented"]]
    pool = real or items
    if not pool:
        return [], True
    dates = {d["id"]: d["date"] for d in documents}
    newest = max({d["parent"] for d in pool}, key=lambda parent: (dates.get(parent) or dt.date.min, parent))
    return [d for d in pool if d["parent"] == newest], not real


def _sections(items: Sequence[Row], material: Material, invented: bool) -> tuple[Section, ...]:
    by_section: dict[str, list[Row]] = defaultdict(list)
    for row in items:
        by_section[_section_of(row)].append(row)
    lead = _lead(by_section["II"], material.documents, invented)
    summary = _summary(lead, items, material) if lead else ()
    sections = []
    for numeral, title in SECTIONS:
        rows = sorted(by_section[numeral], key=lambda r: (r["number"] or 0, r["span_start"] or 0, r["id"]))
        heading = f"{material.names.get(lead, lead)}: {title.lower()}" if numeral == "II" and lead else title
        entries = tuple(_item(row, n, material.names) for n, row in enumerate(rows, start=1))
        sections.append(Section(numeral, heading, summary if numeral == "II" else (), entries))
    return tuple(sections)


def _section_of(row: Row) -> str:
    """Return the section an item goes to: its own; without one, or with one that a digest has not, by whether it is about a territory."""
    if row["section"] in dict(SECTIONS):
        return str(row["section"])
    return "III" if row["territory"] else "IV"


def _lead(rows: Sequence[Row], documents: Sequence[Row], invented: bool) -> str | None:
    """Return the territory that the second section is about: the one most of its texts name."""
    parents = {r["parent"] for r in rows}
    about = [r["territory"] for r in rows] + [
        d["territory"] for d in documents if d["kind"] == "section_summary" and d["section"] == "II" and d["parent"] in parents
    ]
    named = Counter(code for code in about if code)
    if not named:
        return "XSE" if invented and rows else None
    return min(named, key=lambda code: (-named[code], code))


def _summary(lead: str, items: Sequence[Row], material: Material) -> tuple[Figure, ...]:
    files = {row["item"] for row in items}
    fitting = [
        f
        for f in material.figures
        if f["territory"] == lead and f["item"] in files and f["indicator"] in HARM and f["qualifier"] in COUNTED and f["relation"] is None
    ]
    ordered = sorted(fitting, key=lambda f: (HARM.index(f["indicator"]), -(f["value"] or 0), f["id"]))
    unique: dict[tuple[str, float], Row] = {}
    for row in ordered:
        unique.setdefault((row["indicator"], row["value"]), row)
    counted = [_figure(row) for row in list(unique.values())[:SUMMARY]]
    estimated = [_estimate(e) for e in material.estimates if e["territory"] == lead and e["median"] is not None and not e["refused"]]
    return (*counted, *estimated[:2])


def _figure(row: Row) -> Figure:
    value = f"{QUALIFIER.get(row['qualifier'] or '', '')}{number(row['value'])}"
    when = day(row["as_of"] or row["period_to"] or row["period_from"], row["date_precision"])
    meaning = row["definition"] or f"{words(row['indicator'])}, {row['place'] or row['territory']}"
    return Figure(row["id"], value, meaning, when, row["said_by"] or "the document itself", "documented")


def _estimate(row: Row) -> Figure:
    value = f"{people(row['median'])} ({people(row['low'])} to {people(row['high'])})"
    meaning = f"{words(row['quantity'])}, {row['level']:.0%} interval, by {method(row['method'])}"
    return Figure(row["id"], value, meaning, day(row["period_to"]), "this workspace", "estimated")


def _item(row: Row, position: int, names: Mapping[str, str]) -> Item:
    return Item(
        id=row["id"],
        number=position,
        title=row["title"] or "Without title",
        author=row["author"],
        outlet=row["outlet"],
        date=day(row["date"], row["date_precision"]),
        country=names.get(row["territory"] or "") if _section_of(row) == "III" else None,
        excerpt=row["excerpt"],
        link_kind=row["link_kind"],
        link=row["link"],
    )


def _clashes(material: Material) -> tuple[Clash, ...]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for figure in material.figures:
        if figure["conflict_group"] and not figure["invented"]:
            groups[figure["conflict_group"]].append(figure)
    return tuple(
        Clash(words(group).replace("-", " "), tuple(_figure(row) for row in sorted(rows, key=lambda r: (r["value"], r["id"]))))
        for group, rows in sorted(groups.items())
        if len(rows) > 1
    )


def risk_table(material: Material, most: int) -> tuple[Risk, ...]:
    """Return the highest `most` chances of at least 100 one-sided deaths within 12 months, of the shown model."""
    return tuple(_risk(row, rank, material.names) for rank, row in enumerate(ranked(material.forecasts)[:most], start=1))


def ranked(forecasts: Sequence[Row]) -> list[Row]:
    """Return the forecasts of the shown model that a table of risk holds, highest first: of a window ahead where there is one."""
    shown = [f for f in forecasts if f["chosen"] and f["probability"] is not None and f["horizon_months"] == 12]
    asked = [[f for f in shown if f["target"] == target] for target in RANKED_BY]
    chosen = next((found for found in asked if any(not f["stale"] for f in found)), asked[-1])
    return sorted(chosen, key=lambda f: (-f["probability"], f["territory"]))


def _risk(row: Row, rank: int, names: Mapping[str, str]) -> Risk:
    low, high = row["low"], row["high"]
    return Risk(
        id=row["id"],
        territory=row["territory"],
        name=names.get(row["territory"], row["territory"]),
        rank=rank,
        probability=percent(row["probability"]),
        interval=f"{percent(low)} to {percent(high)}" if low is not None and high is not None else "interval not known",
        frequency=in_hundred(row["probability"]),
        usual=percent(row["climatology"]) if row["climatology"] is not None else "not known",
        window=_window(row["window_from"], row["window_to"]),
        issued=day(row["issued_at"]),
        stale=bool(row["stale"]),
        renew=row["renew"],
    )


def _window(first: dt.date, last: dt.date) -> str:
    """Return a window as short as it can be said: 2027, 2025 to 2026, or from one day to another."""
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return f"{day(first)} to {day(last)}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def stale_note(risks: Sequence[Risk]) -> str | None:
    """Return the sentence that must stand beside forecasts whose window has begun or passed."""
    old = [risk for risk in risks if risk.stale]
    if not old:
        return None
    renew = f" To renew them, collect newer yearly deaths: {old[0].renew}." if old[0].renew else ""
    return f"These forecasts speak of {old[0].window}, a window that has begun or passed. They are no warning of what comes next.{renew}"
