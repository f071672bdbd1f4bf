"""Counts how often intervals hold the truth when the lists must be linked first, and whether a broken assumption is named.

Run: python -m bench.linked_coverage [lists]. Lists are drawn afresh with their own linkage errors, linked without
judgements and with 200 judged pairs, and estimated over the draws. In the second part people differ in visibility, or one
list copies another: then the report should say which assumption fails.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from bench.desk_queue import ROLES, SEED
from bench.population import Shape, population
from tocsin.stages import estimate, link
from tocsin.storage import connect

#: Everyone is equally visible and lists are independent: the model holds.
HOLDS = Shape(persons=600, capture=(0.42, 0.36, 0.32, 0.28), repeats=0.02, families=400, uneven=0)
#: Some people are nearly invisible to every list.
UNEVEN = Shape(persons=600, capture=(0.42, 0.36, 0.32, 0.28), repeats=0.02, families=400, uneven=0.9)
JUDGED = 200


def main() -> None:
    """Print both tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 200
    print(f"\nIntervals over linked lists: {count} lists of {HOLDS.persons} people (load {os.getloadavg()[0]:.1f})")
    started = time.perf_counter()
    found: dict[str, list[tuple[bool, float]]] = {}
    for number in range(count):
        for name, value in _one(population(HOLDS, SEED + number)).items():
            found.setdefault(name, []).append(value)
    for name, values in found.items():
        held, near = np.mean([value[0] for value in values]), np.mean([value[1] <= 0.03 for value in values])
        print(f"{name:22} holds the truth {held:6.1%}; within 3% of the true links' estimate {near:6.1%}; n {len(values)}")
    few = max(count // 10, 1)
    shapes = (
        ("the model holds", lambda n: population(HOLDS, SEED + n)),
        ("people differ", lambda n: population(UNEVEN, SEED + n)),
        ("one list copied", lambda n: _copied(SEED + n)),
    )
    for name, lists in shapes:
        said = sum(bool(_warnings(lists(number))) for number in range(few))
        print(f"{name:22} the report says that an assumption fails in {said} of {few}")
    print(f"{time.perf_counter() - started:.0f} s")


def _one(lists: pa.Table) -> dict[str, tuple[bool, float]]:
    truth = np.unique(np.array(lists.column("entity").to_pylist()), return_inverse=True)[1]
    names = lists.column("list").to_pylist()
    goal = _estimate(names, [truth])[1]
    alone = _link(lists, [])
    pairs = link.likely(alone)
    chosen = np.random.default_rng(SEED).permutation(pairs)[:JUDGED]
    ids, person = alone.persons.record_ids, dict(zip(lists.column("unique_id").to_pylist(), truth.tolist(), strict=True))
    both = [(ids[alone.scored.pairs.left[at]], ids[alone.scored.pairs.right[at]]) for at in chosen.tolist()]
    judgements = [(a, b, "positive" if person[a] == person[b] else "negative") for a, b in both]
    found = {}
    for name, linked in (("without judgements", alone), (f"{JUDGED} pairs judged", _link(lists, judgements))):
        low, median, high = _estimate(linked.persons.lists, linked.clusterings[1:])
        found[name] = (low <= HOLDS.persons <= high, abs(median / goal - 1))
    return found


def _link(lists: pa.Table, judgements: Sequence[tuple[str, str, str]]) -> link.Linked:
    return link.link_persons(lists, ROLES, connect(threads=1), link.Options(draws=20, seed=SEED, threads=1), judgements)


def _estimate(lists: Sequence[str], clusterings: Sequence[np.ndarray]) -> tuple[float, float, float]:
    versions = {(n, 0): estimate.captures_from_clusters(lists, clusters.astype(np.int64)) for n, clusters in enumerate(clusterings)}
    found = estimate.estimate_versions(versions, "dga", SEED)[0].estimate
    assert found.low is not None and found.median is not None and found.high is not None  # noqa: S101  these lists support an estimate
    return found.low, found.median, found.high


def _warnings(lists: pa.Table) -> list[str]:
    """Return what the report says about the assumptions; by the true links, so that only the assumptions can be at fault."""
    truth = np.unique(np.array(lists.column("entity").to_pylist()), return_inverse=True)[1]
    table = estimate.captures_from_clusters(lists.column("list").to_pylist(), truth)[""]
    said = [
        one.estimate
        for method in ("dga", "loglinear", "chao", "coverage")
        for one in estimate.estimate_versions({(0, 0): {"": table}}, method, SEED)
    ]
    return [*estimate.warnings_about(table), *estimate.warnings_between(said)]


def _copied(seed: int) -> pa.Table:
    """Return lists of which the last holds nobody but people of the first."""
    lists = population(HOLDS, seed)
    rows = lists.to_pylist()
    names = sorted({row["list"] for row in rows})
    first = {row["entity"] for row in rows if row["list"] == names[0]}
    return pa.Table.from_pylist([row for row in rows if row["list"] != names[-1] or row["entity"] in first])


if __name__ == "__main__":
    main()
