"""Where a value comes from: the public part of an explanation, and the check of hashes now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.flow.explain import Explanation, Node, People, SourceFile, Use, explain
from tocsin.flow.index import SnapshotIndex
from tocsin.flow.read.published import Published
from tocsin.model.errors import NotFound, WorkspaceProblem
from tocsin.model.ids import table_of

#: Tables whose rows are shown to the public only where they are invented: persons, and what nobody has reviewed.
SEALED = ("persons", "pairs", "clusters", "signals", "drafts")
#: What a permission of the desk opens of them.
OPENED_BY = {"see_drafts": ("signals", "drafts", "options")}
#: Of these the way back may show what lies below: the figures and forecasts that a signal or a draft rests on are public.
SEEN_THROUGH = ("signals", "drafts")


@dataclass(frozen=True)
class Checked:
    """Says of one preserved file whether its bytes still have its hash."""

    sha256: str
    name: str
    whole: bool
    problem: str


def sealed(published: Published, identifier: str, opened: Collection[str] = ()) -> bool:
    """Return True where a reader may not see what this id stands for; `opened` are the tables that the desk opens to them."""
    try:
        kind = table_of(identifier)
        if kind in opened:
            return False
        if kind == "options":
            return any(one.startswith("dra-") and sealed(published, one) for one in row_of(published, identifier)["inputs"])
        if kind not in SEALED:
            return False
        return not _invented(_index(published, identifier), kind, identifier)
    except NotFound:
        return True


def row_of(published: Published, identifier: str) -> dict[str, Any]:
    """Return the row with this id, of the newest run that has it; nothing for a record.

    Raises:
        NotFound: no run has it.
    """
    return {} if table_of(identifier) == "record" else _index(published, identifier).row(identifier)


def _index(published: Published, identifier: str) -> SnapshotIndex:
    return published.index.holding(identifier) or published.index


def _invented(index: SnapshotIndex, kind: str, identifier: str) -> bool:
    row = index.row(identifier)
    if "invented" in row:
        return bool(row["invented"])
    members = [row[name] for name in ("left", "right", "record_id") if row.get(name)]
    return bool(members) and all(_invented(index, "persons", member) for member in members)


def origin(published: Published, identifier: str, people: People, opened: Collection[str] = ()) -> Explanation | None:
    """Return the explanation of an id as a reader may see it; None where nothing that they may see has it.

    Branches and uses that are sealed are left out and counted as left out. `opened`: tables that the desk opens to them.
    """
    if sealed(published, identifier, opened):
        return None
    try:
        found = explain(published.index, identifier, people)
    except NotFound:
        return None
    uses = tuple(use for use in found.used_by if not sealed(published, use.id, opened))
    return replace(found, tree=_open_part(published, found.tree, opened), used_by=uses)


def _open_part(published: Published, node: Node, opened: Collection[str]) -> Node:
    kept = [_open_part(published, child, opened) for child in _open_children(published, node, opened)]
    hidden = sum(1 for child in node.children if sealed(published, child.id, opened))
    return replace(node, children=tuple(kept), left_out=node.left_out + hidden)


def _open_children(published: Published, node: Node, opened: Collection[str]) -> Iterator[Node]:
    """Yield the children that may be seen; for a sealed signal or draft, what it rests on."""
    for child in node.children:
        if not sealed(published, child.id, opened):
            yield child
        elif child.kind in SEEN_THROUGH:
            yield from _open_children(published, child, opened)


def check_files(published: Published, files: Sequence[SourceFile]) -> tuple[Checked, ...]:
    """Read each preserved file now and say whether it still has its hash; nothing is changed."""
    found = []
    for file in files:
        try:
            published.workspace.archive.get(file.sha256)
            found.append(Checked(file.sha256, file.name, True, ""))
        except (NotFound, WorkspaceProblem) as error:
            found.append(Checked(file.sha256, file.name, False, error.what))
    return tuple(found)


def is_invented(published: Published, identifier: str) -> bool:
    """Return True where the row itself is invented."""
    try:
        return bool(row_of(published, identifier).get("invented"))
    except NotFound:
        return False


__all__ = ["Checked", "Explanation", "Node", "Use", "check_files", "is_invented", "origin", "row_of", "sealed"]
