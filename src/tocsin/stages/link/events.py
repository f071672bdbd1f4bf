"""Matches accounts of one event across datasets, by time, place, actors and harm within tolerances, with reasons and conflicts."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.link.event_levels import APART, UNKNOWN, Account, days_between, kilometers_between
from tocsin.stages.link.event_weights import Weights, compare, weigh
from tocsin.stages.link.grouping import group_name, grouped

__all__ = ["METHOD", "Account", "EventMatch", "LinkedEvents", "Tolerances", "link_events"]

METHOD = "events-fellegi-sunter"
#: The longest an account without a known time is looked for: by its place only.
_NO_TIME = dt.date.min
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Tolerances:
    """Holds how far two accounts of one event may lie apart.

    Days and kilometers are limits; harm outside `share` and `count` is a conflict that is shown and never parts a
    pair. `least` is the probability from which a pair counts as one event. With `one_to_one` no dataset tells of an
    event twice.
    """

    days: int = 2
    kilometers: float = 25.0
    share: float = 0.5
    count: float = 2.0
    least: float = 0.5
    one_to_one: bool = True


@dataclass(frozen=True)
class EventMatch:
    """Says how two accounts compare: the level of each field, weight, probability, and the harm of both where it conflicts."""

    left: str
    right: str
    levels: Mapping[str, str]
    weight: float
    probability: float
    days: int | None
    kilometers: float | None
    conflict: tuple[tuple[float, float, float], tuple[float, float, float]] | None
    rivals: int = 0


@dataclass(frozen=True)
class LinkedEvents:
    """Holds the matches within the tolerances, strongest first, and the groups of accounts that tell of one event."""

    matches: tuple[EventMatch, ...]
    groups: tuple[tuple[str, ...], ...]
    weights: Weights
    tolerances: Tolerances

    @property
    def joined(self) -> frozenset[tuple[str, str]]:
        """Return every pair that stands in one group."""
        return frozenset(pair for group in self.groups for pair in combinations(group, 2))

    def pairs(self) -> pa.Table:
        """Return the matches as rows of table `pairs`."""
        parameters = json.dumps(asdict(self.tolerances), sort_keys=True)
        together = self.joined
        return tables.from_rows("pairs", [_pair_row(m, parameters, (m.left, m.right) in together) for m in self.matches])

    def clusters(self) -> pa.Table:
        """Return the groups as rows of table `clusters`; an account that stands alone has none."""
        parameters = json.dumps(asdict(self.tolerances), sort_keys=True)
        rows = [
            {
                "id": stable_id("clu", "event", member),
                "inputs": [member],
                "method": METHOD,
                "parameters": parameters,
                "entity": "event",
                "record_id": member,
                "cluster_id": group_name("evg", group),
                "draw": 0,
            }
            for group in self.groups
            for member in group
        ]
        return tables.from_rows("clusters", sorted(rows, key=lambda row: str(row["record_id"])))


def link_events(
    accounts: Sequence[Account], tolerances: Tolerances | None = None, judgements: Sequence[tuple[str, str, str]] = ()
) -> LinkedEvents:
    """Match accounts of the same event; neither their order nor that of the datasets matters.

    Two accounts are compared where they lie within the tolerances in time and space and at least one of the two is
    known. The weight of each level is the log of how much more often it occurs among accounts of one event (stated
    rates) than among any two accounts of these datasets (counted). Groups are closed: every two members are a match
    of their own, so that no chain of neighbors brings together what lies far apart.

    Args:
        accounts: the accounts of all datasets, each id once.
        tolerances: how far apart two accounts may lie.
        judgements: (left, right, positive | negative | unsure) by people; they win over every rule.
    """
    limits = tolerances or Tolerances()
    by_id = {one.id: one for one in sorted(accounts, key=lambda a: a.id)}
    weights = weigh(list(by_id.values()), not limits.one_to_one, limits.share, limits.count)
    matches = [match for pair in sorted(_candidates(by_id, limits)) if (match := _match(by_id, pair, weights, limits)) is not None]
    matches = _with_rivals(matches, limits.least)
    said = {(min(a, b), max(a, b)): verdict for a, b, verdict in judgements if {a, b} <= by_id.keys()}
    likely = {(m.left, m.right) for m in matches if m.probability >= limits.least}

    def may_join(one: str, other: str) -> bool:
        pair = (min(one, other), max(one, other))
        apart = limits.one_to_one and by_id[one].dataset == by_id[other].dataset
        return pair in likely and not apart and said.get(pair) != "negative"

    certain = sorted(pair for pair, verdict in said.items() if verdict == "positive")
    groups = grouped([(m.left, m.right) for m in matches if (m.left, m.right) in likely], may_join, certain)
    return LinkedEvents(tuple(matches), tuple(groups), weights, limits)


def _match(by_id: Mapping[str, Account], pair: tuple[str, str], weights: Weights, limits: Tolerances) -> EventMatch | None:
    one, other = by_id[pair[0]], by_id[pair[1]]
    days, distance = days_between(one, other), kilometers_between(one, other)
    if (days is not None and days > limits.days) or (distance is not None and distance > limits.kilometers):
        return None
    levels = compare(one, other, limits.share, limits.count)
    if APART in (levels["time"], levels["place"]) or levels["time"] == levels["place"] == UNKNOWN:
        return None
    conflict = (one.harm, other.harm) if levels["harm"] == "conflict" and one.harm and other.harm else None
    return EventMatch(*pair, levels, weights.total(levels), weights.probability(levels), days, distance, conflict)


def _with_rivals(matches: Sequence[EventMatch], least: float) -> list[EventMatch]:
    """Return the matches, strongest first, each with how many other likely matches its accounts have."""
    likely: dict[str, int] = defaultdict(int)
    for match in matches:
        if match.probability >= least:
            likely[match.left] += 1
            likely[match.right] += 1
    counted = [
        EventMatch(**{**vars(m), "rivals": likely[m.left] + likely[m.right] - (2 if m.probability >= least else 0)}) for m in matches
    ]
    return sorted(counted, key=lambda m: (-m.weight, m.days or 0, m.kilometers or 0.0, m.left, m.right))


def _candidates(by_id: Mapping[str, Account], limits: Tolerances) -> set[tuple[str, str]]:
    """Return the pairs that share a place in some way and lie within the days: only these are compared."""
    blocks: dict[tuple[object, ...], list[Account]] = defaultdict(list)
    for one in by_id.values():
        for key in _keys(one):
            blocks[key].append(one)
    found: set[tuple[str, str]] = set()
    size = _cell_size(limits.kilometers)
    cells: dict[tuple[int, int], list[Account]] = defaultdict(list)
    for one in by_id.values():
        if one.point is not None:
            cells[_cell(one.point, size)].append(one)
    for (x, y), members in cells.items():
        reach = _reach(y, size, limits.kilometers)
        near = [a for dy in (0, 1) for dx in range(-reach, reach + 1) if (dy, dx) > (0, 0) for a in cells.get((x + dx, y + dy), ())]
        found |= {_pair(a, b) for a in members for b in near if _in_time(a, b, limits)}
        blocks["cell", x, y] = members
    for members in blocks.values():
        found |= {_pair(a, b) for a, b in _close_in_time(members, limits)}
    if limits.one_to_one:
        return {(a, b) for a, b in found if by_id[a].dataset != by_id[b].dataset}
    return found


def _keys(one: Account) -> Iterator[tuple[object, ...]]:
    if one.admin:
        yield "admin", one.territory, one.admin
    if one.place_key:
        yield "place", one.place_key
    if not (one.admin or one.place_key or one.point):
        yield ("nowhere",)


def _cell_size(kilometers: float) -> float:
    return max(kilometers, 1.0) / _KM_PER_DEGREE


def _cell(point: tuple[float, float], size: float) -> tuple[int, int]:
    return math.floor(point[0] / size), math.floor(point[1] / size)


def _reach(y: int, size: float, kilometers: float) -> int:
    """Return how many cells to each side a distance can span: degrees of longitude shrink towards the poles."""
    furthest = min(89.0, max(abs(y * size), abs((y + 2) * size)))
    return min(math.ceil(kilometers / (_KM_PER_DEGREE * math.cos(math.radians(furthest)) * size)), math.ceil(360 / size))


def _close_in_time(members: Sequence[Account], limits: Tolerances) -> Iterator[tuple[Account, Account]]:
    """Yield the pairs of a block that lie within the days; an account without a time is compared with all."""
    ordered = sorted(members, key=lambda a: (a.days[0] if a.days else _NO_TIME, a.id))
    for position, one in enumerate(ordered):
        for other in ordered[position + 1 :]:
            if one.days and other.days and (other.days[0] - one.days[1]).days > limits.days:
                break
            yield one, other


def _in_time(one: Account, other: Account, limits: Tolerances) -> bool:
    days = days_between(one, other)
    return days is None or days <= limits.days


def _pair(one: Account, other: Account) -> tuple[str, str]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _pair_row(match: EventMatch, parameters: str, together: bool) -> dict[str, object]:
    said = {**match.levels, "days": match.days, "kilometers": None if match.kilometers is None else round(match.kilometers, 1)}
    conflict = None if match.conflict is None else {"left": list(match.conflict[0]), "right": list(match.conflict[1])}
    return {
        "id": stable_id("par", "event", match.left, match.right),
        "inputs": [match.left, match.right],
        "method": METHOD,
        "parameters": parameters,
        "entity": "event",
        "left": match.left,
        "right": match.right,
        "weight": match.weight,
        "probability": match.probability,
        "comparisons": json.dumps({**said, "harm_conflict": conflict, "rivals": match.rivals, "joined": together}),
    }
