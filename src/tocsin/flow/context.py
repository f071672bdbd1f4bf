"""What a step of the pipeline is given, and what it returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from tocsin.model import tables
from tocsin.storage import Workspace


@dataclass(frozen=True)
class RunInfo:
    """Holds what identifies a run: the same values give the same run id and the same tables."""

    run: str
    as_of: dt.date
    seed: int
    engine: str
    code: str


class Progress(Protocol):
    """Reports progress of a step to whoever watches."""

    def __call__(self, done: int, total: int, label: str = "") -> None:
        """Say that `done` of `total` parts are finished."""


def silent(done: int, total: int, label: str = "") -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Context:
    """Gives a step the workspace, the run, the tables of earlier steps and what people wrote.

    `earlier(name)` returns table `name` as the steps before this one in the same run left it.
    `records` holds what people wrote as Arrow tables by subject (judgements, ratings, alerts, decisions,
    levels); a subject that nobody wrote about is missing.
    """

    workspace: Workspace
    run: RunInfo
    earlier: Callable[[str], pa.Table]
    records: Mapping[str, pa.Table] = field(default_factory=dict)
    progress: Progress = silent


@dataclass(frozen=True)
class StepResult:
    """Holds what a step made: tables by name, files by relative path, what it left out and why, and counts worth keeping."""

    tables: Mapping[str, pa.Table]
    files: Mapping[str, bytes] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, table in self.tables.items():
            tables.check(name, table)
