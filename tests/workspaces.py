"""Starts the command line as a real process, and takes fingerprints of workspaces."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a process that works on the workspace at `home`."""
    return {**os.environ, "TOCSIN_HOME": str(home), "PYTHONPATH": str(SOURCE), "COLUMNS": "200"}


def tocsin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed and its exit code."""
    command = [sys.executable, "-m", "tocsin", *map(str, arguments)]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=300, check=False)


def fingerprint(root: Path) -> dict[str, str]:
    """Return the hash of every file below `root` by its path; folders stand with an empty one."""
    return {
        p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "" for p in sorted(root.rglob("*"))
    }
