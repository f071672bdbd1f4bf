"""Backs a workspace up into one file, and restores it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.flow.pipeline import code_version
from tocsin.storage import Workspace
from tocsin.storage.backup import restore_backup, write_backup

INSIDE, ELSEWHERE, NONE = "inside", "elsewhere", "none"


@dataclass(frozen=True)
class BackupReport:
    """Says what a backup holds. `records` is `elsewhere` where people's records lie in a database of their own."""

    files: int
    size: int
    records: str
    keys: int
    made_at: str


def back_up(workspace: Workspace, target: Path, now: dt.datetime, *, database: bool) -> BackupReport:
    """Write the workspace into `target`.

    Args:
        workspace: what is backed up.
        target: a new file.
        now: the time, for the table of contents.
        database: True where DATABASE_URL names a database outside of the workspace.
    """
    records = ELSEWHERE if database else INSIDE if (workspace.root / "records.sqlite3").exists() else NONE
    contents = write_backup(workspace, target, {"made_at": now.isoformat(), "code": code_version(), "records": records})
    return _report(contents, target)


def restore(source: Path, root: Path) -> BackupReport:
    """Restore the workspace in `source` to `root`; every hash is checked before anything appears there."""
    return _report(restore_backup(source, root), source)


def _report(contents: Mapping[str, Any], path: Path) -> BackupReport:
    files = contents["files"]
    keys = sum(name.startswith("keys/") and name.endswith(".key") for name in files)
    return BackupReport(len(files), path.stat().st_size, str(contents.get("records", NONE)), keys, str(contents.get("made_at", "")))
