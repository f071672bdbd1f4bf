"""Puts linked records into groups in which every two members may stand together: no chain through a weak link."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence

Pair = tuple[str, str]


def grouped(links: Iterable[Pair], may_join: Callable[[str, str], bool], first: Iterable[Pair] = ()) -> list[tuple[str, ...]]:
    """Return the groups of two or more that `links` make, strongest link first, each group and the list in order.

    Two groups become one only where `may_join` holds for every member of the one with every member of the other, so
    that A~B and B~C never bring A and C together where A and C can't be the same.

    Args:
        links: pairs, the strongest first; ties must already be in a fixed order.
        may_join: says whether two records may stand in one group; symmetric.
        first: pairs that a person judged the same; they are joined before all others, without asking `may_join`.

    >>> grouped([("a", "b"), ("b", "c")], lambda one, other: {one, other} != {"a", "c"})
    [('a', 'b')]
    """
    members: dict[str, list[str]] = {}

    def group_of(record: str) -> list[str]:
        return members.setdefault(record, [record])

    def join(one: list[str], other: list[str]) -> None:
        one += other
        members.update(dict.fromkeys(other, one))

    for left, right in first:
        if group_of(left) is not group_of(right):
            join(group_of(left), group_of(right))
    for left, right in links:
        one, other = group_of(left), group_of(right)
        if one is not other and all(may_join(a, b) for a in one for b in other):
            join(one, other)
    found = {id(group): tuple(sorted(group)) for group in members.values() if len(group) > 1}
    return sorted(found.values())


def group_name(prefix: str, members: Sequence[str]) -> str:
    """Return the name of a group: a hash of its members, so that the same group has the same name in every run."""
    return f"{prefix}-{hashlib.sha256(json.dumps(sorted(members)).encode()).hexdigest()[:16]}"
