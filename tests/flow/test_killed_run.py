"""A run that is killed at any moment leaves a workspace that the next run completes with the same tables."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from workspaces import environment, tocsin

from tocsin.datasets.selmora import generate
from tocsin.model import tables
from tocsin.storage import Workspace

KILLS = 5
DAY = "2026-11-01"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """Return a workspace that holds a small Selmora and has not been run."""
    folder = tmp_path_factory.mktemp("prepared")
    for name, data in generate(3, 320).items():
        if not name.startswith("truth/"):
            (folder / "files" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "files" / name).write_bytes(data)
    home = folder / "workspace"
    assert tocsin(home, "init", "--empty").returncode == 0
    done = tocsin(home, "collect", "selmora", "--from", folder / "files", "--as-of", DAY)
    assert done.returncode == 0, done.stderr
    return home


def _run_to_the_end(home: Path) -> None:
    done = tocsin(home, "run", "--as-of", DAY, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["persons"] > 0


def _content(home: Path) -> dict[str, object]:
    """Return every table and every published file of the newest run, without the seconds that stages took."""
    snapshot = Workspace.open(home).snapshot()
    assert snapshot is not None
    found: dict[str, object] = {"run": snapshot.run}
    for stage, folder in snapshot.folders().items():
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"):
            key = f"{stage}/{path.relative_to(folder).as_posix()}"
            tabular = path.suffix == ".parquet" and path.stem in tables.TABLES and path.parent == folder
            found[key] = pq.read_table(path).to_pylist() if tabular else path.read_bytes()
    return found


def test_a_run_that_was_killed_again_and_again_ends_with_the_same_tables(prepared, tmp_path):
    whole, broken = (Path(shutil.copytree(prepared, tmp_path / name)) for name in ("whole", "broken"))
    started = time.monotonic()
    _run_to_the_end(whole)
    usual = time.monotonic() - started
    moments = random.Random(20130111)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tocsin", "run", "--as-of", DAY],
            env=environment(broken),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(moments.uniform(0.3, 0.9) * usual)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        snapshot = Workspace.open(broken).snapshot()
        if snapshot is not None:
            assert all((folder / "manifest.json").exists() for folder in snapshot.folders().values())
    _run_to_the_end(broken)
    assert _content(broken) == _content(whole)
    assert not list(broken.glob("*/.tmp-*"))


def test_a_run_again_from_scratch_gives_the_same_tables(prepared, tmp_path):
    home = Path(shutil.copytree(prepared, tmp_path / "again"))
    _run_to_the_end(home)
    before = _content(home)
    assert tocsin(home, "run", "--as-of", DAY, "--fresh", "--json").returncode == 0
    assert _content(home) == before
