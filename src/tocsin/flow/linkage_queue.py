"""The queue of the linkage desk: which pair to judge next, what the answers so far say, and what they change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.accounts.roles import Actor
from tocsin.flow.judged import settled
from tocsin.flow.place import current
from tocsin.flow.records import judgements_in_force
from tocsin.model.errors import NotFound
from tocsin.stages import estimate as stage
from tocsin.storage import Snapshot, Workspace

#: Entities whose pairs are about people.
PEOPLE = ("person", "persons")
SHOWN = 8


@dataclass(frozen=True)
class Ordered:
    """Holds the open pairs of one run in the order to judge them, with what each is worth, the strata of the sample, and the clustering."""

    pairs: tuple[Mapping[str, Any], ...]
    worth: Mapping[str, float]
    strata: tuple[stage.Stratum, ...]
    clusters: Mapping[str, str]


@dataclass(frozen=True)
class Waiting:
    """Holds the queue of one person: the next pairs, how many wait, and how many others' judgements wait for a second reader."""

    pairs: tuple[Mapping[str, Any], ...]
    count: int
    second: int


@dataclass(frozen=True)
class Progress:
    """Holds what the judgements since the run say: how many, their quality measure, agreement, and what they change."""

    judged: int
    quality: stage.Quality | None
    read_twice: int
    agreed: int
    unsettled: int
    persons_before: int
    persons_now: int
    clusters: Mapping[str, str]


@dataclass(frozen=True)
class Effect:
    """Holds how many people the lists would hold after either answer to a pair."""

    now: int
    same: int
    two: int


def ordered(actor: Actor) -> Ordered:
    """Return the pairs of the newest run in the order in which a person judges them; worked out once a run.

    Invented people and real ones are never one population: a demo user is shown the invented country alone, and whoever has lists
    of their own is shown those alone.
    """
    snapshot = current()
    return _ordered(snapshot.root, snapshot.run, invented=actor.demo or not _real(snapshot.root, snapshot.run))


def waiting(actor: Actor, *, second: bool = False) -> Waiting:
    """Return the pairs that wait for a person; with `second`, those that exactly one other person judged."""
    mine, others = _readers(actor.uid)
    queue = [pair for pair in ordered(actor).pairs if pair["id"] not in mine]
    doubles = [pair for pair in queue if others[pair["id"]] == 1]
    chosen = doubles if second else [pair for pair in queue if not others[pair["id"]]]
    return Waiting(tuple(chosen[:SHOWN]), len(chosen), len(doubles))


def progress(actor: Actor) -> Progress:
    """Return what all judgements in force say about the records that a person judges."""
    queue, rows = ordered(actor), judgements_in_force()
    here = {pair["id"]: pair for pair in queue.pairs}
    said = settled({"left": row.left, "right": row.right, "judgement": row.judgement} for row in rows if row.pair in here)
    answers = {identifier: said[key] for identifier, pair in here.items() if (key := _key(pair)) in said}
    readers: dict[str, list[str]] = {}
    for row in rows:
        if row.pair in here:
            readers.setdefault(row.pair, []).append(row.judgement)
    clusters = _clusters_after(queue.clusters, said)
    twice = [found for found in readers.values() if len(found) > 1]
    return Progress(
        judged=len(answers),
        quality=stage.quality(queue.strata, answers),
        read_twice=len(twice),
        agreed=sum(len(set(found)) == 1 for found in twice),
        unsettled=sum({"positive", "negative"} <= set(found) for found in twice),
        persons_before=len(set(queue.clusters.values())),
        persons_now=len(set(clusters.values())),
        clusters=clusters,
    )


def effect(found: Progress, pair: Mapping[str, Any]) -> Effect | None:
    """Return what an answer to `pair` makes of the number of people, all else as it is; None where it is in no clustering."""
    left, right = found.clusters.get(pair["left"]), found.clusters.get(pair["right"])
    if left is None or right is None:
        return None
    now = found.persons_now
    return Effect(now, now - (left != right), now + (left == right))


def may_see_others(pair: str, who: str) -> bool:
    """Return True where `who` has judged the pair, or nobody has: a second reader answers without knowing the first."""
    rows = [row for row in judgements_in_force() if row.pair == pair]
    return not rows or any(row.who == who for row in rows)


def _readers(who: str) -> tuple[set[str], Counter[str]]:
    rows = judgements_in_force()
    return {row.pair for row in rows if row.who == who}, Counter(row.pair for row in rows if row.who != who)


@lru_cache(maxsize=2)
def _real(root: Path, run: str) -> bool:
    """Return whether the run holds a record of a real list."""
    snapshot = Workspace.open(root).snapshot(run)
    return snapshot is not None and pc.any(pc.invert(snapshot.table("persons").column("invented"))).as_py() is True


@lru_cache(maxsize=4)
def _ordered(root: Path, run: str, *, invented: bool) -> Ordered:
    """Return the order of the pairs of one run; pairs that the run already knew a judgement of are settled and left out."""
    snapshot = Workspace.open(root).snapshot(run)
    if snapshot is None:
        raise NotFound("the run is gone", run)
    pairs = snapshot.table("pairs")
    of_people = pc.is_in(pairs.column("entity"), value_set=pa.array(PEOPLE))  # the page asks whether two records are one person
    rows = pairs.filter(pc.and_(pc.is_null(pairs.column("judgement")), of_people)).to_pylist()
    persons = snapshot.table("persons")
    persons = persons.filter(pc.equal(persons.column("invented"), invented))
    here = set(persons.column("id").to_pylist())
    clusters = {record: cluster for record, cluster in _best(snapshot).items() if record in here}
    by_id = {row["id"]: {**row, "invented": invented} for row in rows if {row["left"], row["right"]} <= here}
    people = list(by_id.values())
    orders = [
        stage.order_pairs(_linked(persons.filter(pc.equal(persons.column("dataset"), name)), people, clusters))
        for name in _datasets(persons)
    ]
    in_turn = [identifier for some in zip_longest(*(order.pairs for order in orders)) for identifier in some if identifier]
    others = sorted(set(by_id) - set(in_turn), key=lambda one: (-(by_id[one]["probability"] or 0.0), one))
    worth = {identifier: value for order in orders for identifier, value in order.worth.items()}
    strata = tuple(stratum for order in orders for stratum in order.strata)
    return Ordered(tuple(by_id[one] for one in (*in_turn, *others)), worth, strata, clusters)


def _datasets(persons: pa.Table) -> list[str]:
    return sorted(set(persons.column("dataset").to_pylist()))


def _best(snapshot: Snapshot) -> dict[str, str]:
    """Return the cluster of each record in the best single clustering."""
    clusters = snapshot.table("clusters")
    keep = pc.and_(pc.equal(clusters.column("draw"), 0), pc.is_in(clusters.column("entity"), value_set=pa.array(PEOPLE)))
    best = clusters.filter(keep)
    return dict(zip(best.column("record_id").to_pylist(), best.column("cluster_id").to_pylist(), strict=True))


def _linked(persons: pa.Table, pairs: Sequence[Mapping[str, Any]], clusters: Mapping[str, str]) -> stage.Linked:
    records = persons.column("id").to_pylist()
    place = {record: at for at, record in enumerate(records)}
    names = [clusters.get(record, record) for record in records]
    numbers = np.unique(np.array(names or [""], dtype=np.str_), return_inverse=True)[1][: len(names)]
    known = [row for row in pairs if row["left"] in place and row["right"] in place]
    return stage.Linked(
        [row["id"] for row in known],
        np.array([place[row["left"]] for row in known], np.int64),
        np.array([place[row["right"]] for row in known], np.int64),
        np.array([row["probability"] or 0.0 for row in known], np.float64),
        persons.column("list").to_pylist(),
        numbers.astype(np.int64),
    )


def _clusters_after(best: Mapping[str, str], said: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return the best clustering once the judgements join and split it; the next run draws it anew.

    A negative judgement takes the second record out of the cluster, unless positive judgements hold both there.
    """
    clusters = dict(best)
    positive = [pair for pair, judgement in said.items() if judgement == "positive"]
    for (left, right), judgement in said.items():
        if judgement == "negative" and left in clusters and clusters.get(left) == clusters.get(right):
            clusters[right] = f"apart {right}"
    for left, right in positive:
        old, new = clusters.get(right), clusters.get(left)
        if old is not None and new is not None and old != new:
            clusters = {record: new if cluster == old else cluster for record, cluster in clusters.items()}
    return clusters


def _key(pair: Mapping[str, Any]) -> tuple[str, str]:
    left, right = sorted((pair["left"], pair["right"]))
    return left, right


def reasons(pair: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return how each comparison came out and what it adds, the heaviest first."""
    found = json.loads(pair["comparisons"] or "[]")
    return sorted(found, key=lambda one: -abs(one.get("weight") or 0.0))
