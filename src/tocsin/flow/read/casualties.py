"""Estimates as pages show them: the documented number, the estimate named first, and all that stands beside it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row
from tocsin.stages.estimate import BOUNDS, MAIN_ORDER, about_recall
from tocsin.stages.publish import SMALL_CELL

DOCUMENTED = "documented"
#: Kinds of other assumptions, in the order in which pages show them.
KINDS = ("left_out", "joined", "prior")


@dataclass(frozen=True)
class Answer:
    """Holds what one method says: rows whose numbers are equal stand together, with all their settings."""

    row: Row
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """Holds all that is said of one quantity in one place: documented and estimated, which are never added.

    `withheld` is True where so few people are documented that a number could point to a family.
    """

    key: str
    quantity: str
    stratum: str
    place: Place | None
    invented: bool
    period_from: dt.date | None
    period_to: dt.date | None
    documented: int | None
    documented_id: str
    about: Mapping[str, Any]
    main: Answer | None
    others: tuple[Answer, ...]
    bounds: tuple[Answer, ...]
    refused: tuple[Answer, ...]
    changed: Mapping[str, tuple[Row, ...]]
    withheld: bool

    @property
    def estimates(self) -> tuple[Answer, ...]:
        """Return every estimate, the one named first before the others."""
        return (self.main, *self.others) if self.main else self.others

    @property
    def spread(self) -> tuple[float, float] | None:
        """Return the smallest and largest median over the methods that estimate."""
        medians = [answer.row["median"] for answer in self.estimates]
        return (min(medians), max(medians)) if medians else None

    @property
    def recall(self) -> float | None:
        """Return the share of true pairs that linking could find; None where it is not known."""
        rows = [answer.row for answer in (*self.estimates, *self.bounds, *self.refused)]
        return next((row["candidate_recall"] for row in rows if row.get("candidate_recall") is not None), None)

    @property
    def biased(self) -> bool:
        """Return True where so many true pairs are missed that people are counted twice."""
        return about_recall(self.recall) is not None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before using any of the numbers."""
        return tuple(self.about.get("warnings") or ())


def too_few(count: int | None) -> bool:
    """Return True where a count of people is so small that it could point to a family."""
    return count is not None and 0 < count < SMALL_CELL


def counted(published: Published) -> tuple[Counted, ...]:
    """Return every quantity that the run counted, real places first."""

    def build() -> tuple[Counted, ...]:
        groups: dict[tuple[str, str, str, bool], list[Row]] = defaultdict(list)
        for row in published.select("estimates"):
            groups[(row["quantity"], row["territory"] or "", row["stratum"] or "", bool(row["invented"]))].append(row)
        changed = published.select("sensitivities")
        found = [_counted(about, rows, changed) for about, rows in groups.items()]
        return tuple(sorted(found, key=lambda one: (one.invented, one.key)))

    return published.once("counted", build)


def counted_in(published: Published, territory: str | None, *, invented: bool) -> tuple[Counted, ...]:
    """Return what the run counted in one territory; the invented country's never stands among real ones."""
    return tuple(one for one in counted(published) if one.invented == invented and one.place is not None and one.place.code == territory)


def _counted(about: tuple[str, str, str, bool], rows: Sequence[Row], changed: Sequence[Row]) -> Counted:
    quantity, territory, stratum, invented = about
    said = next((row for row in rows if row["method"] == DOCUMENTED), rows[0])
    numbers = [row for row in rows if row["method"] != DOCUMENTED and row["median"] is not None and not row["refused"]]
    estimates = [row for row in numbers if row["method"] not in BOUNDS]
    main = min((row for row in estimates if row["method"] in MAIN_ORDER), key=lambda row: MAIN_ORDER.index(row["method"]), default=None)
    answers = _together(estimates)
    first = next((answer for answer in answers if main is not None and answer.row["id"] == main["id"]), None)
    documented = said["documented"]
    own = [row for row in changed if (row["quantity"], row["territory"] or "", bool(row["invented"])) == (quantity, territory, invented)]
    return Counted(
        key=re.sub(r"[^a-z0-9]+", "-", " ".join((territory or "data", quantity, stratum)).lower()).strip("-"),
        quantity=quantity,
        stratum=stratum,
        place=place(territory) if territory else None,
        invented=invented,
        period_from=said["period_from"],
        period_to=said["period_to"],
        documented=documented,
        documented_id=said["id"],
        about=_parameters(said) if said["method"] == DOCUMENTED else {},
        main=first,
        others=tuple(answer for answer in answers if answer is not first),
        bounds=_together([row for row in numbers if row["method"] in BOUNDS]),
        refused=_refused([row for row in rows if row["refused"]]),
        changed={} if stratum else {kind: tuple(row for row in own if row["kind"] == kind) for kind in KINDS},
        withheld=too_few(documented),
    )


def _together(rows: Sequence[Row]) -> tuple[Answer, ...]:
    """Put settings of one method together that give the same rounded numbers: they chose the same model."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        median = round(row["median"])
        same = [key for key in found if key[0] == row["method"] and key[1] == median and _near(found[key][0], row)]
        found[same[0] if same else (row["method"], median, row["id"])].append(row)
    return tuple(Answer(many[0], tuple(row["settings"] or "" for row in many)) for many in found.values())


def _near(one: Row, other: Row) -> bool:
    """Return whether two intervals around the same median differ by less than 2% of their ends, as resampling makes them."""
    ends = [(one[end], other[end]) for end in ("low", "high")]
    return all(a is not None and b is not None and abs(a - b) <= 0.02 * max(a, b) for a, b in ends)


def _refused(rows: Sequence[Row]) -> tuple[Answer, ...]:
    """Put settings of one method together that were refused for the same reason."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[(row["method"], row["refused"])].append(row)
    return tuple(Answer(many[0], tuple(row["settings"] or "" for row in many)) for many in found.values())


def _parameters(row: Row) -> dict[str, Any]:
    found = json.loads(row["parameters"] or "{}")
    return found if isinstance(found, dict) else {}
