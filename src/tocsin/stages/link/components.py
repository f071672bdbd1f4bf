"""Groups records into components that no strong pair leaves, each small enough to be sampled whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tocsin.stages.link.arrays import Ints

#: A component with more records is cut at its weakest pairs.
LARGEST = 300


@dataclass(frozen=True)
class Components:
    """Holds records that stand together: `order` lists them component by component, `starts` where each begins (and the end).

    Records that no pair reaches are in none. `cut` counts components that had to be split between records that can't be told apart.
    """

    order: Ints
    starts: Ints
    cut: int

    @property
    def sizes(self) -> Ints:
        """Return how many records each component has."""
        return np.diff(self.starts)

    def pairs(self) -> tuple[Ints, Ints]:
        """Return all pairs inside the components (smaller record first)."""
        left, right = [], []
        sizes = self.sizes
        for size in np.unique(sizes):
            members = self.order[self.starts[:-1][sizes == size][:, None] + np.arange(size)]
            a, b = np.triu_indices(int(size), 1)
            left.append(members[:, a].ravel())
            right.append(members[:, b].ravel())
        if not left:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        first, second = np.concatenate(left), np.concatenate(right)
        return np.minimum(first, second), np.maximum(first, second)


def components(
    count: int, left: Ints, right: Ints, weight: npt.NDArray[np.float64], together: tuple[Ints, Ints], largest: int = LARGEST
) -> Components:
    """Return the components of `count` records under the pairs (left, right), cut where larger than `largest`.

    Inside a component that is too large, and only there, the weight that a pair needs is raised until its pieces are
    small enough; one weak pair must not chain strangers. Records judged the same (`together`) stay in one component.
    """
    label = _labels(count, left, right)
    for needed in np.unique(np.round(weight, 1)):
        large = np.flatnonzero(np.bincount(label, minlength=count)[label] > largest)
        if len(large) == 0:
            break
        inside = np.isin(left, large)
        left, right, weight = left[inside], right[inside], weight[inside]
        alive = weight >= needed
        place = np.searchsorted(large, (left[alive], right[alive]))
        label[large] = count + _labels(len(large), place[0], place[1])
        count += len(large)
    label, cut = _chop(pd.factorize(label)[0], largest)
    if len(together[0]):
        apart = label[together[0]], label[together[1]]
        joined = _labels(count, *apart)
        label = joined[label]
    return _listed(label, cut)


def _labels(count: int, left: Ints, right: Ints) -> Ints:
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def _chop(label: Ints, largest: int) -> tuple[Ints, int]:
    """Split what is still too large into runs of the canonical order."""
    sizes = np.bincount(label)
    chopped = label.copy()
    fresh = int(label.max(initial=-1)) + 1
    large = np.flatnonzero(sizes > largest)
    for component in large:
        members = np.flatnonzero(label == component)
        runs = np.arange(len(members)) // largest
        chopped[members] = np.where(runs == 0, component, fresh + runs)
        fresh += int(runs[-1]) + 1
    return chopped, len(large)


def _listed(label: Ints, cut: int) -> Components:
    sizes = np.bincount(label)
    kept = np.flatnonzero(sizes[label] > 1)
    order = kept[np.lexsort((kept, label[kept]))]
    if len(order) == 0:
        return Components(order, np.zeros(1, np.int64), cut)
    changes = np.flatnonzero(np.diff(label[order])) + 1
    return Components(order, np.concatenate(([0], changes, [len(order)])).astype(np.int64), cut)
