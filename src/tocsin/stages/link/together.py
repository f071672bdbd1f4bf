"""Takes back what fields say twice when people died together: one incident shares date and place, one household also its names.

Fellegi and Sunter's sum takes fields as independent. Among victims of one massacre they are not: brothers agree on family name, father,
place and date, and only the given name tells them apart. Agreement on several of these fields therefore counts by how many
*other* people, seen by their given names, share them all, where that is more than the product of the single shares.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.stages.link.model import Field, Floats

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
        columns = {
            name: table.column(name).to_pylist() for name in ("died_year", "died_month", "place", "family_key", "father_key", "given_key")
        }
        month = [
            (y, m) if y is not None and m is not None else None for y, m in zip(columns["died_year"], columns["died_month"], strict=True)
        ]
        place, family, father, given = (columns[c] for c in ("place", "family_key", "father_key", "given_key"))
        self._share = {
            "died": _share(table.column("died_text").to_pylist()),
            "place": _share(place),
            "family": _share(family),
            "father": _share(father),
        }
        people = [(g, f) for g, f in zip(given, family, strict=True)]
        days = table.column("died_text").to_pylist()
        self._others = {
            2: _others(list(zip(days, place, strict=True)), people),
            3: _others(list(zip(month, place, family, strict=True)), given),
            4: _others(list(zip(month, place, family, father, strict=True)), given),
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


def _share(values: Sequence[str | None]) -> Floats:
    """Return each record's share of its value among the records that have one; 0 where it has none."""
    counts: dict[str, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    total = max(1, sum(counts.values()))
    return np.array([counts[v] / total if v is not None else 0.0 for v in values])


def _others(groups: Sequence[tuple[object, ...]], people: Sequence[object]) -> Floats:
    """Return how many people other than its own each record's group shows; 0 where a part of the group is not known."""
    seen: dict[tuple[object, ...], set[object]] = {}
    for group, person in zip(groups, people, strict=True):
        if None not in group:
            seen.setdefault(group, set()).add(person)
    return np.array([len(seen[group]) - 1.0 if None not in group else 0.0 for group in groups])
