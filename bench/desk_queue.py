"""Measures which pairs a person should judge first: at random, closest to 0.5, or worth most to the estimate.

Run: python -m bench.desk_queue [populations]. On each simulated population the lists are linked, a number of pairs is
judged by the truth in the order of each policy, the lists are linked again with these judgements, and the estimate over
the draws is compared with what the true links give.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

import numpy as np

from bench.population import Shape, population
from tocsin.stages import estimate, link
from tocsin.stages.estimate.queue import Linked, order_pairs
from tocsin.storage import connect

#: Short lists with many gaps and few family names: about a hundred of five hundred pairs are doubtful.
SHAPE = Shape(
    persons=1200, capture=(0.3, 0.26, 0.22, 0.2), repeats=0.02, slip=0.15, no_father=0.6, no_town=0.7, no_age=0.7, days=120, families=40,
    uneven=0,
)  # fmt: skip
ROLES = {
    "record": "unique_id", "list": "list", "given": "given", "father": "father", "family": "family", "sex": "sex", "age": "age",
    "died": "date_of_death", "place": "place", "region": "region",
}  # fmt: skip
BUDGETS = (50,)
POLICIES = ("none", "random", "closest to 0.5", "worth most", "mixed")
SEED = 20130111


def main() -> None:
    """Print, for each policy and number of judged pairs, how far the estimate is from that of the true links."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 12
    print(f"\nWhich pairs to judge first: {count} populations of {SHAPE.persons:,} people on {len(SHAPE.capture)} lists")
    print(f"load {os.getloadavg()[0]:.1f}; error: |log estimate / estimate of the true links|; width: of the 95% interval, in log")
    found: dict[tuple[str, int], list[tuple[float, float, bool]]] = {}
    started = time.perf_counter()
    for number in range(count):
        for key, value in _population(SEED + number).items():
            found.setdefault(key, []).append(value)
        print(f"population {number + 1} done after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    print(f"{'policy':16}{'judged':>8}{'mean error':>12}{'median error':>14}{'width':>8}{'holds true-link estimate':>26}")
    for (policy, budget), values in sorted(found.items(), key=lambda item: (item[0][1], POLICIES.index(item[0][0]))):
        errors, widths, held = (np.array(column) for column in zip(*values, strict=True))
        print(
            f"{policy:16}{budget:8}{errors.mean():12.4f}{np.median(errors):14.4f}{widths.mean():8.3f}{int(held.sum()):>22} of {len(held)}"
        )
    print(f"{time.perf_counter() - started:.0f} s")


def _population(seed: int) -> dict[tuple[str, int], tuple[float, float, bool]]:
    lists = population(SHAPE, seed)
    truth = np.unique(np.array(lists.column("entity").to_pylist()), return_inverse=True)[1]
    first = _link(lists, [])
    goal = np.log(_estimate(lists.column("list").to_pylist(), [truth])[1])
    orders = _orders(first)
    found = {("none", 0): _measured(first, goal)}
    for budget in BUDGETS:
        for policy, order in orders.items():
            chosen = order[:budget]
            judgements = [(a, b, "positive" if truth[int(a[1:])] == truth[int(b[1:])] else "negative") for a, b in chosen]
            found[(policy, budget)] = _measured(_link(lists, judgements), goal)
    return found


def _orders(linked: link.Linked) -> dict[str, list[tuple[str, str]]]:
    """Return the likely pairs in the order of each policy."""
    ids = linked.persons.record_ids
    at = link.likely(linked)
    left, right, p = linked.scored.pairs.left[at], linked.scored.pairs.right[at], linked.pair_probability[at]
    names = [f"{ids[i]} {ids[j]}" for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    order = order_pairs(Linked(names, left, right, p, linked.persons.lists, linked.clusterings[0].astype(np.int64)))
    both = {name: tuple(name.split(" ")) for name in names}
    middle = sorted(range(len(names)), key=lambda i: (abs(float(p[i]) - 0.5), names[i]))
    worth = sorted(order.worth, key=lambda name: (-order.worth[name], name))
    shuffled = np.random.default_rng(SEED).permutation(len(names))
    chosen = {
        "random": [names[i] for i in shuffled], "closest to 0.5": [names[i] for i in middle], "worth most": worth, "mixed": list(order.pairs),
    }  # fmt: skip
    return {policy: [both[name] for name in listed] for policy, listed in chosen.items()}


def _link(lists: object, judgements: Sequence[tuple[str, str, str]]) -> link.Linked:
    return link.link_persons(lists, ROLES, connect(threads=1), link.Options(draws=20, seed=SEED, threads=1), judgements)


def _measured(linked: link.Linked, goal: float) -> tuple[float, float, bool]:
    low, median, high = _estimate(linked.persons.lists, linked.clusterings[1:])
    return abs(float(np.log(median)) - goal), float(np.log(high / low)), low <= np.exp(goal) <= high


def _estimate(lists: Sequence[str], clusterings: Sequence[np.ndarray]) -> tuple[float, float, float]:
    """Return low, median and high of the mixture over clusterings, by graph averaging."""
    versions = {(n, 0): estimate.captures_from_clusters(lists, clusters.astype(np.int64)) for n, clusters in enumerate(clusterings)}
    found = estimate.estimate_versions(versions, "dga", SEED)[0].estimate
    assert found.low is not None and found.median is not None and found.high is not None  # noqa: S101  these lists support an estimate
    return found.low, found.median, found.high


if __name__ == "__main__":
    main()
