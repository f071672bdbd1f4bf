"""Matches accounts of one event across datasets, by time, place, actors and harm within tolerances, with reasons and conflicts."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.stages.link.event_candidates import candidates
from tocsin.stages.link.event_levels import APART, UNKNOWN, Account, days_between, kilometers_between
from tocsin.stages.link.event_weights import Weights, compare, could_match, weigh
from tocsin.stages.link.grouping import group_name, grouped
from tocsin.stages.link.matching import one_to_one

__all__ = ["METHOD", "Account", "EventMatch", "LinkedEvents", "Tolerances", "link_events"]

METHOD = "events-fellegi-sunter"
_SHOWN = 0.1
#: A match that weighs less by no more than this many bits is a rival.
_NEARLY = 2.0
#: Rounds of counting the expected share, at most, and the change at which it has settled.
_ROUNDS, _SETTLED = 25, 1e-4


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

    def shown(self) -> list[EventMatch]:
        """Return the matches worth a look: in one group, or with a probability of at least one in ten."""
        together = self.joined
        return [m for m in self.matches if m.probability >= _SHOWN or (m.left, m.right) in together]

    def pairs(self) -> pa.Table:
        """Return the matches worth a look as rows of table `pairs`."""
        parameters = json.dumps(asdict(self.tolerances), sort_keys=True)
        together = self.joined
        return tables.from_rows("pairs", [_pair_row(m, self.weights, parameters, (m.left, m.right) in together) for m in self.shown()])

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
    found = [
        match
        for pair in sorted(candidates(list(by_id.values()), limits.days, limits.kilometers, not limits.one_to_one))
        if (match := _match(by_id, pair, weights, limits)) is not None
    ]
    sizes = [*Counter(one.dataset for one in by_id.values()).values()]
    weights, probable = _probabilities(found, weights, could_match(sizes, not limits.one_to_one), by_id if limits.one_to_one else None)
    matches = _with_rivals([replace(m, probability=p) for m, p in zip(found, probable, strict=True)])
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
    return EventMatch(*pair, levels, weights.total(levels), 0.0, days, distance, conflict)


def _probabilities(
    found: Sequence[EventMatch], weights: Weights, could: int, one_to_one_of: Mapping[str, Account] | None
) -> tuple[Weights, list[float]]:
    """Return the weights with the expected share counted from the matches themselves (expectation-maximization), and the probabilities.

    Args:
        found: the matches.
        weights: what each level weighs.
        could: how many matches there could be at most.
        one_to_one_of: the accounts by id, where no record has two partners in one dataset.
    """
    pairs = [(m.left, m.right) for m in found]
    dataset = {i: one.dataset for i, one in (one_to_one_of or {}).items()}
    probable: list[float] = []
    for _ in range(_ROUNDS):
        odds = [weights.odds(m.weight, bool(dataset)) for m in found]
        probable = one_to_one(pairs, odds, dataset) if dataset else [o / (1 + o) for o in odds]
        counted = weights.expecting(min(sum(probable), could) / max(1, could))
        settled = abs(counted.expected - weights.expected) < _SETTLED
        weights = counted
        if settled:
            break
    return weights, probable


def _with_rivals(matches: Sequence[EventMatch]) -> list[EventMatch]:
    """Return the matches, strongest first, each with how many others of its two accounts weigh nearly as much or more."""
    weights: dict[str, list[float]] = defaultdict(list)
    for match in matches:
        weights[match.left].append(match.weight)
        weights[match.right].append(match.weight)
    counted = [replace(m, rivals=sum(w >= m.weight - _NEARLY for end in (m.left, m.right) for w in weights[end]) - 2) for m in matches]
    return sorted(counted, key=lambda m: (-m.probability, -m.weight, m.days or 0, m.kilometers or 0.0, m.left, m.right))


def _pair_row(match: EventMatch, weights: Weights, parameters: str, together: bool) -> dict[str, object]:
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
        "comparisons": json.dumps(_said(match, weights, together)),
    }


def _said(match: EventMatch, weights: Weights, together: bool) -> list[dict[str, object]]:
    """Return how each field came out and what it adds (log units), the harm of both in conflict, rivals, and whether they were joined."""
    said: list[dict[str, object]] = []
    for field, level in match.levels.items():
        said.append({"field": field, "level": level, "weight": round(weights.of[field][level] * math.log(2), 2)})
    if match.conflict is not None:
        said[-1] |= {"left": list(match.conflict[0]), "right": list(match.conflict[1])}
    facts = {"days": match.days, "kilometers": match.kilometers, "rivals": match.rivals, "joined": together}
    return said + [{"field": field, "level": value, "weight": None} for field, value in facts.items() if value is not None]
