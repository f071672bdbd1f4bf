"""Says which answers about pairs of records would narrow the estimate most: the value of information of each pair.

Let p be the probability that the two records are one person, and D the change of log N when their clusters are joined.
While the pair is open it adds p (1 - p) D^2 to the variance of log N, and an answer takes that away. D depends only on
which lists the two clusters stand on, so that a handful of numbers serves every pair: with g_x the slope of log N in the
number of people of history x, joining histories a and b gives D = g_(a or b) - g_a - g_b.

Reference: Howard (1966), IEEE Transactions on Systems Science and Cybernetics 2:22-26; the slopes are taken numerically.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.stages.estimate.capture import CaptureTable, capture_table
from tocsin.stages.estimate.checks import reason_to_refuse
from tocsin.stages.estimate.methods import chao, dga
from tocsin.stages.estimate.result import Estimate

Array = NDArray[np.float64]
#: With more lists than this the slopes come from the lower bound, which takes no time.
MOST_LISTS = 5


def slopes(table: CaptureTable) -> Array | None:
    """Return the slope of log N in the count of every history (bit j is list j); None where nothing can be estimated."""
    if reason_to_refuse(table) is not None:
        return None
    base = _log_total(table)
    if base is None:
        return None
    cells = table.dense()
    found = np.zeros(len(cells))
    for history in range(1, len(cells)):
        step = max(1, round(float(np.sqrt(cells[history]))))
        moved = _log_total(_with_more(table, history, step))
        found[history] = 0.0 if moved is None else (moved - base) / step
    return found


def worth_of_pairs(slope: Array, left: Sequence[int], right: Sequence[int], probability: Sequence[float]) -> Array:
    """Return p (1 - p) D^2 of each pair.

    Args:
        slope: from `slopes`.
        left: lists of the first record's cluster as bits, without the second record where both are in one cluster.
        right: the same for the second.
        probability: that the two records are one person.

    >>> worth_of_pairs(np.array([0.0, 1.0, 2.0, 0.5]), [1, 1], [2, 2], [0.5, 0.9]).round(4).tolist()
    [1.5625, 0.5625]
    """
    a, b = np.asarray(left, np.int64), np.asarray(right, np.int64)
    p = np.asarray(probability, np.float64)
    change = slope[a | b] - slope[a] - slope[b]
    return np.asarray(p * (1 - p) * change**2)


def histories(lists: Sequence[str], clusters: NDArray[np.int64], names: Sequence[str]) -> NDArray[np.int64]:
    """Return the lists of each record's cluster as bits, list `names[j]` being bit j.

    Args:
        lists: on which list each record stands.
        clusters: the cluster of each record, numbered from 0.
        names: the lists in the order of the capture table.
    """
    bits = np.array([1 << names.index(name) for name in lists], np.int64)
    whole = np.zeros(int(clusters.max(initial=-1)) + 1, np.int64)
    np.bitwise_or.at(whole, clusters, bits)
    return whole[clusters]


def _with_more(table: CaptureTable, history: int, more: int) -> CaptureTable:
    pattern = [(history >> j) & 1 for j in range(len(table.lists))]
    patterns = np.vstack([table.patterns, np.array([pattern], np.uint8)])
    return capture_table(table.lists, patterns, np.append(table.counts, more))


def _log_total(table: CaptureTable) -> float | None:
    found: Estimate = dga.estimate(table) if len(table.lists) <= MOST_LISTS else chao.unequal_rates(table)
    return None if found.refused or not len(found.draws) else float(np.mean(np.log(found.draws)))
