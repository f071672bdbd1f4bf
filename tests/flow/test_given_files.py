"""Files that a user hands to a command: read whole, or one message that says what is wrong and repeats none of it."""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from workspaces import environment

from tocsin.flow.given_files import read_table
from tocsin.model.errors import BadInput

GOOD = b"record_id,name\n007,Sera Tolan\n8,Qarmul\n"


def _zip(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(name, body)
    return stream.getvalue()


def _parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(999))}), stream)
    return stream.getvalue()


WRONG = {
    "gz cut short": ("x.csv.gz", gzip.compress(GOOD)[:-9], "cut short"),
    "gz bomb": ("x.csv.gz", gzip.compress(bytes(64 << 20)), "grows beyond what is safe"),
    "zip bomb": ("x.zip", _zip(("x.csv", bytes(64 << 20))), "grows beyond what is safe"),
    "two files in one": ("x.zip", _zip(("x.csv", GOOD), ("y.csv", GOOD)), "not one file"),
    "Latin-1": ("x.csv", GOOD + b"9,Ren\xe9e\n", "not UTF-8"),
    "UTF-16": ("x.csv", GOOD.decode().encode("utf-16"), "not UTF-8"),
    "row too long": ("x.csv", GOOD + b"9,Qarmul,3\n", "line 4"),
    "row cut short": ("x.csv", GOOD + b"9", "line 4"),
    "quote without end": ("x.csv", GOOD + b'9,"Qarmul\n', "line"),
    "zeros": ("x.csv", bytes(99), "no table"),
    "name says Parquet": ("x.parquet", GOOD, "not Parquet"),
    "Parquet cut short": ("x.parquet", _parquet()[:-99], "cut short"),
    "same name twice": ("x.csv", b"a,a\n1,2\n", "same name"),
    "empty": ("x.csv", b"", "empty"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_no_table_is_told_by_what_is_wrong_with_it(case, tmp_path):
    name, data, message = WRONG[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as raised:
        read_table(tmp_path / name)
    said = str(raised.value)
    assert message in said and name in said and raised.value.expected and raised.value.got and raised.value.todo
    assert not any(word in said for word in ("Sera", "Tolan", "Qarmul", "Error", "Arrow"))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="no ordinary file"):
        read_table(tmp_path / "pipe.csv")


@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz", "x.zip"])
def test_ids_stay_as_they_are_written_however_the_file_is_packed(name, tmp_path):
    packed = {"x.csv": GOOD, "x.csv.gz": gzip.compress(GOOD), "x.zip": _zip(("inner.csv", GOOD))}
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + GOOD if name == "x.csv" else packed[name])
    assert read_table(tmp_path / name, ("record_id",)).column("record_id").to_pylist() == ["007", "8"]


def test_a_full_disk_ends_with_one_message(tmp_path: Path):
    (tmp_path / "lists.csv").write_text("a,b,c,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n1,1,0,3\n1,0,1,2\n0,1,1,2\n1,1,1,1\n")
    words = ["estimate", str(tmp_path / "lists.csv"), "--method", "chao", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-B", "-m", "tocsin", *words], env={**environment(tmp_path / "home"), "NUMBA_CACHE_DIR": "/dev/null/none"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (999, 999)), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "the disk is full" in done.stderr and "Free some space" in done.stderr and "Traceback" not in done.stderr
