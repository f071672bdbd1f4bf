"""Makes a workspace and fills it with the bundled data."""

from __future__ import annotations

from pathlib import Path

from tocsin.storage import Workspace


def create_workspace(root: Path, *, bundled: bool) -> Workspace:
    """Make a workspace at `root`; with `bundled`, collect every dataset that ships with Tocsin."""
    return Workspace.create(root, demo=bundled)
