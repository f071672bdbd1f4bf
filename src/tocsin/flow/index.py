"""Finds rows by id and lineage in both directions inside one snapshot; built once a run, then only read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.model import tables
from tocsin.model.errors import NotFound
from tocsin.model.ids import table_of
from tocsin.storage import Snapshot, Workspace

#: How many earlier runs are searched for an id that the newest one lacks, and how many stay in memory.
LOOKED_AT = 50
KEPT = 2


class SnapshotIndex:
    """Answers which row has an id, what a row rests on, and what rests on it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._positions: dict[str, dict[str, int]] = {}
        self._earlier: dict[str, SnapshotIndex] = {}

    def row(self, identifier: str) -> dict[str, Any]:
        """Return the row with this id.

        Raises:
            NotFound: no row of this run has it.
        """
        name = table_of(identifier)
        if name not in tables.TABLES:
            raise NotFound("this id belongs to a record, not to a table", identifier)
        if name not in self._positions:
            ids = self.snapshot.table(name).column("id").to_pylist()
            self._positions[name] = {one: number for number, one in enumerate(ids)}
        position = self._positions[name].get(identifier)
        if position is None:
            raise NotFound(
                "no row of the newest run has this id",
                identifier,
                f"an id of table {name}",
                "none",
                "The row may belong to an earlier run, or the run may not have been made yet: tocsin run",
            )
        return dict(self.snapshot.table(name).slice(position, 1).to_pylist()[0])

    def holds(self, identifier: str) -> bool:
        """Return True where a row of this run has this id."""
        try:
            self.row(identifier)
        except NotFound:
            return False
        return True

    def at(self, run: str) -> SnapshotIndex | None:
        """Return another run of the same workspace; None where it is gone."""
        if run == self.snapshot.run:
            return self
        if run not in self._earlier:
            found = Workspace(self.snapshot.root).snapshot(run)
            if found is None:
                return None
            self._earlier = dict(list(self._earlier.items())[-(KEPT - 1) :])
            self._earlier[run] = SnapshotIndex(found)
        return self._earlier[run]

    def holding(self, identifier: str) -> SnapshotIndex | None:
        """Return the newest run that has a row with this id: this one, or an earlier one; None where none has."""
        name = table_of(identifier)
        if name not in tables.TABLES:
            return None
        if self.holds(identifier):
            return self
        seen = set(self.snapshot.folders().values())
        for run in Workspace(self.snapshot.root).finished_runs()[:LOOKED_AT]:
            found = Workspace(self.snapshot.root).snapshot(run)
            folders = set(found.folders().values()) - seen if found else set()
            seen |= folders
            if any(_has(folder / f"{name}.parquet", identifier) for folder in folders):
                return self.at(run)
        return None

    @cached_property
    def _lineage(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]], Mapping[str, str]]:
        rests_on: dict[str, list[str]] = defaultdict(list)
        used_by: dict[str, list[str]] = defaultdict(list)
        stages: dict[str, str] = {}
        lineage = self.snapshot.table("lineage")
        columns = (lineage.column(c).to_pylist() for c in ("output", "input", "stage"))
        for output, source, stage in zip(*columns, strict=True):
            rests_on[output].append(source)
            used_by[source].append(output)
            stages[output] = stage
        return rests_on, used_by, stages

    def inputs(self, identifier: str) -> list[str]:
        """Return the ids that a row rests on; empty for a preserved file."""
        return self._lineage[0].get(identifier, [])

    def outputs(self, identifier: str) -> list[str]:
        """Return the ids of rows that rest on this one."""
        return self._lineage[1].get(identifier, [])

    def stage(self, identifier: str) -> str | None:
        """Return the stage that made a row."""
        return self._lineage[2].get(identifier)


def _has(path: Path, identifier: str) -> bool:
    return path.exists() and pc.index(pq.read_table(path, columns=["id"]).column("id"), identifier).as_py() >= 0
