"""Pools strata that are too small to stand alone, by a rule that is stated beside the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tocsin.stages.estimate.capture import CaptureTable, capture_table
from tocsin.stages.estimate.checks import reason_to_refuse

#: A stratum that documents fewer people than this is pooled.
SMALLEST = 50
POOLED = "pooled"
RULE = (
    f"Strata with fewer than {SMALLEST} documented people, or whose lists can't support an estimate, are put together into one; "
    "if that one still can't be estimated, the next smallest stratum is added until it can."
)


def pool_small_strata(tables: Mapping[str, CaptureTable], smallest: int = SMALLEST) -> tuple[dict[str, CaptureTable], list[str]]:
    """Return the strata to estimate, and the names of those that were pooled into "pooled".

    Rule: `RULE`. No one is dropped: the documented people of all strata stay those of the result.
    """
    small = sorted(name for name, t in tables.items() if t.documented < smallest or reason_to_refuse(t))
    kept = {name: t for name, t in sorted(tables.items()) if name not in small}
    if not small or len(tables) == 1:
        return dict(sorted(tables.items())), []
    pooled = join([tables[name] for name in small])
    while kept and (pooled.documented < smallest or reason_to_refuse(pooled)):
        nearest = min(kept, key=lambda name: (kept[name].documented, name))
        small.append(nearest)
        pooled = join([pooled, kept.pop(nearest)])
    return {**kept, POOLED: pooled}, small


def join(tables: Sequence[CaptureTable]) -> CaptureTable:
    """Return one table with the people of all `tables`; a list that one of them lacks names nobody there."""
    names = sorted({name for t in tables for name in t.lists})
    patterns = []
    for table in tables:
        wide = np.zeros((len(table.counts), len(names)), np.uint8)
        wide[:, [names.index(name) for name in table.lists]] = table.patterns
        patterns.append(wide)
    return capture_table(names, np.vstack(patterns), np.concatenate([t.counts for t in tables]))


def whole(tables: Mapping[str, CaptureTable]) -> CaptureTable:
    """Return the table without strata."""
    return join(list(tables.values()))
