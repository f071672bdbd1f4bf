"""The act of collecting: once is enough, earlier files stay, and a run sees only what the world could know."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from workspaces import fingerprint, tocsin

from tocsin.flow import setup
from tocsin.flow.collect import Request, collect
from tocsin.flow.context import Context, RunInfo
from tocsin.flow.steps import collect as collect_step
from tocsin.model import tables
from tocsin.model.errors import BadInput
from tocsin.storage import Workspace

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "workspace", demo=False)


def _texts(folder: Path, **files: str) -> str:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return str(folder)


def _read(workspace: Workspace, day: dt.date):
    context = Context(workspace, RunInfo("r1", day, 1, "duckdb", "test"), earlier=tables.empty)
    return collect_step.step(context)


def test_every_file_is_preserved_with_a_custody_line(workspace, tmp_path):
    collect(workspace, "documents", Request(_texts(tmp_path / "a", one="One.", two="Two."), NOW.date()), NOW)
    actions = [line["action"] for line in workspace.archive.custody()]
    assert actions == ["made", "received", "received", "collected"]
    assert workspace.archive.verify() == []


def test_collecting_the_same_again_changes_nothing(workspace, tmp_path):
    source = _texts(tmp_path / "a", one="One.")
    assert collect(workspace, "documents", Request(source, NOW.date()), NOW).new
    before = fingerprint(workspace.root)
    assert not collect(workspace, "documents", Request(source, LATER.date()), LATER).new
    assert fingerprint(workspace.root) == before


def test_a_readme_is_left_out_and_counted(workspace, tmp_path):
    done = collect(workspace, "documents", Request(_texts(tmp_path / "a", one="One.", README="About."), NOW.date()), NOW)
    assert (done.rows, done.skipped) == ({"documents": 1}, {"README file": 1})
    assert _read(workspace, NOW.date()).skipped == {"README file (documents)": 1}


def test_files_of_another_kind_in_a_folder_are_counted(workspace, tmp_path):
    source = _texts(tmp_path / "a", one="One.")
    (tmp_path / "a" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "a" / "copy.txt").write_text("One.", "utf-8")
    done = collect(workspace, "documents", Request(source, NOW.date()), NOW)
    assert done.skipped == {"file of another kind": 1, "same content as another file": 1}


def test_later_files_join_the_earlier_and_a_file_of_the_same_name_replaces_its_old_version(workspace, tmp_path):
    collect(workspace, "documents", Request(_texts(tmp_path / "a", one="One.", two="Two."), NOW.date()), NOW)
    collect(workspace, "documents", Request(_texts(tmp_path / "b", two="Two, corrected.", three="Three."), LATER.date()), LATER)
    names = {row["name"] for row in _read(workspace, LATER.date()).tables["items"].to_pylist()}
    assert names == {"one.txt", "two.txt", "three.txt"}
    assert _read(workspace, LATER.date()).tables["documents"].num_rows == 3
    replaced = Request(_texts(tmp_path / "c", four="Four."), LATER.date(), replace=True)
    assert collect(workspace, "documents", replaced, LATER).rows == {"documents": 1}


def test_a_run_as_of_an_earlier_day_does_not_see_what_came_later(workspace, tmp_path):
    collect(workspace, "documents", Request(_texts(tmp_path / "a", old="Old."), dt.date(2013, 1, 11)), NOW)
    collect(workspace, "documents", Request(_texts(tmp_path / "b", new="New."), NOW.date()), LATER)
    assert _read(workspace, dt.date(2013, 1, 10)).tables["items"].num_rows == 0
    early = _read(workspace, dt.date(2014, 1, 1))
    assert [row["name"] for row in early.tables["items"].to_pylist()] == ["old.txt"]
    assert early.tables["documents"].num_rows == 1
    assert _read(workspace, LATER.date()).tables["documents"].num_rows == 2


def test_a_file_that_turns_out_to_be_older_is_known_earlier_from_then_on(workspace, tmp_path):
    source = _texts(tmp_path / "a", one="One.")
    collect(workspace, "documents", Request(source, NOW.date()), NOW)
    assert collect(workspace, "documents", Request(source, dt.date(2013, 1, 11)), LATER).new
    assert _read(workspace, dt.date(2014, 1, 1)).tables["documents"].num_rows == 1


def test_an_archive_is_kept_as_received_beside_what_was_in_it(workspace, tmp_path):
    packed = tmp_path / "one.txt.gz"
    packed.write_bytes(gzip.compress(b"One."))
    collect(workspace, "documents", Request(str(packed), NOW.date()), NOW)
    result = _read(workspace, NOW.date())
    kept = {row["name"]: row for row in result.tables["items"].to_pylist()}
    assert set(kept) == {"one.txt.gz", "one.txt.gz/one.txt"}
    assert workspace.archive.get(kept["one.txt.gz"]["sha256"]) == packed.read_bytes()
    assert result.tables["documents"].column("item").to_pylist() == [kept["one.txt.gz/one.txt"]["sha256"]]


def test_the_order_of_the_acts_does_not_matter(tmp_path):
    sources = [_texts(tmp_path / "a", one="One."), _texts(tmp_path / "b", two="Two."), _texts(tmp_path / "c", three="Three.")]
    found = []
    for order in ((0, 1, 2), (2, 0, 1)):
        workspace = Workspace.create(tmp_path / f"w{order[0]}", demo=False)
        for number in order:
            collect(workspace, "documents", Request(sources[number], NOW.date()), NOW)
        found.append(_read(workspace, NOW.date()).tables["documents"])
    assert found[0].equals(found[1])


def test_a_failed_setup_leaves_nothing_half_made(tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise BadInput("the feed is broken", "selmora")

    monkeypatch.setattr(setup, "collect", fail)
    with pytest.raises(BadInput):
        setup.create_workspace(tmp_path / "home", bundled=True)
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_can_be_made_in_an_empty_folder(tmp_path):
    (tmp_path / "home").mkdir()
    assert setup.create_workspace(tmp_path / "home", bundled=False).root == tmp_path / "home"


def test_the_first_command_of_a_newcomer_may_be_collect(tmp_path):
    text = tmp_path / "note.txt"
    text.write_text("In Selmora 40 people were killed.", encoding="utf-8")
    home = tmp_path / "none-yet"
    done = tocsin(home, "collect", "documents", "--from", text, "--json")
    assert (done.returncode, json.loads(done.stdout)["files"]) == (0, 1), done.stderr
    assert f"Making a workspace with the bundled data in {home}" in done.stderr.replace("\n", "")
    assert tocsin(home, "init").returncode == 1, "the workspace is there, as `tocsin init` would have made it"
