"""The archive keeps files as received; its log survives a crash, and any change to it is found."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.model.errors import NotFound, WorkspaceProblem, WrongUse
from tocsin.storage import Archive, Collection, Item, Keyring


def _archive(folder: Path) -> Archive:
    return Archive(folder / "archive", Keyring(folder / "keys"))


def _item(data: bytes, name: str = "a.txt", dataset: str = "documents", key_id: str = "open") -> Item:
    return Item(hashlib.sha256(data).hexdigest(), name, dataset, len(data), "text/plain", "2026-01-01T00:00:00+00:00", "", "test", key_id)


def _collection(*data: bytes, available: str = "") -> Collection:
    return Collection("documents", "2026-01-01T00:00:00+00:00", available, tuple(hashlib.sha256(d).hexdigest() for d in data))


def test_a_file_comes_back_as_it_was(tmp_path):
    archive = _archive(tmp_path)
    archive.preserve([(b"text", _item(b"text"))])
    assert archive.get(_item(b"text").sha256) == b"text"


def test_the_same_file_of_the_same_dataset_adds_no_line(tmp_path):
    archive = _archive(tmp_path)
    archive.preserve([(b"text", _item(b"text"))])
    archive.preserve([(b"text", _item(b"text"))])
    archive.preserve([(b"text", _item(b"text", dataset="reports"))])
    assert [line["dataset"] for line in archive.custody()] == ["documents", "reports"]


def test_two_readers_of_one_archive_see_each_others_lines(tmp_path):
    first, second = _archive(tmp_path), _archive(tmp_path)
    for number in range(5):
        writer = (first, second)[number % 2]
        data = str(number).encode()
        writer.preserve([(data, _item(data, f"{number}.txt"))])
    assert len(list(first.items())) == len(list(second.items())) == 5
    assert first.verify() == []


@pytest.mark.parametrize("torn", [b'{"action": "received", "sha2', b'{"action": "' + b"x" * 5000])
def test_a_line_cut_short_by_a_crash_is_dropped_and_the_chain_goes_on(tmp_path, torn):
    archive = _archive(tmp_path)
    archive.preserve([(b"one", _item(b"one"))])
    with archive.log.path.open("ab") as stream:
        stream.write(torn)
    fresh = _archive(tmp_path)
    assert len(list(fresh.items())) == 1
    fresh.preserve([(b"two", _item(b"two", "b.txt"))])
    assert [item.name for item in fresh.items()] == ["a.txt", "b.txt"]
    assert fresh.verify() == []
    assert torn not in fresh.log.path.read_bytes()
    assert fresh.log.path.read_bytes().endswith(b"}\n")


def test_a_reader_notices_that_lines_were_cut_off(tmp_path):
    archive = _archive(tmp_path)
    archive.preserve([(b"one", _item(b"one"))])
    first = archive.log.path.read_bytes()
    archive.preserve([(b"two", _item(b"two", "b.txt"))])
    archive.log.path.write_bytes(first)
    assert [line["name"] for line in archive.custody()] == ["a.txt"]


def test_the_same_file_under_another_key_is_another_line(tmp_path):
    archive = _archive(tmp_path)
    archive.keyring.create("case-1")
    archive.preserve([(b"text", _item(b"text"))])
    archive.preserve([(b"text", _item(b"text", key_id="case-1"))])
    assert [line["key_id"] for line in archive.custody()] == ["open", "case-1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(cut=st.integers(min_value=0))
def test_wherever_a_write_stops_the_archive_is_whole_and_the_collection_is_there_or_not(tmp_path_factory, cut: int):
    folder = tmp_path_factory.mktemp("cut")
    archive = _archive(folder)
    archive.preserve([(b"old", _item(b"old"))], _collection(b"old"))
    before = archive.log.path.read_bytes()
    archive.preserve([(b"new", _item(b"new", "n.txt")), (b"more", _item(b"more", "m.txt"))], _collection(b"new", b"more"))
    after = archive.log.path.read_bytes()
    length = len(before) + cut % (len(after) - len(before) + 1)
    archive.log.path.write_bytes(after[:length])
    fresh = _archive(folder)
    assert fresh.verify() == []
    items = fresh.collections()["documents"].items
    assert items == (_collection(b"new", b"more") if length == len(after) else _collection(b"old")).items


def test_a_changed_file_and_a_changed_line_are_found(tmp_path):
    archive = _archive(tmp_path)
    archive.preserve([(b"one", _item(b"one"))])
    archive.preserve([(b"two", _item(b"two", "b.txt"))])
    path = next(p for p in archive.folder.rglob("*") if p.name == _item(b"one").sha256)
    path.chmod(0o600)
    path.write_bytes(b"won")
    assert len(archive.verify()) == 1
    with pytest.raises(WorkspaceProblem):
        archive.get(_item(b"one").sha256)
    lines = archive.log.path.read_text("utf-8").splitlines()
    first = json.loads(lines[0]) | {"name": "other.txt"}
    archive.log.path.write_text("\n".join([json.dumps(first, sort_keys=True), *lines[1:]]) + "\n", "utf-8")
    assert _archive(tmp_path).verify() == ["custody line 1: the chain is broken"]


def test_a_removed_line_is_found(tmp_path):
    archive = _archive(tmp_path)
    for number in range(3):
        archive.preserve([(str(number).encode(), _item(str(number).encode(), f"{number}.txt"))])
    lines = archive.log.path.read_text("utf-8").splitlines(keepends=True)
    archive.log.path.write_text(lines[0] + lines[2], "utf-8")
    assert _archive(tmp_path).verify() == ["custody line 2: the chain is broken"]


def test_data_that_is_not_what_the_item_says_is_refused(tmp_path):
    with pytest.raises(WorkspaceProblem):
        _archive(tmp_path).preserve([(b"other", _item(b"text"))])
    assert not (tmp_path / "archive").exists()


def test_a_collection_is_seen_from_its_day_on(tmp_path):
    archive = _archive(tmp_path)
    archive.preserve([(b"old", _item(b"old"))], _collection(b"old", available="2013-01-11"))
    archive.preserve([(b"new", _item(b"new", "n.txt"))], _collection(b"new", available="2020-01-01"))
    assert archive.collections(dt.date(2012, 1, 1)) == {}
    assert archive.collections(dt.date(2015, 1, 1))["documents"].items == _collection(b"old").items
    assert archive.collections()["documents"].items == _collection(b"new").items


def test_a_destroyed_key_makes_its_files_unreadable_and_no_others(tmp_path):
    archive = _archive(tmp_path)
    archive.keyring.create("case-1")
    archive.preserve([(b"secret", _item(b"secret", key_id="case-1"))])
    archive.preserve([(b"open", _item(b"open", "b.txt"))])
    sealed = next(p for p in archive.folder.rglob("*") if p.name == _item(b"secret").sha256)
    assert b"secret" not in sealed.read_bytes()
    assert archive.get(_item(b"secret").sha256) == b"secret"
    archive.keyring.destroy("case-1")
    with pytest.raises(NotFound, match="destroyed"):
        archive.get(_item(b"secret").sha256)
    assert archive.get(_item(b"open").sha256) == b"open"
    with pytest.raises(WrongUse, match="destroyed"):
        archive.keyring.create("case-1")
