"""Who collects a folder again is told what changed since the last time, by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.storage import Workspace

RUN = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of texts that was collected once."""
    Workspace.create(tmp_path / "workspace", demo=False)
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "workspace"))
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a", "b", "c"):
        (texts / f"{name}.txt").write_text(f"Text {name} of Monday.", "utf-8")
    said = RUN.invoke(app, ["collect", "documents", "--from", str(texts)]).stdout
    assert "Since the last collection" not in said, "there was none"
    return texts


def test_new_changed_and_missing_files_are_named(folder: Path):
    (folder / "b.txt").write_text("Text b of Tuesday.", "utf-8")
    (folder / "c.txt").unlink()
    (folder / "d.txt").write_text("Text d of Tuesday.", "utf-8")
    said = RUN.invoke(app, ["collect", "documents", "--from", str(folder)]).stdout
    assert "Since the last collection: 1 new: d.txt; 1 changed: b.txt; 1 not delivered again and kept" in said
    assert "c.txt; 1 as before." in said


def test_with_replace_what_is_missing_is_no_longer_part_of_it(folder: Path):
    (folder / "c.txt").unlink()
    said = RUN.invoke(app, ["collect", "documents", "--from", str(folder), "--replace"]).stdout
    assert "1 not delivered again and no longer part of it: c.txt; 2 as before." in said


def test_nothing_is_said_of_changes_where_all_was_there(folder: Path):
    said = RUN.invoke(app, ["collect", "documents", "--from", str(folder)]).stdout
    assert "Since" not in said and "All of it was here already" in said
