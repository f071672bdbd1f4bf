"""`tocsin link documents` on files, as a user runs it."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from tests.workspaces import tocsin

STORY = "The Relief Office of Selmora says that shells fell on the market of Vesh and that the mill burned until the evening of that day."


@pytest.fixture()
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Reprinted from the Vesh Observer\n\n" + STORY + " " + STORY, encoding="utf-8")
    (tmp_path / "three.txt").write_text("Rain fell on Sel and the ferry did not sail. Nobody was hurt.", encoding="utf-8")
    return tmp_path


def files(folder):
    return [folder / name for name in ("one.txt", "two.txt", "three.txt")]


def test_it_prints_pairs_with_reasons_and_groups(folder):
    printed = json.loads(tocsin(folder / "home", "link", "documents", *files(folder), "--json").stdout)
    (pair,) = printed["pairs"]
    assert {pair["left_title"], pair["right_title"]} == {"one.txt", "two.txt"}
    assert pair["reasons"][-1] == "syndicated"
    assert (printed["documents"], printed["different"]) == (3, 2)
    assert {member for group in printed["groups"] for member in group["members"]} == {pair["left"], pair["right"]}


def test_a_judgement_that_they_differ_wins(folder):
    pair = json.loads(tocsin(folder / "home", "link", "documents", *files(folder), "--json").stdout)["pairs"][0]
    judged = folder / "judged.csv"
    judged.write_text(f"id_l,id_r,judgement,who,when\n{pair['left']},{pair['right']},negative,u1,2031-01-01\n", encoding="utf-8")
    printed = json.loads(tocsin(folder / "home", "link", "documents", *files(folder), "--judgements", judged, "--json").stdout)
    assert printed["groups"] == []


def test_two_files_with_the_same_bytes_are_two_documents_in_one_group(folder):
    twin = folder / "twin" / "one.txt"
    twin.parent.mkdir()
    twin.write_bytes((folder / "one.txt").read_bytes())
    printed = json.loads(tocsin(folder / "home", "link", "documents", folder / "one.txt", twin, "--out", folder / "out", "--json").stdout)
    assert (printed["documents"], printed["different"], printed["pairs"][0]["reasons"]) == (2, 1, ["same_text"])
    assert pq.read_table(folder / "out" / "clusters.parquet").num_rows == 2
    assert pq.read_table(folder / "out" / "pairs.parquet").column("probability").to_pylist() == [1.0]


@pytest.mark.parametrize(("arguments", "code", "what"), [
    (("missing.txt",), 1, "there is no such file"),
    (("one.txt", "one.txt"), 2, "named twice"),
    (("one.txt", "--least", "7"), 2, "not a share"),
    (("page.txt",), 1, "not plain text"),
])  # fmt: skip
def test_bad_input_ends_with_one_message(folder, arguments, code, what):
    (folder / "page.txt").write_text("<!DOCTYPE html><html><body>40 killed</body></html>", encoding="utf-8")
    named = [folder / a if a.endswith(".txt") else a for a in arguments]
    done = tocsin(folder / "home", "link", "documents", *named)
    assert done.returncode == code
    assert what in done.stderr
    assert "Traceback" not in done.stderr
