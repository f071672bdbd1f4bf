"""What public pages may read of one run: its tables, and what people issued."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.flow.index import SnapshotIndex
from tocsin.storage import Snapshot, Workspace

Row = dict[str, Any]
T = TypeVar("T")


class Published:
    """Reads the tables of one run and keeps what was computed from them; it never changes."""

    def __init__(self, workspace: Workspace, snapshot: Snapshot, records: Mapping[str, pa.Table], stamp: str = "") -> None:
        self.workspace = workspace
        self.snapshot = snapshot
        self.records = records
        self.stamp = stamp
        self._kept: dict[object, Any] = {}
        self._lock = threading.RLock()

    @property
    def run(self) -> str:
        """Return the id of the run."""
        return self.snapshot.run

    @property
    def as_of(self) -> dt.date:
        """Return the day that the run speaks of."""
        return dt.date.fromisoformat(str(self.snapshot.manifest["as_of"])[:10])

    @property
    def key(self) -> tuple[str, bool, str, str]:
        """Return what a page made from this depends on."""
        return (str(self.workspace.root), self.workspace.demo, self.run, self.stamp)

    def once(self, key: object, build: Callable[[], T]) -> T:
        """Return what `build` gives, computed on first use and kept as long as this run is shown."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = build()
            return cast("T", self._kept[key])

    def select(self, name: str, columns: Sequence[str] | None = None, **where: object) -> list[Row]:
        """Return the rows of table `name` whose columns equal the given values, or are one of a collection of values."""
        return filtered(self.snapshot.table(name), columns, where)

    def written(self, subject: str) -> list[Row]:
        """Return what people wrote about `subject`; nothing where nobody did."""
        table = self.records.get(subject)
        return table.to_pylist() if table is not None else []

    @cached_property
    def index(self) -> SnapshotIndex:
        """Return the way from any id to what it rests on and what rests on it."""
        return SnapshotIndex(self.snapshot)

    def row(self, name: str, identifier: str) -> Row | None:
        """Return one row by its id."""
        found = self.select(name, id=identifier)
        return found[0] if found else None


def filtered(table: pa.Table, columns: Sequence[str] | None, where: Mapping[str, object]) -> list[Row]:
    """Return the rows of `table` that fit `where`, as dictionaries of `columns`."""
    mask = None
    for column, value in where.items():
        part = _fits(table.column(column), value)
        mask = part if mask is None else pc.and_(mask, part)
    chosen = table if mask is None else table.filter(mask)
    return (chosen.select(list(columns)) if columns else chosen).to_pylist()


def _fits(column: pa.ChunkedArray, value: object) -> Any:
    if value is None:
        return pc.is_null(column)
    if isinstance(value, Collection) and not isinstance(value, str):
        return pc.fill_null(pc.is_in(column, value_set=pa.array(list(value), column.type)), False)
    return pc.fill_null(pc.equal(column, pa.scalar(value, column.type)), False)


class Shelf:
    """Keeps the newest published run of one workspace, read again when a run ends or a person writes."""

    #: Seconds for which run and records are taken as unchanged.
    FRESH = 1.0

    def __init__(self, home: Path, read_records: Callable[[], Mapping[str, pa.Table]], read_stamp: Callable[[], str]) -> None:
        self.home = home
        self.read_records = read_records
        self.read_stamp = read_stamp
        self._held: Published | None = None
        self._checked = 0.0
        self._lock = threading.Lock()

    def newest(self) -> Published | None:
        """Return the newest run with what people wrote; None where nothing was run."""
        now = time.monotonic()
        if self._held is not None and now - self._checked < self.FRESH:
            return self._held
        with self._lock:
            if self._held is None or time.monotonic() - self._checked >= self.FRESH:
                self._held = self._read()
                self._checked = time.monotonic()
            return self._held

    def _read(self) -> Published | None:
        workspace = Workspace.open(self.home)
        snapshot = workspace.snapshot()
        if snapshot is None:
            return None
        stamp = self.read_stamp()
        held = self._held
        if held is not None and held.key == (str(workspace.root), workspace.demo, snapshot.run, stamp):
            return held
        return Published(workspace, snapshot, dict(self.read_records()), stamp)
