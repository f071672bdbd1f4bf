"""Links the records of persons: which of them are the same human being, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.model.errors import BadInput
from tocsin.stages.link.audit import Answered
from tocsin.stages.link.backend import backend
from tocsin.stages.link.given import Judged, Lists
from tocsin.stages.link.prepare import Persons, prepare
from tocsin.stages.link.problem import codes, lay_out, pair_shares
from tocsin.stages.link.recall import CandidateRecall, candidate_recall
from tocsin.stages.link.sampler import Drawn, Plan, Problem, Sampler
from tocsin.stages.link.score import Scored, score
from tocsin.stages.link.temper import tempers

#: With so many components the parameters hardly move after so many sweeps.
MANY_COMPONENTS, SETTLED = 10_000, 6


@dataclass(frozen=True)
class Options:
    """Holds what a user may choose about linking: draws, seed, threads, lists that hold nobody twice, and the smallest pair kept.

    `names_as_said`: the user said which columns hold given and family names, so that none are exchanged.
    """

    draws: int = 20
    seed: int = 20130111
    threads: int = 2
    duplicate_free: frozenset[str] = frozenset()
    least_probability: float = 0.01
    burn_in: int = 8
    names_as_said: bool = False


@dataclass(frozen=True)
class Linked:
    """Holds the answer: pairs with probabilities and reasons, clusterings (row 0 the best single one), and how much may be missed."""

    persons: Persons
    scored: Scored
    clusterings: npt.NDArray[np.int32]
    pair_probability: npt.NDArray[np.float64]
    people: npt.NDArray[np.int64]
    recall: CandidateRecall
    judged: Judged
    options: Options
    notes: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)


def link_persons(
    source: pa.Table,
    roles: Mapping[str, str],
    engine: Any,
    options: Options | None = None,
    judgements: Sequence[tuple[str, str, str]] = (),
    watch: Callable[[str], None] | None = None,
) -> Linked:
    """Return which records of `source` are the same person.

    Args:
        source: the lists, one row a record.
        roles: what each column means (`columns.recognise`).
        engine: what Splink works on, a DuckDB connection or a Spark session (`storage.connect_engine`).
        options: draws, seed and threads.
        judgements: (left id, right id, positive | negative | unsure); positive and negative always win, unsure decides nothing.
        watch: told the name of each part when it is done: prepared, scored, drawn, audited.

    Raises:
        BadInput: too few records, nothing to compare, judgements that contradict each other, or a list without duplicates that is not here.
    """
    options = options or Options()
    tell = watch or _nobody
    persons = prepare(source, roles, options.names_as_said)
    _check_lists(options.duplicate_free, persons.lists)
    judged, skipped = resolve(persons, judgements)
    tell("prepared")
    scored = score(backend(engine), persons, judged, options.seed, options.threads)
    tell("scored")
    of, names = codes(persons.lists)
    lists = Lists(of, np.array([name in options.duplicate_free for name in names], np.bool_))
    problem = lay_out(scored, lists, judged)
    drawn = _draw(problem, judged, options)
    tell("drawn")
    draws = len(drawn.labels)
    share = pair_shares(problem, scored.pairs, drawn.together, len(of), draws)
    probability = _smoothed(share, scored.weight, draws)
    clusterings = _whole(drawn, scored, len(of))
    answered = Answered(clusterings[0].astype(np.int64), share, of, drawn.state, judged)
    recall = candidate_recall(scored, answered, options.seed, options.threads)
    tell("audited")
    return Linked(
        persons=persons,
        scored=scored,
        clusterings=clusterings,
        pair_probability=_decided(probability, scored, judged, len(of)),
        people=drawn.people,
        recall=recall,
        judged=judged,
        options=options,
        notes=persons.notes,
        skipped={**persons.skipped, **skipped},
    )


def _check_lists(duplicate_free: frozenset[str], lists: Sequence[str]) -> None:
    """Refuse a list that is said to hold nobody twice but is not here: a slip in its name would silently undo what was said."""
    names = sorted(set(lists))
    for name in sorted(duplicate_free - set(names)):
        raise BadInput("a list said to hold nobody twice is not among the lists", "--duplicate-free", ", ".join(names)[:200], name[:40])


def _nobody(part: str) -> None:
    """Tell nobody."""


def _draw(problem: Problem, judged: Judged, options: Options) -> Drawn:
    settled = min(options.burn_in, SETTLED) if len(problem.components.sizes) >= MANY_COMPONENTS else options.burn_in
    plan = Plan((), settled, options.seed, options.threads)
    plan = replace(plan, tempers=tempers(problem, judged, plan, options.draws))
    return Sampler(problem, options.seed, options.threads).run(plan)


def _smoothed(share: npt.NDArray[np.float64], weight: npt.NDArray[np.float64], draws: int) -> npt.NDArray[np.float64]:
    """Return the probability of each pair: its share of draws, with two further draws' worth of the pair's own score."""
    alone = 1.0 / (1.0 + np.exp(-np.clip(weight, -50, 50)))
    return (share * draws + 2.0 * np.clip(alone, 0.001, 0.999)) / (draws + 2.0)


def _decided(probability: npt.NDArray[np.float64], scored: Scored, judged: Judged, count: int) -> npt.NDArray[np.float64]:
    """Return the probabilities with judged pairs at 1 and 0."""
    if len(judged.left) == 0:
        return probability
    keys = scored.pairs.left * count + scored.pairs.right
    low, high = np.minimum(judged.left, judged.right), np.maximum(judged.left, judged.right)
    verdict = dict(zip((low * count + high).tolist(), judged.same.tolist(), strict=True))
    at = np.flatnonzero(np.isin(keys, low * count + high))
    probability = probability.copy()
    probability[at] = [1.0 if verdict[int(key)] else 0.0 for key in keys[at]]
    return probability


def _whole(drawn: Drawn, scored: Scored, count: int) -> npt.NDArray[np.int32]:
    """Return the clusterings of all records: each record's cluster is named by the smallest record in it."""
    order = scored.parts.order
    rows = np.tile(np.arange(count, dtype=np.int32), (len(drawn.labels) + 1, 1))
    for place, label in enumerate([drawn.best, *drawn.labels]):
        first = np.full(len(order) + 1, count, np.int64)
        np.minimum.at(first, label, order)
        rows[place, order] = first[label]
    return rows


def resolve(persons: Persons, judgements: Sequence[tuple[str, str, str]]) -> tuple[Judged, dict[str, int]]:
    """Return the judgements that decide, by place; unsure ones and those on records that are not here are counted.

    Raises:
        BadInput: two records are judged different although a chain of positive judgements joins them.
    """
    place = {name: at for at, name in enumerate(persons.record_ids)}
    decided: dict[tuple[int, int], bool] = {}
    skipped: dict[str, int] = {}
    for left, right, judgement in judgements:
        if left not in place or right not in place or left == right:
            _count(skipped, "judgements on records that are not in these lists")
        elif judgement not in ("positive", "negative"):
            _count(skipped, "judgements that say unsure, which decide nothing")
        else:
            pair = (min(place[left], place[right]), max(place[left], place[right]))
            decided[pair] = judgement == "positive"
    keys = sorted(decided)
    judged = Judged(
        np.array([a for a, _ in keys], np.int64),
        np.array([b for _, b in keys], np.int64),
        np.array([decided[key] for key in keys], np.bool_),
    )
    _check_contradictions(persons, judged)
    return judged, skipped


def _count(skipped: dict[str, int], reason: str) -> None:
    skipped[reason] = skipped.get(reason, 0) + 1


def _check_contradictions(persons: Persons, judged: Judged) -> None:
    root: dict[int, int] = {}

    def find(at: int) -> int:
        while root.get(at, at) != at:
            at = root[at]
        return at

    for left, right in zip(judged.left[judged.same].tolist(), judged.right[judged.same].tolist(), strict=True):
        root[find(right)] = find(left)
    for left, right in zip(judged.left[~judged.same].tolist(), judged.right[~judged.same].tolist(), strict=True):
        if find(left) == find(right):
            raise BadInput(
                "judgements contradict each other",
                f"records {persons.record_ids[left]} and {persons.record_ids[right]}",
                "a negative judgement between records that no positive judgements join",
                "positive judgements that join them",
                "Look at the judgements on these records again and correct one.",
            )


def reasons(linked: Linked, at: int) -> str:
    """Return as JSON how each comparison of pair number `at` came out and what it adds to the weight (log units)."""
    scored = linked.scored
    said = []
    for place, known in enumerate(scored.model.fields):
        level = int(scored.pairs.levels[at, place])
        if level < 0:
            said.append({"field": known.name, "level": "missing", "weight": 0.0})
            continue
        weight = float(np.log(known.m[level] / known.u[level]) + scored.added[at, place])
        said.append({"field": known.name, "level": known.labels[level], "weight": round(weight, 2)})
    return json.dumps(said, ensure_ascii=False)
