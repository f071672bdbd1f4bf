"""A run that is killed at any moment leaves a workspace that the next run completes with the same tables."""

from __future__ import annotations

import json
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
from tocsin.flow.pipeline import STAGES
from tocsin.model import tables
from tocsin.storage import Workspace

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


def _killed_in(home: Path, stage: str) -> bool:
    """Start a run and kill it as soon as `stage` is at work; return whether it was."""
    order = [one.name for one in STAGES]
    before = order[: order.index(stage)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tocsin", "run", "--as-of", DAY], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        whole = {path.parent.parent.name.partition("-")[2] for path in home.glob("[1-8]-*/*/manifest.json")}
        if set(before) <= whole and (home / "1-collect").exists():
            process.send_signal(signal.SIGKILL)
        time.sleep(0.002)
    return process.returncode == -signal.SIGKILL and not any(home.glob(f"[1-8]-{order[-1]}/*/manifest.json"))


def test_a_run_that_was_killed_in_every_stage_ends_with_the_same_tables(prepared, tmp_path):
    whole, broken = (Path(shutil.copytree(prepared, tmp_path / name)) for name in ("whole", "broken"))
    _run_to_the_end(whole)
    for stage in STAGES:
        assert _killed_in(broken, stage.name), stage.name
        assert Workspace.open(broken).snapshot() is None, f"killed in {stage.name}: readers see a run that is not whole"
    _run_to_the_end(broken)
    assert _content(broken) == _content(whole)
    assert not list(broken.glob("*/.tmp-*"))


def test_a_run_again_from_scratch_gives_the_same_tables(prepared, tmp_path):
    home = Path(shutil.copytree(prepared, tmp_path / "again"))
    _run_to_the_end(home)
    before = _content(home)
    assert tocsin(home, "run", "--as-of", DAY, "--fresh", "--json").returncode == 0
    assert _content(home) == before
