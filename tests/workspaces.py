"""Runs the command line, as a real process or within this one, and takes fingerprints of workspaces."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

SOURCE = Path(__file__).parents[1] / "src"


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a process that works on the workspace at `home`."""
    return {**os.environ, "TOCSIN_HOME": str(home), "PYTHONPATH": str(SOURCE), "COLUMNS": "200"}


def tocsin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed and its exit code."""
    command = [sys.executable, "-m", "tocsin", *map(str, arguments)]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=3600, check=False)


def fingerprint(root: Path) -> dict[str, str]:
    """Return the hash of every file below `root` by its path; folders stand with an empty one."""
    return {
        p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "" for p in sorted(root.rglob("*"))
    }


@dataclass(frozen=True)
class Finished:
    """Holds how a command ended."""

    returncode: int
    stdout: str
    stderr: str


def command(home: Path, *arguments: object, stdin: str = "", **variables: str) -> Finished:
    """Run the command within this process, as `main` does: with its messages and exit codes, and much faster."""
    from tocsin.cli.main import main

    words = ["tocsin", *map(str, arguments)]
    printed, complained = io.StringIO(), io.StringIO()
    code = 0
    with (
        mock.patch.dict(os.environ, {"TOCSIN_HOME": str(home), "COLUMNS": "200", **variables}),
        mock.patch.object(sys, "argv", words),
        mock.patch.object(sys, "stdin", io.StringIO(stdin)),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(complained),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return Finished(code, printed.getvalue(), complained.getvalue())
