"""The content of a digest before any writer touches it: sections, items, and figures that keep their ids."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Sections of the listserv digest, in their order.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("I", "News from the coalition"),
    ("II", "The crisis in focus"),
    ("III", "Civil society work on country cases"),
    ("IV", "Publications on prevention and protection"),
)


@dataclass(frozen=True)
class Figure:
    """Is one number with what a reader needs to trust or doubt it."""

    id: str
    value: str
    meaning: str
    date: str
    said_by: str
    kind: str

    @property
    def estimated(self) -> bool:
        """Return True for an estimate, which never stands in a sentence with a documented count."""
        return self.kind == "estimated"


@dataclass(frozen=True)
class Clash:
    """Holds figures that disagree about one thing; both stand, neither is chosen."""

    about: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Item:
    """Is one entry of a section."""

    id: str
    number: int
    title: str
    author: str | None
    outlet: str | None
    date: str
    country: str | None
    excerpt: str | None
    link_kind: str | None
    link: str | None

    @property
    def contents_line(self) -> str:
        """Return the entry of the contents list: `[Country: ] Author, Outlet - Title`."""
        who = ", ".join(dict.fromkeys(part for part in (self.author, self.outlet) if part))
        line = f"{who} - {self.title}" if who else self.title
        return f"{self.country}: {line}" if self.country else line


@dataclass(frozen=True)
class Section:
    """Is one of the four parts of a digest; only the second has a summary by the editor."""

    numeral: str
    title: str
    summary: tuple[Figure, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Risk:
    """Is one line of the risk table, with everything that must stand beside the number."""

    id: str
    territory: str
    name: str
    rank: int
    probability: str
    interval: str
    frequency: str
    usual: str
    window: str
    issued: str
    stale: bool
    renew: str | None


@dataclass(frozen=True)
class Digest:
    """Is one issue of the digest in some state; its contents list is made from its items, never typed."""

    title: str
    edition: dt.date
    state: str
    invented: bool
    sections: tuple[Section, ...]
    clashes: tuple[Clash, ...]
    risks: tuple[Risk, ...]
    stale_note: str | None
    signals: int
    drafts: int
    signed: str | None

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items of every section in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the id of everything that the issue rests on, each once."""
        found = [item.id for item in self.items]
        found += [figure.id for section in self.sections for figure in section.summary]
        found += [figure.id for clash in self.clashes for figure in clash.figures]
        found += [risk.id for risk in self.risks]
        return tuple(dict.fromkeys(found))
