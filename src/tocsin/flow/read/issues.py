"""What the newest publications say, read back from their own files, and when the next one is due."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.flow.read.editions import Edition, editions, place_of
from tocsin.flow.read.published import Published

#: So many titles of an issue stand on the overview.
SHOWN_TITLES = 3


@dataclass(frozen=True)
class Title:
    """Names one item of an issue."""

    id: str
    text: str


@dataclass(frozen=True)
class Issue:
    """Holds the newest edition of one kind and what its own file says it contains.

    Args:
        edition: the edition with its files.
        titles: the first items, those of the section on one crisis before the others.
        items: how many items it has.
        figures: how many numbers it states, chances among them; each has an id.
        clashes: how many groups of its figures disagree.
        situations: how many situations it lists.
    """

    edition: Edition
    titles: tuple[Title, ...] = ()
    items: int = 0
    figures: int = 0
    clashes: int = 0
    situations: int = 0


def newest_issues(published: Published) -> tuple[Issue, ...]:
    """Return the newest edition of each kind, the newest first, with what it contains."""

    def build() -> tuple[Issue, ...]:
        kinds: dict[str, Edition] = {}
        for edition in editions(published):
            kinds.setdefault(edition.kind, edition)
        return tuple(_issue(published, edition) for edition in kinds.values())

    return published.once("newest issues", build)


def next_issue(published: Published, every: int | None) -> dt.date | None:
    """Return the day on which the next digest is due: `every` days after the newest signed one; None without a rhythm or a signed one."""
    signed = [edition.day for edition in editions(published) if edition.signed and edition.kind == "digest" and edition.day]
    return max(signed) + dt.timedelta(days=every) if every and signed else None


def _issue(published: Published, edition: Edition) -> Issue:
    said = _said(published, edition)
    if said is None:
        return Issue(edition)
    sections = said.get("sections") or []
    in_order = sorted(sections, key=lambda section: not section.get("summary"))
    items = [item for section in in_order for item in section.get("items") or []]
    figures = _ids(sections, "summary") | _ids(said.get("clashes") or [], "figures") | {risk["id"] for risk in said.get("risks") or []}
    return Issue(
        edition,
        tuple(Title(item["id"], item["title"]) for item in items[:SHOWN_TITLES]),
        len(items),
        len(figures),
        len(said.get("clashes") or []),
        len(said.get("situations") or []),
    )


def _ids(groups: Iterable[Mapping[str, Any]], key: str) -> set[str]:
    return {one["id"] for group in groups for one in group.get(key) or []}


def _said(published: Published, edition: Edition) -> dict[str, Any] | None:
    """Return what the JSON file of an edition says; None where it has none, or it is gone."""
    file = next((f for f in edition.files if f.media_type == "application/json"), None)
    path = place_of(published, edition, file) if file else None
    if path is None:
        return None
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        return None  # the file itself is offered as it is; the page says no more about it
    return found if isinstance(found, dict) else None
