"""Every command that reads a file or a workspace: bad input ends with one clear message, exit code 1 or 2, and nothing changed."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from people import DRAFT, EDITION, PAIR, build_workspace
from workspaces import command, fingerprint

#: Every command that opens the workspace, with what it needs; FILE is a good file, NEW a name that is free.
ON_A_WORKSPACE = (
    ("run",),
    ("datasets",),
    ("collect", "documents", "--from", "FILE"),
    ("warn",),
    ("alerts", "list"),
    ("alerts", "sign", DRAFT, "--user", "nobody", "--password-stdin"),
    ("respond", "options", "libya-2011"),
    ("respond", "gap"),
    ("publish", "digest"),
    ("editions", "list"),
    ("editions", "sign", EDITION, "--user", "nobody", "--password-stdin"),
    ("explain", PAIR),
    ("judge", PAIR, "unsure", "--user", "nobody", "--password-stdin"),
    ("serve",),
    ("user", "list"),
    ("export", "csv", "figures", "--out", "NEW"),
    ("export", "records", "--out", "NEW"),
    ("import", "records", "FILE"),
    ("backup", "NEW"),
    ("verify",),
)
LISTS = b"a,b,press,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n1,1,0,3\n1,0,1,2\n0,1,1,2\n1,1,1,1\n"
PERSONS = b"unique_id,given_name,surname,dob,list\n1,Sera,Tolan,1980-01-01,x\n2,Sera,Tolann,1980-01-01,y\n"
#: Command that reads a file on its own -> a good file for it.
READERS: dict[tuple[str, ...], tuple[str, bytes]] = {
    ("estimate", "FILE"): ("lists.csv", LISTS),
    ("estimate", "LISTS", "--clusters", "FILE"): ("clusters.csv.parquet", b"PAR1"),
    ("link", "persons", "FILE"): ("persons.csv", PERSONS),
    ("link", "persons", "PERSONS", "--judgements", "FILE"): ("judged.csv", b"id_l,id_r,judgement\n1,2,unsure\n"),
    ("link", "documents", "FILE"): ("text.txt", b"Five people were killed in Balqar on 3 May 2025."),
    ("link", "events", "FILE"): ("events.csv", b"id,dataset,date_from,territory\n1,x,2025-03-01,XSE\n2,y,2025-03-01,XSE\n"),
    ("indices", "put", "--data", "FILE"): ("put.csv", b"territory,year,A,B,C,D,E,F,G,H,I,J\nSYR,2020,1,1,1,1,1,1,1,1,1,1\n"),
    ("forecast", "anomalies", "--data", "FILE"): ("weeks.csv", b"date,territory,count\n2025-03-01,SYR,3\n"),
    ("forecast", "score", "FILE", "FILE"): ("draws.parquet", b"PAR1"),
    ("collect", "victim_list", "--from", "FILE"): ("list.csv", b"record,name,date,place,sex,age\n1,x,2025-03-01,y,m,3\n"),
    ("extract", "FILE"): ("text.txt", b"Five people were killed in Balqar on 3 May 2025."),
    ("import", "records", "FILE"): ("records.jsonl", b'{"format": "tocsin-records"}\n'),
    ("restore", "FILE", "NEW"): ("backup.zip", b"PK"),
}
SPOILT: dict[str, Callable[[Path, bytes], None]] = {
    "missing": lambda path, good: None,
    "a folder": lambda path, good: path.mkdir(),
    "empty": lambda path, good: path.write_bytes(b""),
    "not UTF-8": lambda path, good: path.write_bytes(good.replace(b"e", b"\xe9\xff")),
    "zeros": lambda path, good: path.write_bytes(bytes(4096)),
    "a pipe": lambda path, good: os.mkfifo(path),
    "a link to itself": lambda path, good: path.symlink_to(path),
    "a gz bomb": lambda path, good: path.write_bytes(gzip.compress(bytes(64 << 20))),
}
#: A folder of texts is what `extract` may be given.
FINE = {(("extract", "FILE"), "a folder")}


def filled(words: tuple[str, ...], folder: Path, file: Path) -> list[str]:
    """Return the words of a command with the names of files put in."""
    put = {"FILE": file, "NEW": folder / "new", "LISTS": folder / "lists.csv", "PERSONS": folder / "persons.csv"}
    return [str(put.get(word, word)) for word in words]


def said_clearly(done: object, as_json: object) -> None:
    """Assert that a command ended with one message: what, and what to do or what was expected."""
    assert done.returncode in (1, 2), (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr and done.stderr.strip()
    problem = json.loads(as_json.stdout)
    assert set(problem) == {"error", "what", "where", "expected", "got", "todo"}
    assert problem["what"] and (problem["todo"] or problem["expected"])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with one small run and no records."""
    build_workspace(tmp_path / "workspace")
    return tmp_path / "workspace"


@pytest.mark.parametrize("words", ON_A_WORKSPACE, ids=" ".join)
def test_a_workspace_of_a_newer_version_is_left_alone_by_every_command(words, home, tmp_path):
    (home / "workspace.json").write_text(json.dumps({"format": 99, "demo": True}))
    (tmp_path / "file.txt").write_text("A text.")
    before = fingerprint(home)
    done = command(home, *filled(words, tmp_path, tmp_path / "file.txt"))
    said_clearly(done, command(home, *filled(words, tmp_path, tmp_path / "file.txt"), "--json"))
    assert done.returncode == 1 and "newer version" in done.stderr and "format 99" in done.stderr
    assert fingerprint(home) == before and not (tmp_path / "new").exists()


@pytest.mark.parametrize("words", [w for w in ON_A_WORKSPACE if w[0] not in ("run", "datasets", "collect")], ids=" ".join)
def test_where_there_is_no_workspace_every_command_says_how_to_make_one(words, tmp_path):
    (tmp_path / "file.txt").write_text("A text.")
    done = command(tmp_path / "none", *filled(words, tmp_path, tmp_path / "file.txt"))
    assert done.returncode == 1 and "tocsin init" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("broken", ["{", "[]", '{"format": "new"}', "{}"])
def test_a_broken_marker_is_told_and_left_alone(home, broken):
    (home / "workspace.json").write_text(broken)
    before = fingerprint(home)
    said_clearly(command(home, "verify"), command(home, "verify", "--json"))
    assert fingerprint(home) == before


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_file_that_can_not_be_read_is_refused_and_nothing_changes(words, spoilt, home, tmp_path):
    if (words, spoilt) in FINE:
        pytest.skip("a folder of texts may be read")
    name, good = READERS[words]
    folder = tmp_path / "given"
    folder.mkdir()
    (tmp_path / "lists.csv").write_bytes(LISTS)
    (tmp_path / "persons.csv").write_bytes(PERSONS)
    command(home, "user", "list")  # so that the database of records is there before
    SPOILT[spoilt](folder / name, good)
    before = fingerprint(home)
    done = command(home, *filled(words, tmp_path, folder / name))
    said_clearly(done, command(home, *filled(words, tmp_path, folder / name), "--json"))
    assert fingerprint(home) == before and not (tmp_path / "new").exists()


def test_a_backup_cut_short_or_grown_beyond_measure_is_not_restored(home, tmp_path):
    assert command(home, "backup", tmp_path / "good.zip").returncode == 0
    data = (tmp_path / "good.zip").read_bytes()
    (tmp_path / "short.zip").write_bytes(data[: len(data) // 2])
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tocsin-backup.json", json.dumps({"backup_format": 1, "workspace_format": 1, "files": {"x": "0" * 64}}))
        archive.writestr("x", bytes(300 << 20))
    for name in ("short.zip", "bomb.zip"):
        done = command(home, "restore", tmp_path / name, tmp_path / "new")
        said_clearly(done, command(home, "restore", tmp_path / name, tmp_path / "new", "--json"))
        assert not (tmp_path / "new").exists()


def test_tables_that_were_deleted_are_told_and_not_made_up(home):
    shutil.rmtree(home / "8-publish")
    done = command(home, "publish", "digest")
    assert done.returncode == 1 and "Traceback" not in done.stderr
