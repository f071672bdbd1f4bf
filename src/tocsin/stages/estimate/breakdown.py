"""Breaks documented people down by what their records say, with a range where the records of one person disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.model.casualties import UNKNOWN

RULE = (
    "Low: people all of whose records that say something say this. High: people of whom at least one record says this. "
    "People of whom no record says anything are counted as unknown."
)


@dataclass(frozen=True)
class Kind:
    """Holds how many people are of one kind: at least `low`, at most `high`; both None where the number is withheld."""

    value: str
    low: int | None
    high: int | None


def break_down(clusters: Sequence[object], values: Sequence[str | None], smallest: int) -> tuple[Kind, ...]:
    """Count people by kind, the most frequent first, with small numbers withheld.

    Args:
        clusters: the person of each record.
        values: what each record says; None or "unknown" where it says nothing.
        smallest: a number of people below this is withheld; where only one is withheld, the next smallest is too, since
            the total would give it away.

    >>> break_down([1, 1, 2, 3], ["a", "b", "a", None], 0)
    (Kind(value='a', low=1, high=2), Kind(value='b', low=0, high=1), Kind(value='unknown', low=1, high=1))
    """
    said: dict[object, set[str]] = defaultdict(set)
    for cluster, value in zip(clusters, values, strict=True):
        said[cluster] |= {value} - {None, UNKNOWN, ""} if value is not None else set()
    low: dict[str, int] = defaultdict(int)
    high: dict[str, int] = defaultdict(int)
    for kinds in said.values():
        for kind in kinds or {UNKNOWN}:
            high[kind] += 1
            low[kind] += len(kinds) < 2
    return _without_small(low, high, smallest)


def _without_small(low: Mapping[str, int], high: Mapping[str, int], smallest: int) -> tuple[Kind, ...]:
    order = sorted(high, key=lambda kind: (-high[kind], kind))
    hidden = [kind for kind in order if high[kind] < smallest]
    if len(hidden) == 1 and len(order) > 1:
        hidden.append(next(kind for kind in reversed(order) if kind not in hidden))
    shown = [Kind(kind, low[kind] if low[kind] >= smallest or low[kind] == 0 else 0, high[kind]) for kind in order if kind not in hidden]
    return (*shown, *(Kind(kind, None, None) for kind in sorted(hidden)))
