"""Joins pairs to clusters by chains, as every linking program without a model of clusters does."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


def chained(count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return a cluster number for each of `count` records: records that a chain of pairs joins have the same."""
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int64)
