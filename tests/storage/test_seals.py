"""`tocsin verify` finds whatever was changed, removed or added in what a run wrote, and says where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from people import build_workspace
from workspaces import command

from tocsin.storage import Workspace


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _claim_another_seed(root: Path) -> None:
    path = root / "runs" / "r1.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "seed": 99}))


TAMPER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a table": (lambda root: flip(root / "6-warn" / "r1" / "drafts.parquet"), "warn/drafts.parquet was changed"),
    "a table that is gone": (lambda root: (root / "3-link" / "r1" / "pairs.parquet").unlink(), "link/pairs.parquet is missing"),
    "a table put in": (lambda root: (root / "6-warn" / "r1" / "scores.parquet").write_bytes(b"x"), "warn/scores.parquet was added"),
    "a file of an edition": (lambda root: flip(root / "8-publish" / "r1" / "files" / "brief.html"), "publish/files/brief.html was changed"),
    "the manifest of a stage": (lambda root: flip(root / "1-collect" / "r1" / "manifest.json"), "the manifest of collect was changed"),
    "the manifest of the run": (_claim_another_seed, "its manifest was changed"),
    "a manifest that is no JSON": (lambda root: (root / "runs" / "r1.json").write_text("{"), "its manifest can't be read"),
    "the marker of a demo": (
        lambda root: (root / "workspace.json").write_text('{"demo": false, "format": 1}'),
        "workspace.json was changed",
    ),
    "the name of the run": (lambda root: (root / "runs" / "current.json").write_text('{"run": "r0"}'), "names no finished run"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with one finished run."""
    build_workspace(tmp_path / "workspace")
    return tmp_path / "workspace"


def test_what_a_run_wrote_is_whole(root):
    done = command(root, "verify")
    assert done.returncode == 0 and "1 run," in done.stdout


@pytest.mark.parametrize("what", TAMPER)
def test_what_was_changed_after_a_run_is_found_and_named(what, root):
    spoil, message = TAMPER[what]
    spoil(root)
    done = command(root, "verify", "--json")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert any(message in problem for problem in json.loads(done.stdout)["problems"])


def test_lines_cut_off_the_end_of_the_custody_log_are_missed_by_the_run_that_knew_them(root):
    (root.parent / "note.txt").write_text("A text.")
    (root.parent / "second.txt").write_text("Another text.")
    for name in ("note.txt", "second.txt"):
        assert command(root, "collect", "documents", "--from", root.parent / name).returncode == 0
    place = Workspace.open(root)
    snapshot = place.snapshot()
    assert snapshot is not None
    place.finish_run({**snapshot.manifest, "run": "r2"})
    log = root / "0-archive" / "custody.jsonl"
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:-1]))
    done = command(root, "verify", "--json")
    assert done.returncode == 1
    assert any("custody log has lost lines" in problem for problem in json.loads(done.stdout)["problems"])


def test_a_run_of_an_older_version_holds_no_hashes_and_is_no_fault(root):
    path = root / "runs" / "r1.json"
    old = {key: value for key, value in json.loads(path.read_text()).items() if key not in ("sha256", "manifests")}
    path.write_text(json.dumps(old))
    assert command(root, "verify").returncode == 0


@pytest.mark.parametrize("name", ["secret.key", "keys/case-1.key", "records.sqlite3-wal"])
def test_a_private_file_that_others_may_read_is_told_with_what_to_do(name, root):
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    path.chmod(0o640)
    done = command(root, "verify", "--json")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert said["whole"] and f"chmod 600 {path}" in said["exposed"][0]
    assert "Whole:" in (plain := command(root, "verify")).stdout and said["exposed"][0] in plain.stdout
    path.chmod(0o600)
    assert command(root, "verify").returncode == 0


def test_a_workspace_made_before_its_marker_was_noted_is_not_blamed(root):
    log = root / "0-archive" / "custody.jsonl"
    assert '"made"' in log.read_text()
    log.unlink()
    (root / "runs" / "r1.json").unlink()
    (root / "runs" / "current.json").unlink()
    assert command(root, "verify").returncode == 0
