"""The extract step on a workspace of its own, and the command on files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest

from tests.extract.texts import DIGEST
from tests.workspaces import tocsin
from tocsin.flow.context import Context, RunInfo
from tocsin.flow.copies import link_texts
from tocsin.flow.steps import extract
from tocsin.model import tables
from tocsin.storage import Workspace
from tocsin.storage.archive import Item

NOW = dt.datetime(2031, 3, 20, tzinfo=dt.UTC)


def context(tmp_path, texts):
    workspace = Workspace.create(tmp_path / "home", demo=False)
    rows = []
    for name, data in texts.items():
        sha = hashlib.sha256(data).hexdigest()
        workspace.archive.preserve([(data, Item(sha, name, "documents", len(data), "text/plain", NOW.isoformat(), "2031-03-20", "test"))])
        rows.append({
            "id": f"doc-{name}", "dataset": "documents", "item": sha, "locator": "whole text", "available_at": NOW.date(),
            "first_seen": NOW, "kind": "text", "title": name, "invented": False,
        })  # fmt: skip
    documents = tables.from_rows("documents", rows)
    run = RunInfo("r", NOW.date(), 7, "duckdb", "test")
    return Context(workspace, run, lambda name: documents if name == "documents" else tables.empty(name))


def test_the_step_reads_the_preserved_bytes_and_carries_their_origin(tmp_path):
    result = extract.step(context(tmp_path, {"one.txt": DIGEST.encode()}))
    figures = result.tables["figures"].to_pylist()
    assert len(figures) == 8
    assert {f["item"] for f in figures} == {hashlib.sha256(DIGEST.encode()).hexdigest()}
    assert {f["available_at"] for f in figures} == {NOW.date()}
    assert all(f["locator"] == f"characters {f['span_start']}-{f['span_end']}" for f in figures)
    assert {d["kind"] for d in result.tables["documents"].to_pylist()} == {"digest", "item", "section_summary"}
    assert any("heading is run into" in note for note in result.notes)


def test_the_order_of_files_changes_nothing(tmp_path):
    texts = {"one.txt": DIGEST.encode(), "two.txt": b"In Selmora 40 people were killed.", "three.txt": DIGEST.upper().encode()}
    one = extract.step(context(tmp_path / "a", texts)).tables
    two = extract.step(context(tmp_path / "b", dict(reversed(texts.items())))).tables
    for name in one:
        assert sorted(map(str, one[name].to_pylist())) == sorted(map(str, two[name].to_pylist()))


def test_copies_of_a_text_and_of_its_items_are_grouped_and_a_text_is_no_copy_of_its_own_items(tmp_path):
    given = context(tmp_path, {"one.txt": DIGEST.encode(), "two.txt": (DIGEST + "\n").encode()})
    read = tables.concat("documents", [given.earlier("documents"), extract.step(given).tables["documents"]])
    found, skipped = link_texts(Context(given.workspace, given.run, lambda name: read if name == "documents" else tables.empty(name)), [])
    assert skipped == {}
    assert found.groups["doc-one.txt"] == found.groups["doc-two.txt"]
    titles = {d["id"]: d["title"] for d in read.to_pylist()}
    together = [{titles[m] for m in found.groups if found.groups[m] == group} for group in sorted(set(found.groups.values()))]
    assert {"Time to Refer"} in together
    assert {"one.txt", "two.txt"} in together


def test_a_text_that_is_not_utf8_is_skipped_and_counted(tmp_path):
    result = extract.step(context(tmp_path, {"one.txt": b"\xff\xfe\x00", "two.txt": b"In Selmora 40 people were killed."}))
    assert result.skipped == {"text that is not UTF-8": 1}
    assert result.tables["figures"].num_rows == 1


def test_the_command_prints_the_contract(tmp_path):
    path = tmp_path / "issue.txt"
    path.write_text(DIGEST, encoding="utf-8")
    done = tocsin(tmp_path / "home", "extract", path, "--json")
    printed = json.loads(done.stdout)
    (document,) = printed["documents"]
    assert {"id", "title", "kind", "date", "precision", "language", "items"} <= set(document)
    assert {"section", "title", "author", "outlet", "date", "precision", "link_kind", "span"} <= set(document["items"][0])
    keys = {"id", "value", "low", "high", "qualifier", "counts", "place", "territory", "date", "precision", "said_by", "span"}
    assert keys <= set(printed["figures"][0])
    assert {"kind", "actor", "target", "date", "span"} <= set(printed["measures"][0])
    assert len(document["items"]) == 5


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\x01", None])
def test_a_file_that_cannot_be_read_ends_with_one_message(tmp_path, data):
    path = tmp_path / "one.txt"
    if data is not None:
        path.write_bytes(data)
    done = tocsin(tmp_path / "home", "extract", path)
    assert done.returncode == 1
    assert done.stderr.startswith("BadInput: ")
    assert "Traceback" not in done.stderr
