"""Where a value comes from: the public part of an explanation, and the check of hashes now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.flow.explain import Citing, Explanation, Node, SourceFile, Use, explain
from tocsin.flow.read.published import Published
from tocsin.model.errors import NotFound, WorkspaceProblem

#: Tables whose rows are shown to the public only where they are invented: persons, and what nobody has reviewed.
SEALED = ("persons", "pairs", "clusters", "signals", "drafts")


@dataclass(frozen=True)
class Checked:
    """Says of one preserved file whether its bytes still have its hash."""

    sha256: str
    name: str
    whole: bool
    problem: str


def sealed(published: Published, identifier: str) -> bool:
    """Return True where the public may not see what this id stands for."""
    try:
        kind = _kind(identifier)
        if kind not in SEALED:
            return False
        return not _invented(published, kind, identifier)
    except NotFound:
        return True


def _kind(identifier: str) -> str:
    from tocsin.model.ids import table_of

    return table_of(identifier)


def _invented(published: Published, kind: str, identifier: str) -> bool:
    row = published.index.row(identifier)
    if "invented" in row:
        return bool(row["invented"])
    members = [row[name] for name in ("left", "right", "record_id") if row.get(name)]
    return bool(members) and all(_invented(published, "persons", member) for member in members)


def origin(published: Published, identifier: str, citing: Citing) -> Explanation | None:
    """Return the explanation of an id as the public may see it; None where nothing public has it.

    Branches and uses that are sealed are left out and counted as left out.
    """
    if sealed(published, identifier):
        return None
    try:
        found = explain(published.index, identifier, citing)
    except NotFound:
        return None
    uses = tuple(use for use in found.used_by if not sealed(published, use.id))
    return replace(found, tree=_open_part(published, found.tree), used_by=uses)


def _open_part(published: Published, node: Node) -> Node:
    kept = [_open_part(published, child) for child in node.children if not sealed(published, child.id)]
    return replace(node, children=tuple(kept), left_out=node.left_out + len(node.children) - len(kept))


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
        return bool(published.index.row(identifier).get("invented"))
    except NotFound:
        return False


__all__ = ["Checked", "Explanation", "Node", "Use", "check_files", "is_invented", "origin", "sealed"]
