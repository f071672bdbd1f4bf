"""Writing a stage's folder again never leaves a moment in which a reader finds a file missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.model import tables
from tocsin.model.errors import WorkspaceProblem
from tocsin.storage import Workspace
from tocsin.storage import workspace as module


def _write(workspace: Workspace, files: dict[str, bytes]) -> Path:
    folder = workspace.stage_folder(8, "publish", "r1")
    workspace.write_stage(folder, {"figures": tables.empty("figures")}, files, {"rows": {}})
    return folder


def _names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", demo=False)


def test_a_second_write_replaces_every_file_and_drops_what_is_left_over(workspace):
    _write(workspace, {"a.txt": b"1", "old.txt": b"1"})
    folder = _write(workspace, {"a.txt": b"2", "deep/new.txt": b"2"})
    assert _names(folder) == {"figures.parquet", "manifest.json", "files/a.txt", "files/deep/new.txt"}
    assert (folder / "files/a.txt").read_bytes() == b"2"


def test_a_kill_in_the_middle_of_a_second_write_leaves_every_file_in_place(workspace, monkeypatch):
    folder = _write(workspace, {"a.txt": b"1", "b.txt": b"1"})
    before = _names(folder)
    real, calls = Path.replace, []

    def killed(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > len(before) and "publish" in str(target):
            raise KeyboardInterrupt
        return real(self, target)

    for _ in range(3):
        calls.clear()
        monkeypatch.setattr(module.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            _write(workspace, {"a.txt": b"2", "b.txt": b"2"})
        monkeypatch.setattr(module.Path, "replace", real)
        assert _names(folder) == before
    _write(workspace, {"a.txt": b"2", "b.txt": b"2"})
    assert (folder / "files/a.txt").read_bytes() == b"2"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x"}', '{"format": null}', "\x00"])
def test_a_marker_that_cannot_be_read_is_refused(workspace, text):
    (workspace.root / "workspace.json").write_text(text, "utf-8")
    with pytest.raises(WorkspaceProblem):
        Workspace.open(workspace.root)


def test_a_newer_workspace_is_refused(workspace):
    (workspace.root / "workspace.json").write_text(json.dumps({"format": 2}), "utf-8")
    with pytest.raises(WorkspaceProblem, match="newer version"):
        Workspace.open(workspace.root)


def test_only_one_process_writes_at_a_time(workspace):
    with workspace.lock(), pytest.raises(WorkspaceProblem, match="another run"), Workspace.open(workspace.root).lock():
        pass
