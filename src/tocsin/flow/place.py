"""Finds the workspace that the pages, the API and the verbs work on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from django.conf import settings
from django.db import connections

from tocsin.model.errors import NotFound, WorkspaceProblem
from tocsin.storage import Snapshot, Workspace


def current() -> Snapshot:
    """Return the run that readers see.

    Raises:
        WorkspaceProblem: nothing has been run yet.
    """
    snapshot = Workspace.open(settings.HOME).snapshot()
    if snapshot is None:
        raise WorkspaceProblem("nothing has been run yet", "workspace", "a finished run", "none", "Run: tocsin run")
    return snapshot


def row(snapshot: Snapshot, table: str, identifier: str) -> dict[str, Any]:
    """Return the row of `table` with this id.

    Raises:
        NotFound: the run has no such row.
    """
    content = snapshot.table(table)
    found = content.filter(pc.equal(content.column("id"), identifier)).to_pylist()
    if not found:
        raise NotFound(
            f"the newest run has no row with this id in {table}", identifier[:60], todo="Look at the list again: it may have changed."
        )
    return dict(found[0])


def is_demo() -> bool:
    """Return True where the workspace holds the invented country."""
    return (settings.HOME / "workspace.json").exists() and Workspace.open(settings.HOME).demo


def move_to(root: Path) -> None:
    """Make the workspace at `root`, with the database of its records, the current one of this program."""
    wanted = settings.DATABASE_OF(root)
    if root == settings.HOME and wanted.items() <= connections.settings["default"].items():
        return
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": wanted})["default"]
    settings.HOME = root
