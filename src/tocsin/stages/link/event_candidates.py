"""Finds the pairs of accounts worth comparing: near in time, and near or unknown in space."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from tocsin.stages.link.event_levels import Account

_KM_PER_DEGREE = 111.2
_DAY = dt.timedelta(days=1)


def candidates(accounts: Sequence[Account], days: int, kilometers: float, within: bool) -> set[tuple[str, str]]:
    """Return the pairs of ids, each in order, that lie within `days` and may lie within `kilometers`.

    Accounts that share a way of saying where (a point, a district, a name) are compared where that way puts them near
    each other; accounts that share none are compared on their time alone. One without a time is compared with all
    that are near in space.

    Args:
        accounts: the accounts.
        days: most days between two.
        kilometers: most kilometers between two points.
        within: whether accounts of one dataset are compared with each other.
    """
    ordered = sorted(accounts, key=lambda a: a.id)
    found: set[tuple[str, str]] = set()
    for members in _blocks(ordered, kilometers):
        found |= {_pair(a, b) for a, b in _close(members, members, days) if a.id != b.id and (within or a.dataset != b.dataset)}
    by_ways: dict[frozenset[str], list[Account]] = defaultdict(list)
    for account in ordered:
        by_ways[_ways(account)].append(account)
    for first, second in [*combinations(sorted(by_ways, key=sorted), 2), *([(frozenset(), frozenset())] if frozenset() in by_ways else [])]:
        if not first & second:
            one, other = ([a for a in by_ways[ways] if a.days] for ways in (first, second))
            found |= {_pair(a, b) for a, b in _close(one, other, days) if a.id != b.id and (within or a.dataset != b.dataset)}
    return found


def _ways(one: Account) -> frozenset[str]:
    """Return the ways in which an account says where it was."""
    said = (("point", one.point), ("district", one.admin), ("name", one.place_key))
    return frozenset(way for way, value in said if value is not None)


def _blocks(accounts: Sequence[Account], kilometers: float) -> Iterator[list[Account]]:
    """Yield the groups of accounts within which places may be near: a district, a name, a cell with its neighbors."""
    named: dict[tuple[str, str], list[Account]] = defaultdict(list)
    cells: dict[tuple[int, int], list[Account]] = defaultdict(list)
    size = max(kilometers, 1.0) / _KM_PER_DEGREE
    for one in accounts:
        if one.admin:
            named["district", one.admin].append(one)
        if one.place_key:
            named["name", one.place_key].append(one)
        if one.point is not None:
            cells[math.floor(one.point[0] / size), math.floor(one.point[1] / size)].append(one)
    yield from named.values()
    for (x, y), members in cells.items():
        reach = _reach(y, size, kilometers)
        around = [a for dy in (0, 1) for dx in range(-reach, reach + 1) if (dy, dx) > (0, 0) for a in cells.get((x + dx, y + dy), ())]
        yield [*members, *around]


def _reach(y: int, size: float, kilometers: float) -> int:
    """Return how many cells to each side a distance can span: degrees of longitude shrink towards the poles."""
    furthest = min(89.0, max(abs(y * size), abs((y + 2) * size)))
    return min(math.ceil(kilometers / (_KM_PER_DEGREE * math.cos(math.radians(furthest)) * size)), math.ceil(360 / size))


def _close(left: Sequence[Account], right: Sequence[Account], days: int) -> Iterator[tuple[Account, Account]]:
    """Yield the pairs from two groups whose times lie within the days, or of which one has no time."""
    timed = sorted((a for a in right if a.days), key=_first)
    starts = [_first(a) for a in timed]
    longest = max(((a.days[1] - a.days[0]).days for a in timed if a.days), default=0)
    untimed = [a for a in right if not a.days]
    for one in left:
        if one.days is None:
            yield from ((one, other) for other in right)
            continue
        earliest = one.days[0] - _DAY * min(days + longest, (one.days[0] - dt.date.min).days)
        for other in timed[bisect_left(starts, earliest) :]:
            if (_first(other) - one.days[1]).days > days:
                break
            if (one.days[0] - (other.days or one.days)[1]).days <= days:
                yield one, other
        yield from ((one, other) for other in untimed)


def _first(one: Account) -> dt.date:
    return one.days[0] if one.days else dt.date.min


def _pair(one: Account, other: Account) -> tuple[str, str]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)
