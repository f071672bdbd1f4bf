"""Measures a linkage against known truth, beside what candidates could have reached at best."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.model.errors import BadInput
from tocsin.stages.link.agreement import Quality, brier_skill, cluster, pairwise
from tocsin.stages.link.persons import Linked

_FEBRL = re.compile(r"rec-(\d+)-")


@dataclass(frozen=True)
class Evaluation:
    """Holds what truth says about a linkage.

    `block_recall` is the share of true pairs that blocking made candidates or that a component holds; `brier_skill` that of the pair
    probabilities over all pairs looked at (candidates, and pairs inside components), against their base rate.
    """

    pairwise: Quality
    cluster: Quality
    block_recall: float | None
    brier_skill: float | None


def evaluate(linked: Linked, truth: Sequence[str | None]) -> Evaluation:
    """Return the quality of the best single clustering and of the probabilities; `truth` has one value for each input row."""
    codes: dict[str, int] = {}
    known = [str(truth[row]) if truth[row] is not None else f"\0{row}" for row in linked.persons.rows]
    real = np.array([codes.setdefault(value, len(codes)) for value in known], np.int64)
    best = linked.clusterings[0].astype(np.int64)
    pairs = linked.scored.pairs
    right = real[pairs.left] == real[pairs.right]
    caught, together = _reached(linked, real)
    inside = int(linked.scored.engine.caught(pairs.left, pairs.right).any(axis=1).sum())
    dismissed = linked.scored.candidates - inside
    skill = brier_skill(linked.pair_probability, right, dismissed, int((caught & ~together).sum()))
    recall = float((caught | together).mean()) if len(caught) else None
    return Evaluation(pairwise(best, real), cluster(best, real), recall, skill)


def _reached(linked: Linked, real: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return, for each true pair, whether a blocking rule catches it and whether a component holds it."""
    low, high = _true_pairs(real)
    if len(low) == 0:
        return np.empty(0, np.bool_), np.empty(0, np.bool_)
    component = np.full(len(real), -1)
    parts = linked.scored.parts
    component[parts.order] = np.repeat(np.arange(len(parts.sizes)), parts.sizes)
    together = (component[low] >= 0) & (component[low] == component[high])
    return np.asarray(linked.scored.engine.caught(low, high).any(axis=1), np.bool_), together


def _true_pairs(real: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    order = np.argsort(real, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], np.diff(real[order]) > 0, [True])))
    left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for first, last in itertools.pairwise(starts.tolist()):
        a, b = np.triu_indices(last - first, 1)
        left.append(order[first:last][a])
        right.append(order[first:last][b])
    one, two = np.concatenate(left), np.concatenate(right)
    return np.minimum(one, two), np.maximum(one, two)


def febrl_truth(record_ids: Sequence[str | None]) -> list[str | None]:
    """Return the person's number in ids such as rec-223-org and rec-223-dup-0.

    Raises:
        BadInput: an id has another form.
    """
    numbers: list[str | None] = []
    for row, name in enumerate(record_ids):
        match = _FEBRL.search(name or "")
        if match is None:
            raise BadInput(
                "an id has no person's number", f"--truth febrl, row {row + 1}", "rec-NUMBER-org or rec-NUMBER-dup-N", "another form"
            )
        numbers.append(match.group(1))
    return numbers
