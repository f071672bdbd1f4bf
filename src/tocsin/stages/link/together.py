"""Takes back what fields say twice when people died together: one incident shares date and place, one household also its names.

Fellegi and Sunter's sum takes fields as independent. Among victims of one massacre they are not: brothers agree on family name, father,
place and date, and only the given name tells them apart. Agreement on several of these fields therefore counts by how many
*other* people share them all, where that is more than the product of the single shares. Other people are seen by the opening of
their given names' skeletons: a slip further on in a name must not make a brother out of the same man.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.stages.link.arrays import Floats, Ints
from tocsin.stages.link.model import Field
from tocsin.stages.link.texts import codes

#: So many letters of a given name's skeleton tell one person from another.
OPENING = 2
_COLUMNS = {"died": "died_text", "place": "place", "family": "family_key", "father": "father_key"}
#: The words of `comparisons.py` for levels that two people of one incident or household reach.
_NEAR_DATES = ("same day", "one day apart", "within a week", "same month, day not given")
_NEAR_NAMES = ("equal", "equal by sound", "one letter apart", "very similar")
_NEAR_PLACES = ("same place", "similar")


class Together:
    """Knows, for each record, how many other people share its incident and its household."""

    def __init__(self, table: pa.Table, fields: Sequence[Field]) -> None:
        names = [f.name for f in fields]
        self._at = {name: names.index(name) for name in ("died", "place", "family", "father") if name in names}
        self.applies = {"died", "place"} <= set(self._at)
        if not self.applies:
            return
        self._near = {name: _levels(fields[place], name) for name, place in self._at.items()}
        code = {name: _code(table.column(name)) for name in ("died_text", "place", "family_key", "father_key")}
        month = _joined(_code(table.column("died_year")), _code(table.column("died_month")))
        called = _code(pc.utf8_slice_codeunits(table.column("given_key"), 0, OPENING))
        people = _joined(called, code["family_key"])
        self._share = {name: _share(code[column]) for name, column in _COLUMNS.items()}
        household = _joined(month, code["place"], code["family_key"])
        self._others = {
            2: _others(_joined(code["died_text"], code["place"]), people),
            3: _others(household, called),
            4: _others(_joined(household, code["father_key"]), called),
        }
        self._count = float(table.num_rows)

    def correction(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], levels: npt.NDArray[np.int8]) -> Floats:
        """Return what to add (zero or less) to the weight of each pair."""
        agree = {name: np.isin(levels[:, place], self._near[name]) for name, place in self._at.items()}
        nobody = np.zeros(len(left), np.bool_)
        incident = agree["died"] & agree["place"]
        household = incident & agree.get("family", nobody)
        siblings = household & agree.get("father", nobody)
        correction = np.zeros(len(left))
        for depth, where, used in (
            (2, incident & ~household, ()),
            (3, household & ~siblings, ("family",)),
            (4, siblings, ("family", "father")),
        ):
            at = np.flatnonzero(where)
            product = np.ones(len(at))
            for name in ("died", "place", *used):
                share = self._share[name]
                product *= np.maximum(np.maximum(share[left[at]], share[right[at]]), 1.0 / self._count)
            others = np.maximum(self._others[depth][left[at]], self._others[depth][right[at]]) / self._count
            correction[at] = np.minimum(0.0, np.log(product / np.maximum(others, product)))
        return correction


def _levels(field: Field, name: str) -> list[int]:
    near = {"died": _NEAR_DATES, "place": _NEAR_PLACES}.get(name, _NEAR_NAMES)
    return [level for level, label in enumerate(field.labels) if label in near]


def _code(column: pa.ChunkedArray) -> Ints:
    return codes(column)[0].astype(np.int64)


def _joined(*parts: Ints) -> Ints:
    """Return a number for each combination of values, -1 where one is missing."""
    joined = parts[0]
    for other in parts[1:]:
        both = (joined >= 0) & (other >= 0)
        joined = np.where(both, joined * (int(other.max(initial=0)) + 1) + other, -1)
        joined[both] = pd.factorize(joined[both])[0]
    return joined


def _share(code: Ints) -> Floats:
    """Return each record's share of its value among the records that have one; 0 where it has none."""
    counts = np.bincount(code[code >= 0], minlength=1)
    return np.where(code >= 0, counts[np.maximum(code, 0)] / max(1, int(counts.sum())), 0.0)


def _others(group: Ints, people: Ints) -> Floats:
    """Return how many people other than its own each record's group shows; 0 where a part of the group is not known."""
    known = (group >= 0) & (people >= 0)
    width = int(people.max(initial=0)) + 1
    shown = pd.unique(group[known] * width + people[known]) // width
    seen = np.bincount(shown, minlength=int(group.max(initial=0)) + 1)
    return np.where(group >= 0, np.maximum(seen[np.maximum(group, 0)] - 1.0, 0.0), 0.0)
