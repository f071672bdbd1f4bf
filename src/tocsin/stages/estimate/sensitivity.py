"""Shows what the answer hangs on: each list left out, each two joined, other priors."""

from __future__ import annotations

from itertools import combinations

from tocsin.stages.estimate.capture import CaptureTable
from tocsin.stages.estimate.checks import lists_in_use
from tocsin.stages.estimate.methods import dga
from tocsin.stages.estimate.methods.chao import MOST_LISTS as BOUNDED
from tocsin.stages.estimate.methods.chao import equal_rates, unequal_rates
from tocsin.stages.estimate.result import Estimate

#: With more lists than this, joins and omissions are checked with the quick lower bound; with still more, with equal rates.
MOST_LISTS = 5
#: Each two lists are joined only up to this many lists: 28 pairs.
MOST_JOINED = 8


def leave_one_out(table: CaptureTable) -> dict[str, Estimate]:
    """Estimate again without each list; a total that moves a lot hangs on that one list."""
    used = lists_in_use(table)
    return {name: _quick(used.without(name)) for name in used.lists}


def merged_lists(table: CaptureTable) -> dict[str, Estimate]:
    """Estimate again with each two lists joined, as if one had copied from the other; nothing for more than 8 lists."""
    used = lists_in_use(table)
    if len(used.lists) > MOST_JOINED:
        return {}
    return {f"{a}+{b}": _quick(used.merged(a, b)) for a, b in combinations(used.lists, 2)}


def prior_fan(table: CaptureTable) -> list[Estimate]:
    """Estimate by graph averaging under several prior weights of a cell."""
    return dga.fan(table) if len(lists_in_use(table).lists) <= dga.MOST_LISTS else []


def _quick(table: CaptureTable) -> Estimate:
    if len(table.lists) <= MOST_LISTS:
        return dga.estimate(table)
    return unequal_rates(table) if len(table.lists) <= BOUNDED else equal_rates(table, occasions=True)
