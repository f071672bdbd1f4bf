"""A backup holds everything, says so by hash, and comes back whole or not at all."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from workspaces import fingerprint

from tocsin.model.errors import BadInput, TocsinError, WorkspaceProblem, WrongUse
from tocsin.storage import Collection, Item, Workspace
from tocsin.storage.backup import CONTENTS, restore_backup, write_backup


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "home", demo=False)
    item = Item(
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "a", "documents", 3, "text/plain", "2026-01-01", "", "t"
    )
    made.archive.preserve([(b"foo", item)], Collection("documents", "2026-01-01", "", (item.sha256,)))
    return made


@pytest.fixture
def saved(workspace: Workspace, tmp_path: Path) -> Path:
    write_backup(workspace, tmp_path / "b.zip", {})
    return tmp_path / "b.zip"


def _changed(saved: Path, change) -> Path:
    """Return a copy of the backup whose parts `change` has changed."""
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(parts.pop(CONTENTS))
    change(parts, contents)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in {**parts, CONTENTS: json.dumps(contents).encode()}.items():
            archive.writestr(name, data)
    saved.write_bytes(stream.getvalue())
    return saved


def test_everything_comes_back(workspace, saved, tmp_path):
    restore_backup(saved, tmp_path / "again")
    assert fingerprint(tmp_path / "again") == fingerprint(workspace.root)


def test_a_database_that_is_being_written_is_copied_whole(workspace, tmp_path):
    with contextlib.closing(sqlite3.connect(workspace.root / "records.sqlite3")) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE note (n INTEGER)")
        live.executemany("INSERT INTO note VALUES (?)", [(n,) for n in range(100)])
        live.commit()
        live.execute("INSERT INTO note VALUES (-1)")
        write_backup(workspace, tmp_path / "b.zip", {})
    restore_backup(tmp_path / "b.zip", tmp_path / "again")
    with contextlib.closing(sqlite3.connect(tmp_path / "again" / "records.sqlite3")) as restored:
        assert restored.execute("SELECT count(*), min(n) FROM note").fetchone() == (100, 0)


def test_nothing_is_overwritten(workspace, saved, tmp_path):
    before = saved.read_bytes()
    with pytest.raises(WrongUse):
        write_backup(workspace, saved, {})
    assert saved.read_bytes() == before
    with pytest.raises(WorkspaceProblem):
        restore_backup(saved, workspace.root)


def test_a_backup_does_not_lie_inside_what_it_backs_up(workspace):
    with pytest.raises(WrongUse):
        write_backup(workspace, workspace.root / "b.zip", {})


def _outside(parts, contents):
    parts["../outside.txt"] = b"x"
    contents["files"]["../outside.txt"] = {"sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "size": 1}


def _absolute(parts, contents):
    contents["files"]["/etc/outside.txt"] = {"sha256": "0" * 64, "size": 1}


def _flipped(parts, contents):
    name = next(n for n in parts if n.startswith("0-archive/open"))
    parts[name] = b"bar"


def _dropped(parts, contents):
    parts.pop(next(n for n in parts if n.startswith("0-archive/open")))


def _forged(parts, contents):
    """Change a preserved file and its hash in the table of contents: the custody log still tells."""
    name = next(n for n in parts if n.startswith("0-archive/open"))
    parts[name] = b"bar"
    contents["files"][name]["sha256"] = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"


def _newer(parts, contents):
    contents["backup_format"] = 99


def _newer_workspace(parts, contents):
    contents["workspace_format"] = 99


def _huge(parts, contents):
    contents["files"]["zeros"] = {"sha256": "0" * 64, "size": 1 << 50}


def _odd(parts, contents):
    contents["files"] = ["a", "b"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_outside, "leads outside"),
        (_absolute, "leads outside"),
        (_flipped, "was changed"),
        (_dropped, "missing or damaged"),
        (_forged, "archive in the backup is not whole"),
        (_newer, "a newer version"),
        (_newer_workspace, "a newer version"),
        (_huge, "beyond what is safe"),
        (_odd, "no backup of Tocsin"),
    ],
)
def test_a_backup_that_was_changed_is_refused_and_nothing_appears(change, said, saved, tmp_path):
    _changed(saved, change)
    before = fingerprint(tmp_path)
    with pytest.raises(TocsinError, match=said):
        restore_backup(saved, tmp_path / "again")
    assert fingerprint(tmp_path) == before


def test_preserved_files_come_back_read_only_and_nothing_is_for_others(saved, tmp_path):
    restore_backup(saved, tmp_path / "again")
    archive = tmp_path / "again" / "0-archive"
    kept = [path for path in (archive / "open").rglob("*") if path.is_file()]
    assert kept and all(path.stat().st_mode & 0o777 == 0o400 for path in kept)
    assert (archive / "custody.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [0, 10, -40, -1])
def test_a_backup_cut_short_is_refused(cut, saved, tmp_path):
    saved.write_bytes(saved.read_bytes()[:cut])
    with pytest.raises(BadInput):
        restore_backup(saved, tmp_path / "again")
    assert not (tmp_path / "again").exists()
