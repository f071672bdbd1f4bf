"""The government checklist: what a government can do at home, and which shipped facts answer it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class ChecklistItem:
    """Names one item; `measure` is the id of a measure of the toolbox, `fact` the kind of shipped fact that can answer it."""

    id: str
    topic: str
    measure: str | None
    fact: str | None


@dataclass(frozen=True)
class ChecklistHeading:
    """Holds the items under one heading."""

    id: str
    title: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True)
class Checklist:
    """Holds the whole list."""

    version: int
    headings: tuple[ChecklistHeading, ...]

    @property
    def framework(self) -> str:
        """Return the id and version as ratings name them."""
        return f"government-checklist/{self.version}"


@cache
def government_checklist() -> Checklist:
    """Return the checklist.

    >>> [len(heading.items) for heading in government_checklist().headings]
    [4, 8, 4]
    """
    raw = read_yaml("government_checklist.yml")
    return Checklist(
        version=raw["version"],
        headings=tuple(
            ChecklistHeading(
                id=heading["id"],
                title=heading["title"],
                items=tuple(ChecklistItem(**{"measure": None, "fact": None, **one}) for one in heading["items"]),
            )
            for heading in raw["headings"]
        ),
    )
