"""Texts that are not what they should be: one clear message or a counted skip, and the workspace stays as it was."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.extract.test_extract_step import context
from tests.workspaces import fingerprint, tocsin
from tocsin.flow.steps import extract
from tocsin.model.errors import BadInput
from tocsin.stages.collect import SourceFile, read_plain_text
from tocsin.stages.collect.texts import LONGEST

BAD = [
    (b"", "empty"),
    (b" \n\n ", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (b"In Selmora 40 p\xc3", "cut short"),
    ("40 tués à Vesh".encode("latin-1"), "not UTF-8"),
    ("In Selmora 40".encode("utf-16"), "not UTF-8"),
    (b"%PDF-1.7 40 killed", "PDF"),
    (b"<!DOCTYPE html><html><p>40 killed</p></html>", "web page"),
    (b"\n <HTML lang=en><body>40 killed", "web page"),
    (b"PK\x03\x04word/document.xml", "zip"),
    (b"{\\rtf1 40 killed}", "rich-text"),
    (b"40 killed" + b"\x00\x01\x02" * 20, "no letter"),
    (b"12 34 56", "no word"),
]


@pytest.mark.parametrize(("data", "what"), BAD)
def test_a_file_that_is_no_text_is_named_for_what_it_is(data, what):
    with pytest.raises(BadInput) as refusal:
        read_plain_text(SourceFile.of("issue.txt", data))
    assert refusal.value.where == "issue.txt"
    assert what in str(refusal.value)
    assert refusal.value.todo


def test_a_text_too_long_to_read_is_refused_before_it_is_read():
    with pytest.raises(BadInput, match="too long"):
        read_plain_text(SourceFile.of("issue.txt", b"word " * (LONGEST // 5 + 1)))


@pytest.mark.parametrize("text", ["A text about <html> and its tags.", "They said: %PDF is a format.", "Tab\tand form\x0cfeed stay."])
def test_a_text_that_only_speaks_of_such_files_is_read(text):
    assert read_plain_text(SourceFile.of("issue.txt", text.encode())) == text


@pytest.mark.parametrize(("data", "what"), [(b"%PDF-1.7", "PDF"), (b"\xff\xfe\x00", "not UTF-8"), (b"", "empty")])
def test_a_collection_with_such_a_file_stops_and_leaves_the_workspace_as_it_was(tmp_path, data, what):
    home = tmp_path / "home"
    assert tocsin(home, "init", "--empty").returncode == 0
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text("In Selmora 40 people were killed.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(data)
    before = fingerprint(home)
    done = tocsin(home, "collect", "documents", "--from", folder)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert fingerprint(home) == before


def test_dates_after_the_text_was_known_are_left_out_and_counted_and_forecasts_keep_theirs(tmp_path):
    text = b"On 3 May 2044 in Selmora 40 people were killed. The war in Selmora could claim another 300 lives in 2044."
    result = extract.step(context(tmp_path, {"one.txt": text}))
    told, forecast = sorted(result.tables["figures"].to_pylist(), key=lambda row: row["span_start"])
    assert (told["value"], told["period_from"], told["date_precision"]) == (40, None, "unknown")
    assert (forecast["qualifier"], forecast["period_from"]) == ("forecast", dt.date(2044, 1, 1))
    assert result.skipped == {"date of figures that lies after the day the text was known": 1}


def test_a_text_in_another_language_is_counted(tmp_path):
    result = extract.step(context(tmp_path, {"one.txt": "Les soldats ont été vus dans le nord de la ville et sont partis.".encode()}))
    assert result.skipped == {"text in another language than English: few of its figures are read": 1}


def test_scripts_in_one_line_and_lines_without_an_end_are_read(tmp_path):
    mixed = "In Selmora 40 people were killed قُتل أربعون شخصا в городе Веш. " + "word " * 30_000
    result = extract.step(context(tmp_path, {"one.txt": mixed.encode()}))
    assert [row["value"] for row in result.tables["figures"].to_pylist()] == [40]


def test_the_command_notes_dates_in_the_future(tmp_path):
    path = tmp_path / "issue.txt"
    path.write_text("3 May 2094\n\nOn 3 May 2094 in Selmora 40 people were killed.", encoding="utf-8")
    (document,) = json.loads(tocsin(tmp_path / "home", "extract", path, "--json").stdout)["documents"]
    assert document["date"] is None
    assert any("in the future" in note for note in document["notes"])
