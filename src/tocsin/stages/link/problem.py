"""Lays the scored pairs out for the sampler."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tocsin.stages.link.arrays import Ints
from tocsin.stages.link.given import Judged, Lists
from tocsin.stages.link.kernels import EXACT_UP_TO
from tocsin.stages.link.sampler import JUDGED, Problem
from tocsin.stages.link.score import Scored
from tocsin.stages.link.splink import Pairs

#: Split-merge steps start from pairs whose log odds are between these: what is surer needs no such step.
CLOSE, SURE = -3.0, 10.0


def lay_out(scored: Scored, lists: Lists, judged: Judged) -> Problem:
    """Return the sampler's problem from all pairs inside the components and their weights (log odds)."""
    parts, pairs, weight = scored.parts, scored.pairs, scored.weight
    sizes = parts.sizes
    blocks = np.concatenate(([0], np.cumsum(sizes**2))).astype(np.int64)
    component = np.full(len(lists.of), -1, np.int64)
    place = np.zeros(len(lists.of), np.int64)
    component[parts.order] = np.repeat(np.arange(len(sizes)), sizes)
    place[parts.order] = np.arange(len(parts.order)) - np.repeat(parts.starts[:-1], sizes)
    at, low, high = _places(component, place, sizes, blocks, pairs.left, pairs.right)
    levels = np.full((int(blocks[-1]), pairs.levels.shape[1]), -1, np.int8)
    rarity = np.zeros(levels.shape, np.float32)
    levels[at], rarity[at] = pairs.levels, scored.added
    close = np.flatnonzero((weight > CLOSE) & (weight < SURE) & (sizes[component[pairs.left]] > EXACT_UP_TO))
    close = close[np.lexsort((high[close], low[close], component[pairs.left[close]]))]
    inner = np.flatnonzero((component[judged.left] >= 0) & (component[judged.left] == component[judged.right]))
    inner = inner[np.argsort(component[judged.left[inner]], kind="stable")]
    rows = [place[judged.left[inner]], place[judged.right[inner]], np.where(judged.same[inner], JUDGED, -JUDGED)]
    alone = np.bincount(lists.of[component < 0], minlength=len(lists.duplicate_free))
    return Problem(
        components=parts,
        blocks=blocks[:-1],
        levels=levels,
        added=rarity,
        known=np.ascontiguousarray(scored.known[parts.order]),
        files=lists.of[parts.order],
        judged=np.column_stack(rows).astype(np.float64),
        judged_starts=np.searchsorted(component[judged.left[inner]], np.arange(len(sizes) + 1)),
        close=np.column_stack((low[close], high[close])).astype(np.int64),
        close_starts=np.searchsorted(component[pairs.left[close]], np.arange(len(sizes) + 1)),
        lists=len(lists.duplicate_free),
        duplicate_free=lists.duplicate_free,
        single_counts=alone.astype(np.int64),
        model=scored.model,
    )


def _places(component: Ints, place: Ints, sizes: Ints, blocks: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    low: Ints = np.minimum(place[left], place[right])
    high: Ints = np.maximum(place[left], place[right])
    at: Ints = blocks[component[left]] + low * sizes[component[left]] + high
    return at, low, high


def pair_shares(problem: Problem, pairs: Pairs, together: npt.NDArray[np.int32], count: int, draws: int) -> npt.NDArray[np.float64]:
    """Return the share of draws that hold each pair in one cluster."""
    parts = problem.components
    sizes = parts.sizes
    component = np.full(count, -1, np.int64)
    place = np.zeros(count, np.int64)
    component[parts.order] = np.repeat(np.arange(len(sizes)), sizes)
    place[parts.order] = np.arange(len(parts.order)) - np.repeat(parts.starts[:-1], sizes)
    at, _, _ = _places(component, place, sizes, problem.blocks, pairs.left, pairs.right)
    return np.asarray(together[at] / float(draws), np.float64)


def codes(values: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Return each value's number and the values in alphabetical order."""
    names = tuple(sorted(set(values)))
    number = {name: place for place, name in enumerate(names)}
    return np.array([number[value] for value in values], np.int64), names
