"""Finds the candidate pairs: records that agree on all keys of a blocking rule, each pair once, without comparing texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from tocsin.stages.link.arrays import Codes, Ints
from tocsin.stages.link.blocking import Rule

#: Groups of equal records are cut into runs of about so many pairs.
RUN = 2_000_000
_OPENING = re.compile(r"left\(\{t\}\.(\w+), (\d+)\)")


class Keys:
    """Knows, for each rule, which records of one table agree on it: those with the same number; -1 is said of those that lack a key."""

    def __init__(self, table: pa.Table, threads: int) -> None:
        self._table, self.threads = table, max(1, threads)
        self._parts: dict[str, Ints] = {}
        self._of: dict[Rule, Codes] = {}

    def of(self, rule: Rule) -> Codes:
        """Return the number of each record under `rule`."""
        if rule not in self._of:
            self._of[rule] = self._numbers(rule)
        return self._of[rule]

    def _numbers(self, rule: Rule) -> Codes:
        joined = np.zeros(self._table.num_rows, np.int64)
        for key in rule.keys:
            part = self._part(key)
            size = int(part.max(initial=0)) + 1
            if int(joined.max(initial=0)) > (1 << 62) // size:
                joined = _numbered(joined)
            joined = np.where((joined < 0) | (part < 0), -1, joined * size + part)
        return _numbered(joined).astype(np.int32)

    def brought(self, rules: Sequence[Rule]) -> list[int]:
        """Return how many pairs each rule catches."""
        for key in {key: None for rule in rules for key in rule.keys}:
            self._part(key)
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(lambda rule: _pairs_in(self.of(rule)), rules))

    def columns(self, rules: Sequence[Rule]) -> Codes:
        """Return the numbers of each record under all `rules`, one column a rule."""
        for key in {key: None for rule in rules for key in rule.keys}:
            self._part(key)
        with ThreadPoolExecutor(self.threads) as pool:
            return np.column_stack(list(pool.map(self.of, rules)))

    def agree(self, rules: Sequence[Rule], left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return, for each pair and rule, whether the rule catches the pair."""
        with ThreadPoolExecutor(self.threads) as pool:
            return np.column_stack(list(pool.map(lambda rule: _same(self.of(rule), left, right), rules)))

    def _part(self, key: str) -> Ints:
        if key not in self._parts:
            self._parts[key] = _coded(self._table, key)
        return self._parts[key]


def _coded(table: pa.Table, key: str) -> Ints:
    """Return a number for each value of a key, -1 where it is missing."""
    if key == "1":
        return np.zeros(table.num_rows, np.int64)
    opening = _OPENING.fullmatch(key)
    column = table.column(opening.group(1) if opening else key.removeprefix("{t}.")).combine_chunks()
    if opening:
        column = pc.utf8_slice_codeunits(column, 0, int(opening.group(2)))
    return np.asarray(column.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)


def _numbered(codes: Ints) -> Ints:
    """Return small numbers that are equal where `codes` are, -1 where they are negative."""
    numbers = pd.factorize(np.where(codes < 0, np.iinfo(np.int64).min, codes))[0].astype(np.int64)
    if (codes < 0).any():
        lacking = numbers[np.argmax(codes < 0)]
        numbers = np.where(numbers == lacking, -1, numbers - (numbers > lacking))
    return numbers


def _same(codes: Codes, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    return np.asarray((codes[left] >= 0) & (codes[left] == codes[right]), np.bool_)


def _pairs_in(codes: Codes) -> int:
    counts = np.bincount(codes[codes >= 0])
    return int((counts * (counts - 1) // 2).sum())


def candidate_pairs(codes: Codes, threads: int) -> tuple[Codes, Codes]:
    """Return the pairs (smaller record first) that agree in at least one column of `codes`, in an order that threads don't change.

    `codes` has a row for each record and a column for each rule. A pair is found under the first rule that catches it.
    """
    left, right = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for rule in range(codes.shape[1]):
            order, starts = grouped(np.ascontiguousarray(codes[:, rule]))
            sizes = np.diff(starts)
            pairs = np.cumsum(sizes * (sizes - 1) // 2)
            if len(pairs) == 0 or pairs[-1] == 0:
                continue
            edges = np.unique(np.concatenate(([0], np.searchsorted(pairs, np.arange(RUN, pairs[-1], RUN)) + 1, [len(sizes)])))
            for one, other in pool.map(partial(agreeing, codes, rule, order, starts), edges[:-1], edges[1:]):
                left.append(one)
                right.append(other)
    return np.concatenate(left), np.concatenate(right)


@njit(cache=True, nogil=True)
def grouped(codes: Codes) -> tuple[Codes, Ints]:
    """Return the records sorted by code, those without one left out, and where each group of two or more begins (and the end)."""
    largest = -1
    for code in codes:
        largest = max(largest, code)
    counts = np.zeros(largest + 1, np.int64)
    for code in codes:
        if code >= 0:
            counts[code] += 1
    place = np.full(largest + 1, -1, np.int64)
    starts = np.empty(largest + 2, np.int64)
    groups, end = 0, 0
    for code in range(largest + 1):
        if counts[code] > 1:
            place[code] = end
            starts[groups] = end
            end += counts[code]
            groups += 1
    starts[groups] = end
    order = np.empty(end, np.int32)
    for record in range(codes.shape[0]):
        code = codes[record]
        if code >= 0 and place[code] >= 0:
            order[place[code]] = record
            place[code] += 1
    return order, starts[: groups + 1]


@njit(cache=True, nogil=True)
def agreeing(codes: Codes, rule: int, order: Codes, starts: Ints, first: int, last: int) -> tuple[Codes, Codes]:
    """Return the pairs inside groups first..last-1 that no rule before `rule` catches."""
    most = 0
    for g in range(first, last):
        size = starts[g + 1] - starts[g]
        most += size * (size - 1) // 2
    left, right = np.empty(most, np.int32), np.empty(most, np.int32)
    found = 0
    for g in range(first, last):
        for i in range(starts[g], starts[g + 1]):
            a = order[i]
            for j in range(i + 1, starts[g + 1]):
                b = order[j]
                fresh = True
                for earlier in range(rule):
                    if codes[a, earlier] >= 0 and codes[a, earlier] == codes[b, earlier]:
                        fresh = False
                        break
                if fresh:
                    left[found], right[found] = a, b
                    found += 1
    return left[:found].copy(), right[:found].copy()
