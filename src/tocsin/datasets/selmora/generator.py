"""Makes the whole of Selmora from a seed: files as a feed would deliver them, and the truth beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tocsin.datasets.selmora import accounts, digest, reports, statements
from tocsin.datasets.selmora.capture import LISTS, captured
from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import ACTORS, Incident, Victim, incidents, victims_of
from tocsin.datasets.selmora.lists import COLUMNS, Entry, entries
from tocsin.datasets.selmora.places import DISTRICTS, places
from tocsin.datasets.selmora.tables import to_csv

#: The Selmora that ships.
SEED = 20130111
#: Files below this folder are the truth: for tests and benches, never a feature and never collected.
TRUTH = "truth/"
SITUATION = "selmora"


@dataclass(frozen=True)
class TrueCounts:
    """Holds what no list shows: how many died, how many stand on at least one list, and how long each list is.

    `by_list` counts records, `persons_by_list` persons, since lists repeat some.
    """

    victims: int
    recorded: int
    by_list: Mapping[str, int]
    persons_by_list: Mapping[str, int]
    by_district: Mapping[str, int]
    by_year: Mapping[int, int]


@dataclass(frozen=True)
class World:
    """Holds everything that a seed decides."""

    incidents: Sequence[Incident]
    victims: Sequence[Victim]
    lists: Mapping[str, Sequence[Entry]]


@lru_cache(maxsize=4)
def world(seed: int = SEED, size: int | None = None) -> World:
    """Return the country of `seed`.

    Args:
        seed: decides everything.
        size: number of true victims; by default the seed decides, between 1,900 and 2,900.
    """
    number = size if size is not None else Dice(seed, "size").whole(1900, 2900)
    found = incidents(seed, number)
    victims = victims_of(seed, found)
    dice = Dice(seed, "capture")
    captures = [captured(dice) for _ in victims]
    lists = {name: entries(seed, name, [v for v, c in zip(victims, captures, strict=True) if name in c]) for name in LISTS}
    return World(tuple(found), tuple(victims), lists)


def generate(seed: int = SEED, size: int | None = None) -> dict[str, bytes]:
    """Return every file of Selmora by name, the truth under `truth/`; the same seed gives the same bytes.

    Args:
        seed: decides everything.
        size: number of true victims; by default the seed decides.
    """
    country = world(seed, size)
    figures = list(statements.figures(seed, country.incidents, len(country.lists["families"])))
    value = {str(row["figure"]): int(float(str(row["value"]))) for row in figures}
    events = [*accounts.accounts(seed, country.incidents), *accounts.milestones()]
    files = {
        "situation.csv": _situation(),
        "places.csv": _places(),
        "actors.csv": to_csv(("code", "name"), ({"code": code, "name": name} for code, name, _ in ACTORS)),
        "incidents.csv": to_csv((*accounts.COLUMNS, "indicator"), events),
        "figures.csv": to_csv(statements.FIGURE_COLUMNS, figures),
        "measures.csv": to_csv(statements.MEASURE_COLUMNS, statements.measures()),
        digest.NAME: digest.digest_text(value["killed-desk"], value["displaced-2026-09"]).encode("utf-8"),
        **reports.reports(seed, country.incidents),
        **{f"list_{name}.csv": to_csv(COLUMNS[name], (e.values for e in country.lists[name])) for name in LISTS},
    }
    return {**dict(sorted(files.items())), **_truth(country)}


def true_counts(seed: int = SEED, size: int | None = None) -> TrueCounts:
    """Return the truth about the country of `seed`."""
    country = world(seed, size)
    persons = {name: {e.victim for e in found} for name, found in country.lists.items()}
    return TrueCounts(
        victims=len(country.victims),
        recorded=len(set().union(*persons.values())),
        by_list={name: len(found) for name, found in country.lists.items()},
        persons_by_list={name: len(found) for name, found in persons.items()},
        by_district=dict(sorted(Counter(v.incident.place.admin for v in country.victims).items())),
        by_year=dict(sorted(Counter(v.incident.day.year for v in country.victims).items())),
    )


def true_persons(seed: int = SEED, size: int | None = None) -> dict[tuple[str, str], int]:
    """Return which person each record is about: (list, record) -> number of the person."""
    country = world(seed, size)
    return {(name, e.values[COLUMNS[name][0]]): e.victim for name, found in country.lists.items() for e in found}


def _situation() -> bytes:
    columns = ("slug", "title", "territory", "group", "started", "ended", "level", "summary", "outcome")
    row = {
        "slug": SITUATION,
        "title": "Selmora: the river districts before the vote (invented)",
        "territory": "XSE",
        "group": "people of the river districts",
        "started": "2023-10-01",
        "level": "crisis",
        "summary": "Armed men attack towns of the river districts. Four lists of victims overlap, and none is whole. "
        "A vote on autonomy is planned for February 2027. Selmora does not exist.",
    }
    return to_csv(columns, [row])


def _places() -> bytes:
    columns = ("code", "name", "arabic", "kind", "admin_code", "longitude", "latitude")
    rows: list[dict[str, object]] = [
        {"code": d.code, "name": d.name, "arabic": d.arabic, "kind": "district", "admin_code": d.code} for d in DISTRICTS
    ]
    rows += [
        {
            "code": p.code,
            "name": p.name,
            "arabic": p.arabic,
            "kind": "town",
            "admin_code": p.admin,
            "longitude": p.longitude,
            "latitude": p.latitude,
        }
        for p in places()
    ]
    return to_csv(columns, rows)


def _truth(country: World) -> dict[str, bytes]:
    on = {name: {e.victim for e in found} for name, found in country.lists.items()}
    victims = (
        {"person": v.number, "date": v.incident.day, "place": v.incident.place.name, "admin_code": v.incident.place.admin}
        | {name: int(v.number in on[name]) for name in LISTS}
        for v in country.victims
    )
    records = (
        {"list": name, "record": e.values[COLUMNS[name][0]], "person": e.victim} for name, found in country.lists.items() for e in found
    )
    return {
        f"{TRUTH}victims.csv": to_csv(("person", "date", "place", "admin_code", *LISTS), victims),
        f"{TRUTH}records.csv": to_csv(("list", "record", "person"), records),
    }
