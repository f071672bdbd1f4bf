"""Finds lists whose columns of given and family names stand the other way round from the other lists.

A name that other lists write mostly as a given name and this one as a family name, and the reverse, tells on one record; many records
that tell say it of a list. For a name k of the other lists

    t(k) = log (given(k) + 1/2) / (family(k) + 1/2),        s = t(given) - t(family)  of a record,

and a record tells where both its names are known from the other lists and |s| is above `CLEAR`. Names are compared by sound, so
lists in several scripts are compared too. Where given and family names are of one stock (a family name that was a grandfather's given
name), few records tell, or they tell both ways, and nothing is exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.stages.link.arrays import Floats, Ints

#: A record tells where its names are so many times (in logs) likelier one way than the other.
CLEAR = 2.0
#: So many records, and so large a share of those with both names, must tell before anything is said of a list.
ENOUGH, REACH = 20, 0.2
#: From this share of them on, the columns are exchanged for comparing; from `SOME` on, the list is only pointed out.
NEARLY_ALL, SOME = 0.75, 0.3


@dataclass(frozen=True)
class Exchanged:
    """Holds which records compare with their names exchanged, and what to say of which list."""

    records: npt.NDArray[np.bool_]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Told:
    """Holds what one list tells: how many records tell, how many of them the other way round, and the share that all agree on.

    `share` is the least of three: of the records that tell, of the names in its column of given names that others have mostly as family
    names, and of those in its column of family names that others have mostly as given names. A list with other families than the rest
    tells by chance likenesses alone, but its column of given names does not agree.
    """

    records: int
    against: int
    share: float


def find_exchanged(given: pa.Array, family: pa.Array, lists: pa.Array, keep: bool = False) -> Exchanged:
    """Return the records of lists that put given and family names the other way round from the other lists.

    Args:
        given: the key of each record's given name.
        family: the key of each record's family name.
        lists: the list of each record.
        keep: True where the user said which column is which: lists are pointed out and nothing is exchanged.
    """
    both = pa.chunked_array([given, family]).combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    coded = lists.dictionary_encode()
    names, of = coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    one, two = both[: len(given)].astype(np.int64), both[len(given) :].astype(np.int64)
    use = np.flatnonzero((one >= 0) & (two >= 0) & (one != two))
    records, notes = np.zeros(len(given), np.bool_), []
    if len(names) < 2 or len(use) == 0:
        return Exchanged(records, ())
    turned, told = _orient(one[use], two[use], of[use], names)
    for number, name in sorted(enumerate(names), key=lambda pair: str(pair[1])):
        if told[number].share < SOME or told[number].records < max(ENOUGH, REACH * int((of[use] == number).sum())):
            continue
        sure = bool(turned[number]) and told[number].share >= NEARLY_ALL
        if sure and not keep:
            records |= of == number
        notes.append(_note(str(name), told[number], sure, keep))
    return Exchanged(records, tuple(notes))


def _note(name: str, told: _Told, sure: bool, keep: bool) -> str:
    seen = (
        f"list {name} has given and family names the other way round from the other lists in {told.against:,} of {told.records:,} "
        "records that tell"
    )
    if sure and not keep:
        return (
            f"{seen}; its two columns were exchanged for comparing, and the strings are kept as written. "
            "Where that is wrong, name the columns yourself: --columns given=COLUMN,family=COLUMN"
        )
    if sure:
        return f"{seen}; nothing was exchanged, because --columns names both columns"
    return f"{seen}; nothing was exchanged, because the list is not of one kind. Correct it and link again"


def _orient(one: Ints, two: Ints, of: Ints, names: Sequence[str]) -> tuple[npt.NDArray[np.bool_], list[_Told]]:
    """Return which lists stand the other way round, and for each list what it tells.

    Lists are laid down from the largest to the smallest, each the way that fits those before it; the way of most records is the
    right one. Then each is held against all others.
    """
    size = int(max(one.max(), two.max())) + 1
    rows = [np.flatnonzero(of == number) for number in range(len(names))]
    counts = [np.stack([np.bincount(column[at], minlength=size) for column in (one, two)]) for at in rows]
    turned = np.zeros(len(names), np.bool_)
    seen = np.zeros((2, size))
    for number in sorted(range(len(names)), key=lambda n: (-len(rows[n]), str(names[n]))):
        turned[number] = _told(one[rows[number]], two[rows[number]], seen).share > 0.5
        seen += counts[number][::-1] if turned[number] else counts[number]
    if sum(len(rows[n]) for n in np.flatnonzero(turned)) * 2 > len(one):
        turned, seen = ~turned, seen[::-1]
    told = []
    for number, at in enumerate(rows):
        own = counts[number][::-1] if turned[number] else counts[number]
        told.append(_told(one[at], two[at], seen - own))
    return turned, told


def _told(given: Ints, family: Ints, others: Floats) -> _Told:
    """Return what a list tells, where `others` holds how often other lists have each name as a given and as a family name."""
    known = others.sum(axis=0) > 0
    leaning = np.where(known, np.log((others[0] + 0.5) / (others[1] + 0.5)), 0.0)
    at = np.flatnonzero(known[given] & known[family])
    said = leaning[given[at]] - leaning[family[at]]
    said = said[np.abs(said) > CLEAR]
    columns = [column[np.abs(column) > CLEAR / 2] for column in (leaning[given], -leaning[family])]
    share = min(float((part < 0).mean()) if len(part) else 0.0 for part in (said, *columns))
    return _Told(len(said), int((said < 0).sum()), share)
