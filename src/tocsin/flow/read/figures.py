"""Figures as pages show them: documented, in conflict, each with who said it and of what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.flow.read.places import Place, place
from tocsin.flow.read.published import Published, Row

#: Figures of these indicators count harm to people; only these stand in the blocks of documented harm.
HARM = ("killed", "injured", "missing", "displaced", "refugees", "idps", "abducted", "raped", "detained", "homes_destroyed")
NEED = ("in_need", "not_reached", "crowd")
YEARLY = ("deaths_one_sided", "deaths_state_based", "deaths_non_state")


@dataclass(frozen=True)
class Figure:
    """Holds one number about a place and a period, as a source gave it."""

    id: str
    indicator: str
    definition: str
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    place: Place | None
    where: str
    period_from: dt.date | None
    period_to: dt.date | None
    precision: str
    said_by: str
    conflict_group: str
    relation: str
    related: str
    document: str
    confidence: str
    note: str
    dataset: str
    invented: bool

    @property
    def shown(self) -> bool:
        """Return True where there is a number to show."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True)
class Conflict:
    """Holds figures that disagree about one thing; none of them is preferred."""

    group: str
    figures: tuple[Figure, ...]


def figure_of(row: Row) -> Figure:
    """Return a row of the table `figures` as a figure."""
    return Figure(
        id=row["id"],
        indicator=row["indicator"],
        definition=row["definition"] or "",
        value=row["value"],
        low=row["low"],
        high=row["high"],
        qualifier=row["qualifier"] or "exact",
        unit=row["unit"] or "",
        place=place(row["territory"]) if row["territory"] else None,
        where=row["place"] or "",
        period_from=row["period_from"],
        period_to=row["period_to"],
        precision=row["date_precision"] or "unknown",
        said_by=row["said_by"] or "",
        conflict_group=row["conflict_group"] or "",
        relation=row["relation"] or "",
        related=row["related"] or "",
        document=row["document"] or "",
        confidence=row["confidence"] or "",
        note=row["note"] or "",
        dataset=row["dataset"],
        invented=bool(row["invented"]),
    )


def conflicts(figures: Iterable[Figure]) -> tuple[Conflict, ...]:
    """Return the groups of at least two figures that disagree, in the order of their names."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.conflict_group and figure.shown:
            groups[figure.conflict_group].append(figure)
    found = []
    for group, members in sorted(groups.items()):
        distinct = {(figure.value, figure.low, figure.high, figure.qualifier) for figure in members}
        if len(distinct) > 1:
            ordered = sorted(members, key=lambda figure: (figure.value or figure.low or 0.0, figure.id))
            found.append(Conflict(group, tuple(ordered)))
    return tuple(found)


def all_conflicts(published: Published) -> tuple[Conflict, ...]:
    """Return every conflict that the run holds."""

    def build() -> tuple[Conflict, ...]:
        table = published.snapshot.table("figures")
        groups = {group for group in table.column("conflict_group").unique().to_pylist() if group}
        return conflicts(figure_of(row) for row in published.select("figures", conflict_group=groups)) if groups else ()

    return published.once("conflicts", build)


def figures_of_situation(published: Published, names: Iterable[str]) -> tuple[Figure, ...]:
    """Return the figures tied to a situation by its slug or id."""
    return tuple(figure_of(row) for row in published.select("figures", situation=tuple(names)))


def yearly_deaths(published: Published, territory: str, indicator: str = YEARLY[0]) -> tuple[Figure, ...]:
    """Return the documented deaths of each whole year, oldest first."""
    rows = published.select("figures", indicator=indicator, territory=territory)
    figures = [figure_of(row) for row in rows if row["period_from"] is not None and row["value"] is not None]
    return tuple(sorted(figures, key=lambda figure: (figure.period_from or dt.date.min, figure.id)))
