"""Says cheaply what a candidate pair could weigh at most, so that only pairs that might be one person are compared in full.

Equality is a comparison of two numbers; comparing letters is dear. For each comparison the bound takes the exact level where numbers
tell it, and otherwise the largest weight among the levels that the letters could still reach. A pair whose bound lies below the
threshold can't pass it, so leaving it out changes no result.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from tocsin.stages.link.arrays import Bits, Codes, Flags, Floats, Ints
from tocsin.stages.link.lookup import Exchanged, Step, Tables, tables
from tocsin.stages.link.model import Field, Model
from tocsin.stages.link.texts import codes, numbers, words

#: So many pairs are bounded at once.
RUN = 1 << 19
#: So many records are held against all others in one go.
SIDE_BY_SIDE = 32
_NAMES = ("given", "father", "family")
_DATES = ("born", "died")
#: A day that often stands for one that nobody knew.
FIRST_OF_JANUARY = 101
_AREA = re.compile("[a-z]{1,2}[0-9]")


class Bound:
    """Bounds the weight of pairs of the records of one table under one model."""

    def __init__(self, table: pa.Table, model: Model, rarity: dict[str, tuple[Floats, float]]) -> None:
        self._prior = model.prior_weight
        steps: list[Step] = []
        family = codes(table.column("given_key"), table.column("family_key"))
        for field in model.fields:
            weights = np.log(field.m / field.u)
            if field.name in _NAMES:
                steps.append(_name_step(field, weights, table, rarity, family))
            elif field.name in _DATES:
                steps.append(_date_step(field, weights, table, rarity))
            elif field.name == "place" and "same place" in field.labels:
                steps.append(_place_step(field, weights, table, rarity))
            elif field.name == "age":
                steps.append(_age_step(field, weights, table))
            elif field.name == "postcode":
                steps.append(_postcode_step(field, weights, table, rarity))
            else:
                steps.append(_other_step(field, weights, table, rarity))
        telling = [float(np.max(np.log(f.m / f.u)) - f.u @ np.log(f.m / f.u)) for f in model.fields]
        steps = [steps[at] for at in np.argsort(telling)[::-1]]  # what tells most strangers apart comes first
        self._steps = steps
        most = np.array([step.most for step in steps])
        self._rest = np.cumsum(most[::-1], axis=0)[::-1] - most
        self.records = table.num_rows
        self._names = family
        self._made: tuple[Tables, Exchanged] | None = None

    def reach(self, left: npt.NDArray[Any], right: npt.NDArray[Any], least: float, threads: int) -> npt.NDArray[np.bool_]:
        """Return which pairs could weigh more than `least` (log odds)."""
        possible = np.zeros(len(left), np.bool_)

        def run(start: int) -> None:
            part = slice(start, min(start + RUN, len(left)))
            possible[start + self._survivors(left[part].astype(np.int64), right[part].astype(np.int64), least)] = True

        with ThreadPoolExecutor(max(1, threads)) as pool:
            list(pool.map(run, range(0, len(left), RUN)))
        return possible

    def partners(self, records: Ints, least: float, threads: int) -> tuple[Ints, Ints]:
        """Return every pair of one of `records` (first) with any record at all (second) that could weigh more than `least`."""
        if self._made is None:
            self._made = tables(self._steps, self.records, self._prior, least), Exchanged(*self._names)
        looked_up, exchanged = self._made

        def run(start: int) -> tuple[Ints, Ints]:
            some = records[start : start + SIDE_BY_SIDE]
            found = [looked_up.partners(some, self._prior, least), exchanged.partners(some)]
            keys = np.unique(np.concatenate([one * self.records + other for one, other in found]))
            one, other = keys // self.records, keys % self.records
            one, other = one[one != other], other[one != other]
            alive = self._survivors(one, other, least)
            return one[alive], other[alive]

        with ThreadPoolExecutor(max(1, threads)) as pool:
            pairs = list(pool.map(run, range(0, len(records), SIDE_BY_SIDE)))
        if not pairs:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])

    def _survivors(self, left: Ints, right: Ints, least: float) -> Ints:
        """Return the places of the pairs that could weigh more than `least`; a pair that the other comparisons can't save is dropped at once."""
        total = np.full(len(left), self._prior)
        places = np.arange(len(left))
        for step, rest in zip(self._steps, self._rest, strict=True):
            step.add(left, right, total)
            alive = np.flatnonzero(total > least - 1e-3 - rest[left])
            if len(alive) < 0.8 * len(left):
                left, right, total, places = left[alive], right[alive], total[alive], places[alive]
        return places[total > least - 1e-3]


def _added(level: int, field: Field, rarity: dict[str, tuple[Floats, float]], count: int) -> Floats:
    """Return what rarity adds at most for each record's value at `level`."""
    column = field.rarity[level]
    if column is None:
        return np.zeros(count)
    shares, chance = rarity[column]
    return np.where(shares > 0, np.log(chance / np.maximum(shares, 1e-12)), 0.0)


def _name_step(field: Field, weights: Floats, table: pa.Table, rarity: dict[str, tuple[Floats, float]],
               family: Sequence[npt.NDArray[np.int32]]) -> Step:  # fmt: skip
    count = table.num_rows
    text, length, letters, start = words(table.column(field.name), 1)
    key, _, _, key_start = words(table.column(f"{field.name}_key"), 1)
    at = {label: place for place, label in enumerate(field.labels)}
    equal, sound = at["equal"], at["equal by sound"]
    added = np.stack([_added(equal, field, rarity, count), _added(sound, field, rarity, count)])
    special = [place for label, place in at.items() if label.startswith(("given and family", "one record has", "one of two"))]
    rare = max((float(_added(place, field, rarity, count).max(initial=0.0)) for place in special), default=0.0)
    levels = np.array([
        weights[equal], weights[sound], weights[at["one letter apart"]],
        max(weights[at[name]] for name in ("very similar", "one shortens the other", "similar")),
        max((float(weights[place]) + rare for place in special), default=-np.inf), weights[at["different"]],
    ])  # fmt: skip
    several = np.zeros(count, np.bool_)
    if field.name == "family":
        several = np.asarray(pc.match_substring(table.column("family_key"), " ").fill_null(False).to_numpy(), np.bool_)

    def step(left: Ints, right: Ints, total: Floats) -> None:
        _bound_names(left, right, text, length, letters, start, key, key_start, several, family[0], family[1], added, levels, total)

    return Step(step, _most(text >= 0, levels[0] + added[0], levels[1] + added[1], float(levels[2:].max())), (text, key))


def _most(known: npt.NDArray[np.bool_], *choices: Floats | float) -> Floats:
    """Return the largest of some bounds for each record, never less than what a missing value adds: nothing."""
    largest = np.zeros(len(known))
    for choice in choices:
        largest = np.maximum(largest, choice)
    return np.where(known, largest, 0.0)


@njit(cache=True, nogil=True)
def _at_most_two(letters: np.uint64) -> bool:
    """Return whether at most two bits are set."""
    letters &= letters - np.uint64(1)
    letters &= letters - np.uint64(1)
    return letters == 0


@njit(cache=True, nogil=True)
def _bound_names(
    left: Ints,
    right: Ints,
    text: Codes,
    length: Codes,
    letters: Bits,
    start: Codes,
    key: Codes,
    key_start: Codes,
    several: Flags,
    given: Codes,
    family: Codes,
    added: Floats,
    levels: Floats,
    total: Floats,
) -> None:
    for p in range(left.shape[0]):
        a, b = left[p], right[p]
        if text[a] < 0 or text[b] < 0:
            continue
        exchanged = given[a] == family[b] or family[a] == given[b]
        if text[a] == text[b]:
            best = levels[0] + min(added[0, a], added[0, b])
        elif key[a] == key[b]:
            best = levels[1] + min(added[1, a], added[1, b])
        else:
            best = levels[5]
            if abs(length[a] - length[b]) <= 1 and _at_most_two(letters[a] ^ letters[b]):
                best = max(best, levels[2])
            if start[a] == start[b] or key_start[a] == key_start[b]:
                best = max(best, levels[3])
            if several[a] or several[b]:
                best = max(best, levels[4])
        if exchanged:
            best = max(max(best, levels[4]), 0.0)
        total[p] += best


def _date_step(field: Field, weights: Floats, table: pa.Table, rarity: dict[str, tuple[Floats, float]]) -> Step:
    name = field.name
    text = np.asarray(table.column(f"{name}_text").cast(pa.int64()).fill_null(-1).to_numpy(), np.int64)
    parts = [numbers(table.column(f"{name}_{part}")) for part in ("year", "month", "day")]
    added = _added(len(weights) - 1, field, rarity, table.num_rows)

    def step(left: Ints, right: Ints, total: Floats) -> None:
        _bound_dates(left, right, text, parts[0], parts[1], parts[2], added, weights, total)

    return Step(step, _most(parts[0] >= 0, weights[10] + added, float(weights[:10].max())), (text, *parts))


@njit(cache=True, nogil=True)
def _bound_dates(
    left: Ints, right: Ints, text: Ints, year: Codes, month: Codes, day: Codes, added: Floats, weights: Floats, total: Floats
) -> None:
    for p in range(left.shape[0]):
        a, b = left[p], right[p]
        if year[a] < 0 or year[b] < 0:
            continue
        whole = text[a] >= 0 and text[b] >= 0
        gap = abs(day[a] - day[b]) if day[a] >= 0 and day[b] >= 0 else 1 << 30
        if whole and text[a] == text[b]:
            level = 10
        elif not whole and year[a] == year[b]:
            level = 8
            if month[a] >= 0 and month[b] >= 0:
                level = 9 if month[a] == month[b] else 2
        elif gap <= 1:
            level = 7
        else:
            level = 0
            alike = whole and (text[a] // 100 == text[b] // 100 or text[a] % 100 == text[b] % 100)
            if whole and text[a] % 10_000 == text[b] % 10_000 and text[a] % 10_000 != FIRST_OF_JANUARY:
                level = 5
            elif gap <= 7:
                level = 4
            elif gap <= 31 or (year[a] == year[b] and alike):
                level = 3
            elif year[a] == year[b] or gap <= 366:
                level = 2
            elif abs(year[a] - year[b]) <= 10:
                level = 1
            if alike and weights[6] > weights[level]:
                level = 6
        total[p] += weights[level] + (min(added[a], added[b]) if level == 10 else 0.0)


def _age_step(field: Field, weights: Floats, table: pa.Table) -> Step:
    age = numbers(table.column("age"))

    def step(left: Ints, right: Ints, total: Floats) -> None:
        gap = np.abs(age[left] - age[right])
        level = np.where(gap == 0, 3, np.where(gap <= 2, 2, np.where(gap <= 6, 1, 0)))
        total += np.where((age[left] < 0) | (age[right] < 0), 0.0, weights[level])

    return Step(step, _most(age >= 0, float(weights.max())), (age,))


def _place_step(field: Field, weights: Floats, table: pa.Table, rarity: dict[str, tuple[Floats, float]]) -> Step:
    """Bound the joint comparison of place and region."""
    count = table.num_rows
    code, _, letters, start = words(table.column("place"), 2)
    (region,) = codes(table.column("region"))
    at = {label: place for place, label in enumerate(field.labels)}
    other = [at.get(name, 0) for name in ("same region, place not given", "same region, other place", "other place, region not given")]
    levels = weights[[at["same place"], at["similar"], *other, 0]]
    added = np.stack([_added(at["same place"], field, rarity, count), _added(other[0], field, rarity, count)])
    regions = "same region, other place" in at

    def step(left: Ints, right: Ints, total: Floats) -> None:
        _bound_places(left, right, code, letters, start, region, regions, added, levels, total)

    told = (code >= 0) | (regions & (region >= 0))
    return Step(step, _most(told, levels[0] + added[0], levels[2] + added[1], float(levels[1:].max())), (code, region))


@njit(cache=True, nogil=True)
def _bound_places(
    left: Ints,
    right: Ints,
    code: Codes,
    letters: Bits,
    start: Codes,
    region: Codes,
    regions: bool,
    added: Floats,
    levels: Floats,
    total: Floats,
) -> None:
    for p in range(left.shape[0]):
        a, b = left[p], right[p]
        both = code[a] >= 0 and code[b] >= 0
        told = regions and region[a] >= 0 and region[b] >= 0
        if not both and not told:
            continue
        if both and code[a] == code[b]:
            total[p] += levels[0] + min(added[0, a], added[0, b])
            continue
        if told and region[a] == region[b]:
            best = levels[3] if both else levels[2] + min(added[1, a], added[1, b])
        else:
            best = levels[5] if told or not regions else levels[4]
        shared = letters[a] & letters[b]
        if both and (start[a] == start[b] or shared == letters[a] or shared == letters[b]):
            best = max(best, levels[1])
        total[p] += best


def _postcode_step(field: Field, weights: Floats, table: pa.Table, rarity: dict[str, tuple[Floats, float]]) -> Step:
    """Bound the comparison of postcodes: only "one sign apart" is not told by numbers."""
    code, length, letters, _ = words(table.column("postcode"), 1)
    values = table.column("postcode").combine_chunks().dictionary_encode().dictionary.to_pylist() or [""]
    district = np.array([zlib.crc32(v[: max(2, len(v) - 3)].encode()) & 0x7FFFFFFF for v in values], np.int32)[code]
    area = np.array([zlib.crc32(m.group().encode()) & 0x7FFFFFFF if (m := _AREA.match(v)) else -1 for v in values], np.int32)[code]
    added = _added(len(weights) - 1, field, rarity, table.num_rows)

    def step(left: Ints, right: Ints, total: Floats) -> None:
        _bound_postcodes(left, right, (code, length, letters, district, area), added, weights, total)

    return Step(step, _most(code >= 0, weights[4] + added, float(weights[:4].max())), (code,))


@njit(cache=True, nogil=True)
def _bound_postcodes(
    left: Ints, right: Ints, values: tuple[Codes, Codes, Bits, Codes, Codes], added: Floats, weights: Floats, total: Floats
) -> None:
    code, length, letters, district, area = values
    for p in range(left.shape[0]):
        a, b = left[p], right[p]
        if code[a] < 0 or code[b] < 0:
            continue
        if code[a] == code[b]:
            total[p] += weights[4] + min(added[a], added[b])
            continue
        best = weights[0]
        if district[a] == district[b]:
            best = weights[2]
        elif area[a] >= 0 and area[a] == area[b]:
            best = weights[1]
        if abs(length[a] - length[b]) <= 1 and _at_most_two(letters[a] ^ letters[b]):
            best = max(best, weights[3])
        total[p] += best


def _other_step(field: Field, weights: Floats, table: pa.Table, rarity: dict[str, tuple[Floats, float]]) -> Step:
    """Bound a comparison by equality alone: equal values weigh what they weigh, others at most the best of the other levels."""
    name = "region" if field.labels[-1] == "same region" else field.name
    (code,) = codes(table.column(name))
    top = len(weights) - 1
    added = _added(top, field, rarity, table.num_rows)
    spare = max((float(_added(place, field, rarity, table.num_rows).max(initial=0.0)) for place in range(top)), default=0.0)
    rest = float(weights[:top].max()) + spare

    def step(left: Ints, right: Ints, total: Floats) -> None:
        a, b = code[left], code[right]
        equal = weights[top] + np.minimum(added[left], added[right])
        total += np.where((a < 0) | (b < 0), 0.0, np.where(a == b, equal, rest))

    return Step(step, _most(code >= 0, weights[top] + added, rest), (code,))
