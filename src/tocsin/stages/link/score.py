"""Finds the pairs worth sampling: trains the model, keeps the strong candidates, and scores all pairs of each component."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Ints
from tocsin.stages.link.backend import Backend
from tocsin.stages.link.blocking import Blocking, choose, scarce
from tocsin.stages.link.bound import Bound
from tocsin.stages.link.candidates import Keys
from tocsin.stages.link.comparisons import comparisons, known
from tocsin.stages.link.components import Components, components
from tocsin.stages.link.given import Judged
from tocsin.stages.link.model import Field, Model, Rarity, untrained
from tocsin.stages.link.prepare import Persons
from tocsin.stages.link.splink import Engine, Pairs, in_order
from tocsin.stages.link.together import Together
from tocsin.stages.link.train import Evidence, train
from tocsin.stages.link.widen import priced

#: Up to this many candidate pairs all are compared once; above it a sample trains the model and only pairs that might pass are compared.
COMPARE_ALL_UP_TO = 200_000
#: Pairs taken at random, to learn from those outside the candidates what non-matches look like.
RANDOM_PAIRS = 60_000
#: So many candidate pairs train the model that chooses blocking rules; so many records, or as many as make TRIED_PAIRS, are its sample.
FIRST_SAMPLE, TRIED, TRIED_PAIRS = 60_000, 1_500, 250_000_000
#: Candidates with lower log odds than this (a probability of about 0.0025) are never kept; those above HIGH always are.
KEEP, HIGH = -6.0, -2.0
#: Between the two, the weakest candidates are left out as long as they hold at most this share of the expected matches: less where
#: there are few records, since small problems can afford more pairs.
SPARE, SPARE_OF_MANY, MANY = 0.0004, 0.001, 20_000


@dataclass(frozen=True)
class Scored:
    """Holds the trained model and all pairs inside the components, with their weight (log odds of one person)."""

    model: Model
    blocking: Blocking
    parts: Components
    pairs: Pairs
    added: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float64]
    known: npt.NDArray[np.bool_]
    candidates: int
    engine: Engine
    rarity: Added
    bound: Bound


def score(backend: Backend, persons: Persons, judged: Judged, seed: int, threads: int = 1) -> Scored:
    """Return the scored pairs of `persons`; candidates that could not reach KEEP are left out before they are compared."""
    table = persons.table
    chosen = comparisons(persons.fields)
    fields = untrained(chosen)
    rarity = Added(Rarity(table, fields), Together(table, fields), fields)
    engine, blocking, strangers = _blocked(backend, persons, rarity, judged, seed, threads)
    model, compared = _learn(engine, rarity, table.num_rows, judged, strangers)
    bound = Bound(table, model, rarity.rarity.shares)
    if engine.candidates > COMPARE_ALL_UP_TO:
        one, other = engine.blocked()
        possible = bound.reach(one, other, KEEP, threads)
        compared = engine.compare(*in_order(one[possible], other[possible], table.num_rows))
    weight = weigh(model, compared, rarity.adjustments(compared.left, compared.right, compared.levels))
    kept = weight > _threshold(weight, SPARE if table.num_rows < MANY else SPARE_OF_MANY)
    left, right, weight = compared.left[kept], compared.right[kept], weight[kept]
    parts = components(table.num_rows, left, right, weight, (judged.left[judged.same], judged.right[judged.same]))
    pairs = _inner(engine, compared, *parts.pairs(), table.num_rows)
    added = rarity.adjustments(pairs.left, pairs.right, pairs.levels)
    return Scored(model, blocking, parts, pairs, added, weigh(model, pairs, added), known(table, chosen), engine.candidates, engine,
                  rarity, bound)  # fmt: skip


def _blocked(backend: Backend, persons: Persons, rarity: Added, judged: Judged, seed: int, threads: int) -> tuple[Engine, Blocking, Pairs]:
    """Return the engine with its candidates, the rules that found them, and random pairs; where pairs are scarce a sample chooses the rules."""
    table, count, chosen = persons.table, persons.table.num_rows, comparisons(persons.fields)
    keys = Keys(table, threads)
    prices = priced(persons.fields, count, keys.brought) if scarce(count) else None
    first = prices.first(count) if prices is not None else None
    if prices is None or first is None or not first.rules:
        blocking = choose(count, persons.fields, keys.brought)
        engine = Engine(backend, table, chosen, keys.columns(blocking.rules), threads)
        return engine, blocking, _strangers(engine, count, seed)
    engine = Engine(backend, table, chosen, keys.columns(first.rules), threads)
    strangers = _strangers(engine, count, seed)
    model, _ = _learn(engine, rarity, count, judged, strangers, FIRST_SAMPLE)
    pairs, chance, stands_for = _tried(engine, Bound(table, model, rarity.rarity.shares), model, rarity, seed, threads)
    caught = keys.agree(prices.rules, pairs.left, pairs.right)
    blocking = prices.best(first, caught, chance, stands_for, count)
    engine.block(keys.columns(blocking.rules), threads)
    return engine, blocking, strangers


def _tried(
    engine: Engine, bound: Bound, model: Model, rarity: Added, seed: int, threads: int
) -> tuple[Pairs, npt.NDArray[np.float64], float]:
    """Return the likely pairs of records taken at random with any other, how likely each is, and how many pairs one stands for."""
    count = bound.records
    numbers = np.random.default_rng((seed, 5))
    records = np.sort(numbers.choice(count, min(count, TRIED, max(100, TRIED_PAIRS // count)), replace=False))
    one, other = bound.partners(records, HIGH, threads)
    compared = engine.compare(np.minimum(one, other), np.maximum(one, other))
    weight = weigh(model, compared, rarity.adjustments(compared.left, compared.right, compared.levels))
    likely = weight > HIGH
    return compared.take(likely), 1.0 / (1.0 + np.exp(-weight[likely].clip(-500, 500))), count / len(records) / 2.0


@dataclass(frozen=True)
class Added:
    """Adds to the levels' weights: how rare the values are, less what people who died together share anyway."""

    rarity: Rarity
    together: Together
    fields: tuple[Field, ...]

    def adjustments(self, left: Ints, right: Ints, levels: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
        """Return what is added to each comparison of each pair."""
        added = self.rarity.adjustments(left, right, levels)
        if self.together.applies:
            place = [f.name for f in self.fields].index("place")
            added[:, place] += np.round(self.together.correction(left, right, levels), 5).astype(np.float32)
        return added


def weigh(model: Model, pairs: Pairs, added: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the log odds that each pair is one person: prior + sum over comparisons of log(m/u) and rarity."""
    total = np.full(len(pairs), model.prior_weight)
    for place, weights in enumerate(model.weights()):
        total += np.append(weights, 0.0)[pairs.levels[:, place]] + added[:, place]
    return np.round(total, 6)


def _threshold(weight: npt.NDArray[np.float64], spare: float) -> float:
    """Return the log odds below which candidates are left out: weak pairs chain strangers and hold almost no match."""
    ordered = np.sort(weight)
    expected = np.cumsum(1.0 / (1.0 + np.exp(-np.clip(ordered, -500, 500))))
    if len(ordered) == 0:
        return KEEP
    spared = ordered[min(int(np.searchsorted(expected, spare * expected[-1])), len(ordered) - 1)]
    return float(np.clip(spared, KEEP, HIGH))


def _inner(engine: Engine, compared: Pairs, left: Ints, right: Ints, count: int) -> Pairs:
    """Return the pairs (left, right) with their levels; what was compared before, in canonical order, is not compared again."""
    before, asked = compared.left * count + compared.right, left * count + right
    at = np.searchsorted(before, asked).clip(0, max(0, len(before) - 1))
    known = before[at] == asked if len(before) else np.zeros(len(asked), np.bool_)
    levels = np.empty((compared.levels.shape[1], len(asked)), np.int8).T
    levels[known] = compared.levels[at[known]]
    levels[~known] = engine.compare(left[~known], right[~known]).levels
    return Pairs(left, right, levels)


def _learn(
    engine: Engine, rarity: Added, count: int, judged: Judged, strangers: Pairs, sample: int = COMPARE_ALL_UP_TO
) -> tuple[Model, Pairs]:
    every = count * (count - 1) / 2
    left, right = engine.sample(sample)
    compared = engine.compare(left, right)
    parts = [compared]
    stands = [np.full(len(compared), engine.candidates / max(1, len(compared)))]
    outside = every - engine.candidates
    if outside > 0:
        others = strangers.take(engine.outside(strangers.left, strangers.right))
        parts.append(others)
        stands.append(np.full(len(others), outside / max(1, len(others))))
    levels = np.concatenate([p.levels for p in parts])
    added = np.concatenate([rarity.adjustments(p.left, p.right, p.levels) for p in parts])
    verdict = np.concatenate([_verdicts(p, judged, count) for p in parts])
    evidence = Evidence(levels, added, np.concatenate(stands), verdict)
    start = min(0.1, max(count, 10) / every)
    return train(rarity.fields, evidence, start), compared


def _strangers(engine: Engine, count: int, seed: int) -> Pairs:
    """Return random pairs, almost all of them of two persons; none where every pair is a candidate."""
    numbers = np.random.default_rng(seed)
    every = count * (count - 1) // 2
    wanted = min(RANDOM_PAIRS, every) if engine.candidates < every else 0
    one, two = numbers.integers(0, count, wanted), numbers.integers(0, count - 1, wanted)
    two = two + (two >= one)
    key = np.unique(np.minimum(one, two) * count + np.maximum(one, two))
    return engine.compare(key // count, key % count)


def _verdicts(pairs: Pairs, judged: Judged, count: int) -> npt.NDArray[np.float64]:
    """Return 1 or 0 for judged pairs, nan for the others."""
    verdict = np.full(len(pairs), np.nan)
    if len(judged.left) == 0:
        return verdict
    keys: Ints = pairs.left * count + pairs.right
    asked: Ints = np.minimum(judged.left, judged.right) * count + np.maximum(judged.left, judged.right)
    order = np.argsort(asked)
    at = np.searchsorted(asked[order], keys).clip(0, len(asked) - 1)
    found = asked[order][at] == keys
    verdict[found] = judged.same[order][at[found]]
    return verdict
