"""Territories: codes, numbers and names, with former states and what came after them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tocsin.model.errors import NotFound
from tocsin.reference.files import date_or_none, number_or_none, read_rows
from tocsin.reference.names import fold, is_abbreviation

Scheme = Literal["gw", "cow"]


@dataclass(frozen=True)
class Territory:
    """Describes one territory under its ISO 3166-1 alpha-3 code, also a former or an invented one.

    Args:
        code: ISO 3166-1 alpha-3; XKX for Kosovo; XSE for the invented Selmora.
        name: English name for a page.
        names: every known name, in several languages and scripts.
        m49: code of the United Nations Statistics Division.
        gw: number of Gleditsch and Ward; use `territory_by_number` to go the other way, since numbers were reused.
        cow: number of the Correlates of War project.
        region: sub-region of M49.
        continent: region of M49.
        started: first day as a member of the state system after Gleditsch and Ward, None for what is no state in that list.
        ended: last day of a former state.
        successors: codes that took its place.
        predecessor: code under which figures for this territory stood before it began.
        invented: True for the country that does not exist.
    """

    code: str
    name: str
    names: tuple[str, ...]
    m49: int | None
    gw: int | None
    cow: int | None
    region: str | None
    continent: str | None
    started: dt.date | None
    ended: dt.date | None
    successors: tuple[str, ...]
    predecessor: str | None
    invented: bool


@cache
def territories() -> tuple[Territory, ...]:
    """Return every territory in the order of codes."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in read_rows("territory_names.csv"):
        names[row["territory"]].append(row["name"])
    return tuple(_territory(row, names[row["code"]]) for row in read_rows("territories.csv"))


def _territory(row: dict[str, str], names: list[str]) -> Territory:
    code = row["code"]
    return Territory(
        code=code,
        name=row["name"],
        names=tuple(dict.fromkeys((row["name"], *names))),
        m49=number_or_none(row["m49"]),
        gw=number_or_none(row["gw"]),
        cow=number_or_none(row["cow"]),
        region=row["region"] or None,
        continent=row["continent"] or None,
        started=date_or_none(row["started"], f"territories.csv, {code}"),
        ended=date_or_none(row["ended"], f"territories.csv, {code}"),
        successors=tuple(filter(None, row["successors"].split(";"))),
        predecessor=row["predecessor"] or None,
        invented=row["invented"] == "true",
    )


@cache
def _by_code() -> dict[str, Territory]:
    return {t.code: t for t in territories()}


def territory(code: str) -> Territory:
    """Return the territory with this code.

    Raises:
        NotFound: no territory has it.
    """
    found = _by_code().get(code)
    if found is None:
        raise NotFound(
            "no territory has this code",
            "tocsin.reference.territories",
            "an ISO 3166-1 alpha-3 code such as SYR",
            str(code)[:12],
            "Look a name up with find_territory, or add the territory to tools/territories_extra.yml.",
        )
    return found


@cache
def _index() -> tuple[dict[str, str], dict[str, str]]:
    """Return folded names, and abbreviations as written, to codes."""
    folded: dict[str, str] = {}
    exact: dict[str, str] = {}
    for one in territories():
        for name in one.names:
            if is_abbreviation(name):
                exact[name.replace(".", "")] = one.code
            else:
                folded[fold(name)] = one.code
    return folded, exact


@cache
def find_territory(text: str) -> Territory | None:
    """Return the territory that `text` names in full, or None; case and accents do not matter.

    Abbreviations count only as written, so that "us" is no country. A name that two territories share
    ("Congo", "Korea") finds nothing: the text must say which. Codes are looked up with `territory`.

    >>> [find_territory(t).code for t in ("DRC", "Burma", "Syrian Arab Republic", "cote d'ivoire", "سورية")]
    ['COD', 'MMR', 'SYR', 'CIV', 'SYR']
    >>> find_territory("us") is None and find_territory("Congo") is None
    True
    """
    folded, exact = _index()
    text = text.strip()
    code = exact.get(text.replace(".", "")) or folded.get(fold(text))
    return _by_code()[code] if code else None


@cache
def _numbers() -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    spells: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for row in read_rows("territory_numbers.csv"):
        last = number_or_none(row["to_year"])
        spells[row["scheme"], int(row["number"])].append((int(row["from_year"]), 9999 if last is None else last, row["territory"]))
    return spells


def territory_by_number(scheme: Scheme, number: int, year: int) -> Territory:
    """Return the territory that a number of the state lists stood for on the last day of `year`.

    Data sets that follow Gleditsch and Ward keep 345 from Yugoslavia to Serbia and 365 from the Soviet
    Union to Russia; here each year goes to the state of that year.

    >>> [territory_by_number("gw", 345, y).code for y in (1992, 2003, 2006)]
    ['YUG', 'SCG', 'SRB']

    Raises:
        NotFound: the number stood for nothing in that year.
    """
    for first, last, code in _numbers().get((scheme, number), ()):
        if first <= year <= last:
            return _by_code()[code]
    raise NotFound(
        "no territory had this number in this year",
        "territory_numbers.csv",
        f"a number of the {scheme} list with a spell that covers the year",
        f"{scheme} {number} in {year}",
        "Add the spell to tools/territories_extra.yml and run tools/build_territories.py.",
    )
