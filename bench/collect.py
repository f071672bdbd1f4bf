"""Measures setting up a workspace, reading it back, and an archive of thousands of files."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tocsin.datasets.selmora import true_counts
from tocsin.flow.context import Context, RunInfo
from tocsin.flow.setup import create_workspace
from tocsin.flow.steps import collect
from tocsin.model import tables
from tocsin.storage import Collection, Item, Workspace

T = TypeVar("T")
FILES = 2000


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        seconds, workspace = _timed(lambda: create_workspace(root / "home", bundled=True))
        print(f"{'init with the bundled data':40} {seconds:8.2f} s")
        run = RunInfo("bench", dt.datetime.now(dt.UTC).date(), 1, "duckdb", "bench")
        seconds, result = _timed(lambda: collect.step(Context(workspace, run, tables.empty)))
        print(f"{'collect, read back from the archive':40} {seconds:8.2f} s")
        for name, table in result.tables.items():
            print(f"    {name:36} {table.num_rows:8,} rows")
        other = Workspace.create(root / "other", demo=False)
        seconds, _ = _timed(lambda: _fill(other, together=True))
        print(f"{f'{FILES:,} files in one collection':40} {seconds:8.2f} s")
        seconds, _ = _timed(lambda: _fill(other, together=False))
        print(f"{f'{FILES:,} files, one custody write each':40} {seconds:8.2f} s")
        seconds, problems = _timed(other.archive.verify)
        print(f"{'verify them':40} {seconds:8.2f} s, {len(problems)} problems")
    print("Selmora:", true_counts())


def _timed(action: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = action()
    return time.perf_counter() - started, done


def _fill(workspace: Workspace, *, together: bool) -> None:
    files = []
    for number in range(FILES):
        data = f"{together} {number}".encode()
        sha = hashlib.sha256(data).hexdigest()
        files.append((data, Item(sha, f"{number}.txt", f"bench-{together}", len(data), "text/plain", "2026-01-01", "", "bench")))
    if together:
        workspace.archive.preserve(files, Collection("bench", "2026-01-01", "", tuple(item.sha256 for _, item in files)))
        return
    for data, item in files:
        workspace.archive.put(data, item)


if __name__ == "__main__":
    main()
