"""Bad input ends with one clear message and exit code 1 or 2, and leaves the workspace byte for byte as it was."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workspaces import fingerprint, tocsin

HEAD = b"record,name,date,place,sex,age,territory\n"
GOOD = HEAD + b"1,Invented Qarmul,2025-03-01,Tashirun,m,34,XSE\n2,Invented Dashtuf,2025-03,Tashirun,f,,XSE\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """Return a workspace that already holds a list and a text, so that a failure would have something to spoil."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "first.csv").write_bytes(GOOD)
    (folder / "note.txt").write_text("A text.", "utf-8")
    home = folder / "workspace"
    assert tocsin(home, "init", "--empty").returncode == 0
    assert tocsin(home, "collect", "victim_list", "--from", folder / "first.csv").returncode == 0
    assert tocsin(home, "collect", "documents", "--from", folder / "note.txt").returncode == 0
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of the filled workspace for one test."""
    return Path(shutil.copytree(filled, tmp_path / "workspace"))


def _zip(body: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", body)
    return stream.getvalue()


def _row(text: str) -> bytes:
    return GOOD + text.encode("utf-8") + b"\n"


CASES: dict[str, tuple[str, Callable[[], bytes] | bytes, str]] = {
    "empty file": ("list.csv", b"", "the file is empty"),
    "header alone": ("list.csv", HEAD, "the list has no rows"),
    "row cut short": ("list.csv", GOOD + b"3,Invented Zar", "cut short"),
    "character cut in two": ("list.csv", GOOD + "3,قردول".encode()[:-1], "cut short"),
    "not UTF-8": ("list.csv", GOOD + b"3,Ren\xe9e Qarmul,2025-03-01,x,f,3,XSE\n", "not UTF-8"),
    "wrong columns": ("list.csv", b"a,b\n1,2\n3,4\n", 'column "name" is missing'),
    "no date column": ("list.csv", b"record,name\n1,x\n2,y\n", 'column "date" is missing'),
    "repeated id": ("list.csv", _row("2,Invented Other,2025-03-02,x,m,20,XSE"), "same id"),
    "future date": ("list.csv", _row("3,Invented Other,2199-01-01,x,m,20,XSE"), "future"),
    "impossible date": ("list.csv", _row("3,Invented Other,2025-02-30,x,m,20,XSE"), "not a date"),
    "negative count": ("list.csv", _row("3,Invented Other,2025-03-02,x,m,-4,XSE"), "negative"),
    "unknown territory": ("list.csv", _row("3,Invented Other,2025-03-02,x,m,4,QQQ"), "no territory has this code"),
    "zip bomb": ("list.zip", lambda: _zip(bytes(64 << 20)), "grows beyond what is safe"),
    "gz bomb": ("list.csv.gz", lambda: gzip.compress(bytes(64 << 20)), "grows beyond what is safe"),
    "archive cut short": ("list.zip", lambda: _zip(GOOD)[:-25], "damaged, cut short"),
    "another kind of file": ("list.pdf", b"%PDF-1.7", "another kind"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_and_nothing_changes(case: str, home: Path, tmp_path: Path):
    name, content, message = CASES[case]
    (tmp_path / name).write_bytes(content() if callable(content) else content)
    before = fingerprint(home)
    done = tocsin(home, "collect", "victim_list", "--from", tmp_path / name)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "Expected:" in done.stderr
    assert fingerprint(home) == before


@pytest.mark.parametrize("case", ["not UTF-8", "future date", "negative count", "repeated id"])
def test_no_message_repeats_a_name(case: str, home: Path, tmp_path: Path):
    name, content, _ = CASES[case]
    assert isinstance(content, bytes)
    (tmp_path / name).write_bytes(content)
    done = tocsin(home, "collect", "victim_list", "--from", tmp_path / name)
    for word in ("Invented", "Other", "Ren", "Qarmul"):
        assert word not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("collect", "victim_list", "--from", "/nowhere/at/all.csv"), 1, "no such file or folder"),
        (("collect", "victim_list"), 2, "needs to be told where"),
        (("collect", "no_such_feed", "--from", "/tmp"), 2, "no dataset has this name"),
        (("collect", "documents", "--from", "https://example.org/x.txt"), 2, "may not contact that host"),
        (("collect", "documents", "--from", "/dev/null"), 1, "no such file or folder"),
        (("collect", "documents", "--from", "/tmp", "--as-of", "soon"), 2, "not a date"),
        (("datasets", "no_such_feed"), 2, "no dataset has this name"),
        (("restore", "/nowhere.zip", "elsewhere"), 1, "no such file"),
    ],
)
def test_wrong_use_is_told_apart_from_wrong_data(arguments, code, message, home: Path):
    before = fingerprint(home)
    done = tocsin(home, *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (code, True, False)
    assert fingerprint(home) == before


def test_an_error_is_one_json_object_for_machines(home: Path, tmp_path: Path):
    (tmp_path / "list.csv").write_bytes(b"")
    done = tocsin(home, "collect", "victim_list", "--from", tmp_path / "list.csv", "--json")
    assert json.loads(done.stdout)["error"] == "BadInput"
    assert set(json.loads(done.stdout)) == {"error", "what", "where", "expected", "got", "todo"}


@pytest.mark.parametrize("arguments", [("collect", "documents", "--from", "NOTE"), ("run",), ("datasets",), ("backup", "BACKUP")])
def test_a_workspace_of_a_newer_version_is_left_alone(arguments, home: Path, tmp_path: Path):
    (home / "workspace.json").write_text(json.dumps({"format": 99, "demo": False}), "utf-8")
    (tmp_path / "note.txt").write_text("A text.", "utf-8")
    before = fingerprint(home)
    names = {"NOTE": str(tmp_path / "note.txt"), "BACKUP": str(tmp_path / "backup.zip")}
    done = tocsin(home, *(names.get(a, a) for a in arguments))
    assert done.returncode == 1
    assert "a newer version of Tocsin made this workspace" in done.stderr
    assert "format 99" in done.stderr
    assert fingerprint(home) == before


def test_a_folder_with_one_bad_file_is_refused_whole(home: Path, tmp_path: Path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Good.", "utf-8")
    (folder / "b.txt").write_bytes(b"caf\xe9")
    before = fingerprint(home)
    done = tocsin(home, "collect", "documents", "--from", folder)
    assert (done.returncode, "b.txt" in done.stderr) == (1, True)
    assert fingerprint(home) == before


def test_a_workspace_is_not_made_where_something_lies(tmp_path: Path):
    (tmp_path / "theirs.txt").write_text("x", "utf-8")
    before = fingerprint(tmp_path)
    done = tocsin(tmp_path, "init")
    assert (done.returncode, "not empty" in done.stderr) == (1, True)
    assert fingerprint(tmp_path) == before
