"""Enumerates the decomposable graphs on a few lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class DecomposableGraphs:
    """Holds every decomposable graph on `lists` vertices as a row of coefficients.

    Column `A` (a bit mask of lists) of `coefficients` counts how often the margin `A` is a clique minus how
    often it is a separator; the empty separator is left out. With log marginal likelihoods `h` of the margins,
    `coefficients @ h` is then the log marginal likelihood of each graph.
    `edges` holds the edges as bits in the order (0,1), (0,2), ..; `saturated` is the row with all of them.
    """

    lists: int
    coefficients: NDArray[np.float64]
    edges: NDArray[np.int64]
    saturated: int


@cache
def decomposable_graphs(lists: int) -> DecomposableGraphs:
    """Return all decomposable graphs on `lists` labelled vertices.

    A graph is decomposable when its vertices can be taken away one by one, each with its remaining neighbours
    all joined to one another (a perfect elimination order). Every removal adds the vertex with its neighbours
    as a margin and subtracts the neighbours alone; what does not cancel are the cliques and the separators.

    Reference: Lauritzen (1996), Graphical Models, chapter 2; counts are OEIS A058862.

    >>> [len(decomposable_graphs(j).edges) for j in (3, 4, 5)]
    [8, 61, 822]
    """
    pairs = [(i, j) for i in range(lists) for j in range(i + 1, lists)]
    codes = np.arange(1 << len(pairs), dtype=np.int64)
    neighbours = np.zeros((lists, len(codes)), np.int64)
    for bit, (i, j) in enumerate(pairs):
        has = (codes >> bit) & 1
        neighbours[i] |= has << j
        neighbours[j] |= has << i
    coefficients, decomposable = _eliminate(lists, neighbours)
    edges = codes[decomposable]
    return DecomposableGraphs(lists, coefficients[decomposable], edges, int(np.argmax(edges)))


def _eliminate(lists: int, neighbours: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Remove a simplicial vertex from all graphs at once, as often as there are vertices."""
    count = neighbours.shape[1]
    everyone = np.arange(count)
    coefficients = np.zeros((count, 1 << lists))
    remaining = np.full(count, (1 << lists) - 1, np.int64)
    for _ in range(lists):
        chosen = np.full(count, -1, np.int64)
        for vertex in range(lists):
            simplicial = ((remaining >> vertex) & 1).astype(bool) & (chosen < 0)
            around = neighbours[vertex] & remaining
            for other in range(lists):
                joined = (around & ~(neighbours[other] | (1 << other))) == 0
                simplicial &= joined | (((around >> other) & 1) == 0)
            chosen[simplicial] = vertex
        rows = everyone[chosen >= 0]
        vertex_bit = np.left_shift(1, chosen[rows])
        around = neighbours[chosen[rows], rows] & remaining[rows]
        coefficients[rows, around | vertex_bit] += 1
        coefficients[rows, around] -= 1
        remaining[rows] &= ~vertex_bit
    coefficients[:, 0] = 0  # the empty separator weighs nothing
    return coefficients, remaining == 0
