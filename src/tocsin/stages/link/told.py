"""Remembers the level of each two values that the database was asked about, under the numbers of the two: a table with open addresses."""

from __future__ import annotations

import numpy as np
from numba import njit

from tocsin.stages.link.arrays import Codes, Ints, Levels

#: Said of two values that nobody was asked about yet.
UNTOLD = -2
_EMPTY = -1
_FIRST_SLOTS = 1 << 10


class Told:
    """Holds what is known of one comparison with so many distinct values; which of two values comes first does not matter."""

    def __init__(self, values: int) -> None:
        self.values = values
        self._count = 0
        self._keys: Ints = np.full(_FIRST_SLOTS, _EMPTY, np.int64)
        self._levels: Levels = np.full(_FIRST_SLOTS, UNTOLD, np.int8)

    def fresh(self, codes: Codes, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Return each two values (smaller number first) that these pairs of records bear and nobody asked about; from now on they count as asked."""
        self._keys, self._levels, keys = _added(self._keys, self._levels, self._count, self.values, codes, left, right)
        self._count += len(keys)
        return keys // self.values, keys % self.values

    def tell(self, one: Ints, other: Ints, levels: Levels) -> None:
        """Take the levels of pairs of values."""
        _told(self._keys, self._levels, np.minimum(one, other) * self.values + np.maximum(one, other), levels)

    def read(self, codes: Codes, left: Ints, right: Ints, levels: Levels) -> None:
        """Write the level of each pair of records into `levels`."""
        _read(self._keys, self._levels, self.values, codes, left, right, levels)


@njit(cache=True, nogil=True)
def _slot(keys: Ints, key: int) -> int:
    """Return where `key` stands, or where it belongs."""
    mask = np.uint64(keys.shape[0] - 1)
    hashed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    at = (hashed ^ (hashed >> np.uint64(32))) & mask
    while keys[at] != key and keys[at] != _EMPTY:
        at = (at + np.uint64(1)) & mask
    return int(at)


@njit(cache=True, nogil=True)
def _key(values: int, one: int, other: int) -> int:
    """Return the number of two values, whichever comes first."""
    return one * values + other if one < other else other * values + one


@njit(cache=True, nogil=True)
def _added(keys: Ints, levels: Levels, count: int, values: int, codes: Codes, left: Ints, right: Ints) -> tuple[Ints, Levels, Ints]:
    """Return the table with a slot for each two values of these pairs of records, and those that had none."""
    fresh, found = np.empty(1024, np.int64), 0
    for p in range(left.shape[0]):
        key = _key(values, np.int64(codes[left[p]]), np.int64(codes[right[p]]))
        at = _slot(keys, key)
        if keys[at] == key:
            continue
        keys[at] = key
        if found == fresh.shape[0]:
            longer = np.empty(2 * found, np.int64)
            longer[:found] = fresh
            fresh = longer
        fresh[found] = key
        found += 1
        if 2 * (count + found) > keys.shape[0]:
            keys, levels = _widened(keys, levels)
    return keys, levels, fresh[:found].copy()


@njit(cache=True, nogil=True)
def _widened(keys: Ints, levels: Levels) -> tuple[Ints, Levels]:
    """Return the same table with four times the slots."""
    wider, written = np.full(4 * keys.shape[0], _EMPTY, np.int64), np.full(4 * keys.shape[0], UNTOLD, np.int8)
    for slot in range(keys.shape[0]):
        if keys[slot] != _EMPTY:
            at = _slot(wider, keys[slot])
            wider[at], written[at] = keys[slot], levels[slot]
    return wider, written


@njit(cache=True, nogil=True)
def _told(keys: Ints, levels: Levels, asked: Ints, said: Levels) -> None:
    for p in range(asked.shape[0]):
        levels[_slot(keys, asked[p])] = said[p]


@njit(cache=True, nogil=True)
def _read(keys: Ints, levels: Levels, values: int, codes: Codes, left: Ints, right: Ints, out: Levels) -> None:
    for p in range(left.shape[0]):
        out[p] = levels[_slot(keys, _key(values, np.int64(codes[left[p]]), np.int64(codes[right[p]])))]
