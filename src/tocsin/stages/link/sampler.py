"""Draws who is who: whole partitions of the records, with the chance of each stated, never only one threshold.

Model (after Aleshin-Guendel and Sadinle 2022, with the likelihood of `kernels.py`): n clusters ~ Poisson(lambda),
inclusion patterns ~ Dirichlet(1 + counts), repeats of a person inside list k ~ Poisson(delta_k). Given these the components are
independent, so they are drawn side by side; then lambda, patterns, delta and the m of each comparison are drawn given the clusters.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Floats, Ints
from tocsin.stages.link.best import best_range
from tocsin.stages.link.components import Components
from tocsin.stages.link.kernels import EXACT_UP_TO
from tocsin.stages.link.model import Model
from tocsin.stages.link.sweeps import sweep_range

#: Lists up to this number have a table of all inclusion patterns; above it each list counts for itself.
LISTS_WITH_PATTERNS = 10
#: Up to so many clusterings are drawn at one state of the parameters: one for each so many components.
AT_ONCE, RECKONED = 10, 1000
#: A judged pair adds this to the log weight of every cluster that holds it.
JUDGED = 1000.0


@dataclass(frozen=True)
class Problem:
    """Holds what is to be sampled, laid out component by component.

    `levels` and `added` hold a k x k block for each component (row i * k + j, smaller place first), beginning at `blocks`.
    `judged` rows are place, place, +-JUDGED inside a component; `close` rows are pairs that split-merge steps start from.
    """

    components: Components
    blocks: Ints
    levels: npt.NDArray[np.int8]
    added: npt.NDArray[np.float32]
    known: npt.NDArray[np.bool_]
    files: Ints
    judged: Floats
    judged_starts: Ints
    close: Ints
    close_starts: Ints
    lists: int
    duplicate_free: npt.NDArray[np.bool_]
    single_counts: Ints
    model: Model


@dataclass(frozen=True)
class Plan:
    """Holds how to draw: each temper with the number of draws to keep, sweeps before the first, the seed and the threads."""

    tempers: tuple[tuple[float, int], ...]
    burn_in: int
    seed: int
    threads: int


@dataclass(frozen=True)
class State:
    """Holds what clusters are weighed with: the weight of each level of each comparison, the prior and the pattern table of `kernels.py`."""

    weights: Floats
    prior: Floats
    patterns: Floats
    temper: float


@dataclass(frozen=True)
class Drawn:
    """Holds the draws: `labels[b]` gives each record in component order its cluster (the place of a record of it).

    `together` counts, in the layout of `Problem.levels`, the draws that hold two records in one cluster; `people` is the trace of
    the number of clusters; `best` the best single answer; `state` the parameters of the last sweep.
    """

    labels: npt.NDArray[np.int32]
    together: npt.NDArray[np.int32]
    best: npt.NDArray[np.int32]
    people: Ints
    m: tuple[Floats, ...]
    state: State


class Sampler:
    """Keeps the state of one chain over all components."""

    def __init__(self, problem: Problem, seed: int, threads: int) -> None:
        self.problem, self.seed, self.threads = problem, seed, max(1, threads)
        parts = problem.components
        sizes = parts.sizes
        self.label = np.concatenate([np.arange(size) for size in sizes]) if len(sizes) else np.empty(0, np.int64)
        self._base = np.repeat(parts.starts[:-1], sizes)
        self._numbers = np.random.default_rng(seed)
        self._sweep = 0
        self._together = np.zeros(len(problem.levels), np.int32)
        deepest = max((len(f.m) for f in problem.model.fields), default=1)
        self._weights = np.zeros((len(problem.model.fields), deepest))
        self._set_weights([f.m for f in problem.model.fields])
        self._ranges = _ranges(sizes, self.threads)
        self._start_prior()

    def run(self, plan: Plan) -> Drawn:
        """Return the draws that `plan` asks for."""
        total = sum(count for _, count in plan.tempers)
        labels = np.empty((total, len(self.label)), np.int32)
        done = 0
        with ThreadPoolExecutor(self.threads) as pool:
            for place, (temper, count) in enumerate(plan.tempers):
                for _ in range(plan.burn_in if place == 0 else max(1, plan.burn_in // 5)):
                    self._step(pool, temper, labels[:0])
                while count > 0:
                    at_once = min(count, self._at_once())
                    self._step(pool, temper, labels[done : done + at_once])
                    done, count = done + at_once, count - at_once
            best = self._best(pool, total)
        labels += self._base.astype(np.int32)
        alone = int(self.problem.single_counts.sum())
        people = np.array([np.count_nonzero(np.bincount(row)) + alone for row in labels], np.int64)
        temper = sum(value * count for value, count in plan.tempers) / max(1, total)
        return Drawn(labels, self._together, best, people, tuple(self._m), State(self._weights, self._prior, self._patterns, temper))

    def _at_once(self) -> int:
        """Return how many clusterings to draw before the parameters move again: in large problems they hardly move."""
        return int(np.clip(len(self.problem.components.sizes) // RECKONED, 1, AT_ONCE))

    def _step(self, pool: ThreadPoolExecutor, temper: float, kept: npt.NDArray[np.int32]) -> None:
        problem = self.problem
        self._sweep += 1
        seen = [np.zeros(self._weights.shape, np.int64) for _ in self._ranges]

        def draw(place: int) -> None:
            first, last = self._ranges[place]
            sweep_range(
                first, last, problem.components.starts, problem.blocks, problem.levels, problem.added, problem.known, problem.files,
                problem.judged, problem.judged_starts, problem.close, problem.close_starts, self._weights, self._prior, self._patterns,
                float(temper), self.seed, self._sweep, self.label, kept, self._together, seen[place],
            )  # fmt: skip

        list(pool.map(draw, range(len(self._ranges))))
        self._draw_prior()
        self._draw_m(sum(seen, np.zeros(self._weights.shape, np.int64)))

    def shares(self, components: Ints, temper: float, draws: int) -> dict[int, Floats]:
        """Return, for each of some components, the share of draws at `temper` that hold each two of its records together.

        The parameters stay as they are; only these components move.
        """
        problem, starts = self.problem, self.problem.components.starts
        self._sweep += 1
        found = {}
        kept = np.empty((draws + draws // 4, len(self.label)), np.int32)
        unused = np.zeros(self._weights.shape, np.int64)
        for component in components.tolist():
            sweep_range(
                component, component + 1, starts, problem.blocks, problem.levels, problem.added, problem.known, problem.files,
                problem.judged, problem.judged_starts, problem.close, problem.close_starts, self._weights, self._prior, self._patterns,
                float(temper), self.seed, self._sweep, self.label, kept, self._together, unused,
            )  # fmt: skip
            label = kept[draws // 4 :, starts[component] : starts[component + 1]]
            found[component] = (label[:, :, None] == label[:, None, :]).mean(axis=0)
        return found

    def _start_prior(self) -> None:
        self._prior = np.zeros((6, self.problem.lists))
        self._patterns = np.zeros(0)
        self._draw_prior()

    def _draw_prior(self) -> None:
        """Draw lambda, the inclusion patterns and the repeats of each list given the clusters."""
        problem = self.problem
        lists = problem.lists
        cluster = (self.label + self._base) if len(self.label) else np.empty(0, np.int64)
        held = np.zeros((len(cluster) + 1, lists), np.int32)
        np.add.at(held, (cluster, problem.files), 1)
        held = held[held.any(axis=1)]
        singles = problem.single_counts
        people = len(held) + int(singles.sum())
        with_list = (held > 0).sum(axis=0) + singles
        surplus = (held - (held > 0)).sum(axis=0)
        delta = self._numbers.gamma(0.5 + surplus, 1.0 / (1.0 + with_list)).clip(1e-9)
        prior = np.zeros((6, lists))
        prior[2], prior[3] = np.log(delta), delta
        prior[4] = problem.duplicate_free
        prior[5, 0] = np.log(self._numbers.gamma(people + 1.0))
        if lists <= LISTS_WITH_PATTERNS:
            pattern = ((held > 0) << np.arange(lists)).sum(axis=1)
            counts = np.bincount(pattern, minlength=1 << lists).astype(float)
            counts[1 << np.arange(lists)] += singles
            chances = self._numbers.gamma(counts[1:] + 1.0)
            self._patterns = np.concatenate(([0.0], np.log((chances / chances.sum()).clip(1e-300))))
        else:
            share = self._numbers.beta(with_list + 1.0, people - with_list + 1.0).clip(1e-12, 1 - 1e-12)
            prior[0], prior[1] = np.log(share), np.log1p(-share)
        self._prior = prior

    def _draw_m(self, seen: npt.NDArray[np.int64]) -> None:
        """Draw m of each comparison from the levels along the trees that join the records of each cluster."""
        drawn = []
        for place, field in enumerate(self.problem.model.fields):
            counts = seen[place, : len(field.m)] + 0.5 + 2.0 * field.m
            chances = self._numbers.gamma(counts)
            drawn.append((chances / chances.sum()).clip(1e-9))
        self._set_weights(drawn)

    def _set_weights(self, m: Sequence[Floats]) -> None:
        self._m = list(m)
        for place, (field, chances) in enumerate(zip(self.problem.model.fields, m, strict=True)):
            self._weights[place, : len(chances)] = np.log(chances / field.u)

    def _best(self, pool: ThreadPoolExecutor, kept: int) -> npt.NDArray[np.int32]:
        problem = self.problem
        label = np.zeros(len(self.label), np.int64)

        def find(bounds: tuple[int, int]) -> None:
            best_range(
                *bounds, problem.components.starts, problem.blocks, self._together, float(kept), problem.files,
                problem.duplicate_free, problem.judged, problem.judged_starts, self.label, label,
            )  # fmt: skip

        list(pool.map(find, self._ranges))
        return (label + self._base).astype(np.int32)


def _ranges(sizes: Ints, threads: int) -> list[tuple[int, int]]:
    """Cut the components into runs of about equal work; how they are cut changes no result."""
    if len(sizes) == 0:
        return []
    work = np.cumsum(np.where(sizes <= EXACT_UP_TO, 4.0 + 3.0 ** np.minimum(sizes, EXACT_UP_TO) / 10.0, 12.0 * sizes**2.0))
    bounds = np.searchsorted(work, np.linspace(0, work[-1], 8 * threads + 1)[1:-1])
    edges = np.unique(np.concatenate(([0], bounds, [len(sizes)])))
    return list(itertools.pairwise(edges.tolist()))
