"""Follows any id back to the preserved files and people it rests on, and forward to what was done with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.flow.describe import describe
from tocsin.flow.index import SnapshotIndex
from tocsin.flow.people_shapes import NOBODY, Nobody, People, Use, Written
from tocsin.flow.sealed import WithSeals
from tocsin.model.errors import NotFound
from tocsin.model.ids import table_of
from tocsin.storage import Workspace

__all__ = ["NOBODY", "Explanation", "Nobody", "Node", "People", "SourceFile", "Use", "Written", "explain"]

#: Most children shown under one node, and most levels below the first; what is left out is counted.
BREADTH = 25
DEPTH = 8


@dataclass(frozen=True)
class Node:
    """Is one step of the way back: a row, a set of inputs, or a preserved file."""

    id: str
    kind: str
    label: str
    value: str | None
    method: str | None
    parameters: str | None
    stage: str | None
    locator: str | None
    children: tuple[Node, ...]
    left_out: int


@dataclass(frozen=True)
class SourceFile:
    """Names a preserved file and where in it the value stands; `rows` counts the places when there are many."""

    sha256: str
    name: str
    locator: str | None
    rows: int


@dataclass(frozen=True)
class Explanation:
    """Holds everything about one id; `used_by_total` also counts uses that the list leaves out, `why` are a forecast's reasons."""

    id: str
    kind: str
    label: str
    value: str | None
    run: str
    tree: Node
    files: tuple[SourceFile, ...]
    used_by: tuple[Use, ...]
    used_by_total: int
    why: dict[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON that `tocsin explain --json` promises."""
        return {
            "id": self.id,
            "kind": self.kind,
            "value": self.value,
            "label": self.label,
            "run": self.run,
            "from": [_node_dict(child) for child in self.tree.children],
            "method": self.tree.method,
            "parameters": json.loads(self.tree.parameters) if self.tree.parameters else None,
            "files": [{"sha256": f.sha256, "name": f.name, "locator": f.locator, "rows": f.rows} for f in self.files],
            "used_by": [{"id": u.id, "kind": u.kind, "label": u.label} for u in self.used_by],
            "used_by_total": self.used_by_total,
            "why": self.why,
        }


def explain(index: SnapshotIndex, identifier: str, people: People = NOBODY) -> Explanation:
    """Return the way back from `identifier` to files, and forward to what rests on it.

    What the newest run no longer holds is looked for in earlier runs; a record is read beside the run it was written about.

    Args:
        index: the newest run.
        identifier: id of any row, record or preserved file; a bare SHA-256 is taken for a file.
        people: what people wrote; sealed forecasts stand beside it, since the ledger is public.

    Raises:
        NotFound: nothing has this id.
    """
    identifier = f"itm-{identifier}" if len(identifier) == 64 and "-" not in identifier else identifier
    people = WithSeals(people, Workspace(index.snapshot.root))
    record = people.record(identifier) if table_of(identifier) == "record" else None
    index = (index.at(record.run) if record and record.run else index.holding(identifier)) or index
    tree = _node(_Ground(index, people), identifier, DEPTH, set())
    later = index.outputs(identifier)
    uses = [_use(index, one) for one in later[:BREADTH]]
    cited = [*(record.followed_by if record else ()), *people.citing(identifier)]
    return Explanation(
        id=identifier,
        kind=tree.kind,
        label=tree.label,
        value=tree.value,
        run=index.snapshot.run,
        tree=tree,
        files=_files(_Ground(index, people), identifier),
        used_by=(*cited, *uses),
        used_by_total=len(later) + len(cited),
        why=_why(index, identifier),
    )


@dataclass(frozen=True)
class _Ground:
    """Holds the run and the people whose records stand beside it."""

    index: SnapshotIndex
    people: People

    def below(self, identifier: str) -> Sequence[str]:
        """Return the ids that a row or record rests on."""
        if table_of(identifier) != "record":
            return self.index.inputs(identifier)
        record = self.people.record(identifier)
        return record.rests_on if record else ()


def _why(index: SnapshotIndex, identifier: str) -> dict[str, Any] | None:
    """Return what moved a forecast, what changed, what followed in similar cases, and what is missing."""
    if table_of(identifier) != "forecasts":
        return None
    row = index.row(identifier)
    return {**json.loads(row["why"]), "missing": list(row["missing"] or ())} if row["why"] else None


def _node(ground: _Ground, identifier: str, depth: int, above: set[str]) -> Node:
    kind = table_of(identifier)
    row: Mapping[str, Any] = {}
    if kind == "record":
        record = ground.people.record(identifier)
        if record is None:
            raise NotFound("no record that may be shown has this id", identifier, todo="Copy the id from the desk or from a JSON output.")
        label, value = record.label, record.value
    else:
        row = ground.index.row(identifier)
        label, value = describe(kind, row)
    below = [one for one in ground.below(identifier) if one not in above]
    shown = below[:BREADTH] if depth else []
    children = tuple(_child(ground, one, depth - 1, {*above, identifier}) for one in shown)
    return Node(
        id=identifier,
        kind=kind,
        label=label,
        value=value,
        method=row.get("method"),
        parameters=row.get("parameters"),
        stage=ground.index.stage(identifier),
        locator=row.get("locator"),
        children=children,
        left_out=len(below) - len(shown),
    )


def _child(ground: _Ground, identifier: str, depth: int, above: set[str]) -> Node:
    try:
        return _node(ground, identifier, depth, above)
    except NotFound:
        kind = table_of(identifier)
        label = "a record that people wrote" if kind == "record" else "a row that this run no longer holds"
        return Node(identifier, kind, label, None, None, None, None, None, (), 0)


def _files(ground: _Ground, identifier: str) -> tuple[SourceFile, ...]:
    """Return every preserved file below `identifier`, each once, in the order of their names."""
    places: dict[str, list[str | None]] = {}
    seen: set[str] = set()
    waiting: list[tuple[str, str | None]] = [(identifier, None)]
    while waiting:
        current, locator = waiting.pop()
        if current.startswith("itm-"):
            places.setdefault(current, []).append(locator)
            continue
        if current in seen:
            continue
        seen.add(current)
        below = ground.below(current)
        collected = any(one.startswith("itm-") for one in below)
        own = ground.index.row(current).get("locator") if collected and table_of(current) != "record" else None
        waiting += [(one, own) for one in below]
    files = []
    for item, locators in places.items():
        row = ground.index.row(item)
        known = [one for one in locators if one]
        files.append(SourceFile(row["sha256"], row["name"], known[0] if len(set(known)) == 1 else None, max(len(known), 1)))
    return tuple(sorted(files, key=lambda f: (f.name, f.sha256)))


def _use(index: SnapshotIndex, identifier: str) -> Use:
    kind = table_of(identifier)
    return Use(identifier, kind, describe(kind, index.row(identifier))[0])


def _node_dict(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "value": node.value,
        "method": node.method,
        "stage": node.stage,
        "locator": node.locator,
        "left_out": node.left_out,
        "from": [_node_dict(child) for child in node.children],
    }
