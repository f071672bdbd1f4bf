"""Makes a workspace and fills it with the bundled data; a setup that fails leaves nothing half-made."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from tocsin.datasets import catalogue
from tocsin.flow.collect import Request, collect
from tocsin.model.errors import WorkspaceProblem
from tocsin.storage import Workspace


def create_workspace(root: Path, *, bundled: bool) -> Workspace:
    """Make a workspace at `root`; with `bundled`, collect every dataset that ships with Tocsin.

    It is made under a temporary name beside `root` and then renamed.

    Raises:
        WorkspaceProblem: something else is there already.
    """
    root = root.absolute()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        got = f"{sum(1 for _ in root.iterdir())} entries" if root.is_dir() else "a file"
        raise WorkspaceProblem("the folder is not empty", str(root), "a new or empty folder", got, "Choose another folder.")
    root.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name}-"))
    try:
        workspace = Workspace.create(temporary, demo=bundled)
        if bundled:
            _collect_bundled(workspace)
        _move(temporary, root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return Workspace.open(root)


def _collect_bundled(workspace: Workspace) -> None:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    for one in catalogue():
        if one.manifest.bundled:
            collect(workspace, one.name, Request(source=None, day=now.date()), now)


def _move(temporary: Path, root: Path) -> None:
    """Put the whole folder in place by one rename; into a folder that can't be renamed over, its parts, the marker last."""
    try:
        temporary.replace(root)
    except OSError:
        for part in sorted(temporary.iterdir(), key=lambda p: p.name == "workspace.json"):
            part.replace(root / part.name)
