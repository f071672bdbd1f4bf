"""Measures linking on simulated populations: calibration, the number of persons, and the coverage of what is estimated after it.

Run: `python -m bench.link_simulated [calibration] [coverage] [COUNT] [--persons N]`. COUNT is the number of populations (20 for
calibration, 200 for coverage in a full run; both default to 4). Lists are independent given the person, as the estimator supposes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from bench.population import Shape, population
from tocsin.stages import estimate, link
from tocsin.storage import connect

THREADS = 2
JUDGED = 200
DRAWS = 20
#: Lists for which the model holds.
HOLDS = Shape(persons=5_000, capture=(0.38, 0.33, 0.28, 0.22), repeats=0.06, days=60, uneven=0.0)


def linked_twice(source: pa.Table, truth: Sequence[str], seed: int) -> list[link.Linked]:
    """Return the lists linked without judgements, and again with JUDGED random uncertain pairs judged by the truth."""
    roles = link.recognise(source.column_names, never=["entity"])
    options = link.Options(draws=DRAWS, threads=THREADS, seed=seed)
    first = link.link_persons(source, roles, connect(THREADS), options)
    real = [truth[row] for row in first.persons.rows]
    uncertain = np.flatnonzero((first.pair_probability > 0.01) & (first.pair_probability < 0.99))
    chosen = np.random.default_rng(seed).permutation(uncertain)[:JUDGED]
    ids, pairs = first.persons.record_ids, first.scored.pairs
    judged = [
        (ids[a], ids[b], "positive" if real[a] == real[b] else "negative")
        for a, b in zip(pairs.left[chosen].tolist(), pairs.right[chosen].tolist(), strict=True)
    ]
    return [first, link.link_persons(source, roles, connect(THREADS), options, judged)]


def calibration_error(share: np.ndarray, right: np.ndarray, bins: int = 20) -> float:
    """Return the weighted mean gap between predicted and observed shares over equal bins."""
    place = np.minimum((share * bins).astype(int), bins - 1)
    gaps = [abs(float(share[place == b].mean() - right[place == b].mean())) * int((place == b).sum()) for b in np.unique(place)]
    return sum(gaps) / len(share)


def calibration(count: int, persons: int) -> None:
    """Print, for each population, persons against the truth, F1, and the calibration error of co-clustering."""
    print(f"\nCalibration on {count} simulated populations of {persons:,} dead (persons: mean over draws against the truth)")
    print(
        f"{'seed':>5}{'records':>9}{'recall':>8}{'est.':>7} | {'persons':>9}{'F1':>8}{'ECE':>8}{'Brier':>7} | after {JUDGED} judged pairs"
    )
    near, calm = [0, 0], [0, 0]
    for seed in range(1, count + 1):
        source = population(replace(HOLDS, persons=persons), seed)
        truth = source.column("entity").to_pylist()
        cells = []
        for place, linked in enumerate(linked_twice(source, truth, seed)):
            real = np.unique([truth[row] for row in linked.persons.rows], return_inverse=True)[1]
            pairs, draws = linked.scored.pairs, linked.clusterings[1:]
            share = (draws[:, pairs.left] == draws[:, pairs.right]).mean(axis=0)
            error = calibration_error(share, real[pairs.left] == real[pairs.right])
            found = link.evaluate(linked, truth)
            off = np.mean([len(set(row.tolist())) for row in draws]) / len(set(truth)) - 1
            near[place] += abs(off) <= 0.01
            calm[place] += error <= 0.003
            cells.append(f"{100 * off:>+8.2f}%{found.pairwise.f1:>8.4f}{error:>8.4f}{found.brier_skill:>7.3f}")
        print(f"{seed:>5}{source.num_rows:>9,}{found.block_recall:>8.4f}{linked.recall.value:>7.3f} | " + " | ".join(cells), flush=True)
    print(f"persons within 1%: {near[0]} of {count} unjudged, {near[1]} of {count} judged; "
          f"ECE at most .003: {calm[0]} and {calm[1]} of {count}")  # fmt: skip


def coverage(count: int, persons: int, shape: Shape = HOLDS) -> None:
    """Print how often the 95% interval after linking covers the truth, and how far it lies from what true links give."""
    print(f"\nCoverage on {count} simulated lists of {persons:,} dead, graph averaging on {DRAWS} draws")
    covered = {"true links among candidates": 0, "linked": 0, "linked, judged": 0}
    gaps: dict[str, list[float]] = {"linked": [], "linked, judged": []}
    warned = 0
    for seed in range(1001, 1001 + count):
        source = population(replace(shape, persons=persons), seed)
        truth = source.column("entity").to_pylist()
        first, second = linked_twice(source, truth, seed)
        reference = _estimated(first, [_cut(first, truth)])
        covered["true links among candidates"] += _covers(reference, persons)
        for name, linked in (("linked", first), ("linked, judged", second)):
            found = _estimated(linked, list(linked.clusterings))
            covered[name] += _covers(found, persons)
            if found.median and reference.median:
                gaps[name].append(abs(found.median / reference.median - 1))
        warned += bool(first.recall.warning)
    for name, times in covered.items():
        away = (
            f", median gap {100 * np.median(gaps[name]):.2f}%, within 3%: {np.mean(np.array(gaps[name]) <= 0.03):.0%}"
            if name in gaps
            else ""
        )
        print(f"{name:<28} covers {times} of {count} ({times / count:.0%}){away}")
    print(f"candidate recall below .98 said in {warned} of {count}")


def _cut(linked: link.Linked, truth: Sequence[str]) -> np.ndarray:
    """Return the true persons, cut where no component holds their records together: the best that any draw can do."""
    parts = linked.scored.parts
    component = -np.arange(1, len(linked.persons.rows) + 1)
    component[parts.order] = np.repeat(np.arange(len(parts.sizes)), parts.sizes)
    real = np.unique([truth[row] for row in linked.persons.rows], return_inverse=True)[1]
    return np.unique(np.column_stack((real, component)), axis=0, return_inverse=True)[1].ravel()


def _estimated(linked: link.Linked, clusterings: Sequence[np.ndarray]) -> estimate.Estimate:
    versions = {
        (draw, 0): estimate.captures_from_clusters(linked.persons.lists, np.asarray(labels, np.int64))
        for draw, labels in enumerate(clusterings)
    }
    return estimate.estimate_versions(versions, "dga", seed=1, workers=THREADS)[0].estimate


def _covers(found: estimate.Estimate, persons: int) -> bool:
    return found.low is not None and found.high is not None and found.low <= persons <= found.high


def main(words: list[str] | None = None) -> None:
    """Print what is asked for."""
    words = sys.argv[1:] if words is None else words
    persons = int(words[words.index("--persons") + 1]) if "--persons" in words else HOLDS.persons
    numbers = [int(word) for word in words if word.isdigit() and word != str(persons)]
    count = numbers[0] if numbers else 4
    if "coverage" not in words or "calibration" in words:
        calibration(count, persons)
    if "coverage" in words:
        coverage(count, persons)


if __name__ == "__main__":
    main()
