"""`tocsin link events` on files, as a user runs it."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.workspaces import tocsin

HEADER = "id,date_from,place,longitude,latitude,actors,acts,low,best,high,event"
ONE = (
    "a1,2031-03-10,Vesh,20.0,1.0,Guard,killing,250,300,320,E1",
    "a2,2031-03-14,Sel,21.0,1.5,Front,shelling,2,3,3,E2",
    "a3,2031-05-01,Vesh,20.0,1.0,,killing,1,1,1,E3",
)
TWO = ("b1,2031-03-11,Vesh,20.0,1.0,Guard,killing,10,12,20,E1", "b2,2031-03-14,Sel,21.0,1.5,Front,shelling,3,3,4,E2")


def write(path, *rows, header=HEADER):
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture()
def files(tmp_path):
    return [write(tmp_path / "desk.csv", *ONE), write(tmp_path / "radio.csv", *TWO)]


def test_it_prints_pairs_with_reasons_groups_conflicts_and_quality(tmp_path, files):
    done = tocsin(tmp_path / "home", "link", "events", *files, "--truth", "event", "--out", tmp_path / "out", "--json")
    printed = json.loads(done.stdout)
    assert printed["groups"] == [["a1", "b1"], ["a2", "b2"]]
    assert printed["datasets"] == {"desk": 3, "radio": 2}
    assert (printed["accounts"], printed["events"], printed["conflicts"]) == (5, 3, 1)
    conflict = next(p for p in printed["pairs"] if p["left"] == "a1")
    assert conflict["harm_conflict"] == {"left": [250, 300, 320], "right": [10, 12, 20]}
    assert conflict["reasons"]["time"] == "1 day"
    assert printed["pairwise"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert pq.read_table(tmp_path / "out" / "clusters.parquet").num_rows == 4


def test_parquet_and_one_file_with_a_dataset_column_give_the_same(tmp_path, files):
    rows = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in (*ONE, *TWO)]
    table = pa.Table.from_pylist([{**row, "source": "desk" if row["id"][0] == "a" else "radio"} for row in rows])
    pq.write_table(table, tmp_path / "both.parquet")
    from_csv, from_parquet = (
        json.loads(tocsin(tmp_path / "home", "link", "events", *given, "--json").stdout) for given in (files, [tmp_path / "both.parquet"])
    )
    assert [from_csv[key] for key in ("datasets", "groups", "pairs")] == [from_parquet[key] for key in ("datasets", "groups", "pairs")]


def test_the_text_names_the_conflict(tmp_path, files):
    done = tocsin(tmp_path / "home", "link", "events", *files)
    assert "counts in conflict: 300 (250 to 320) and 12 (10 to 20)" in done.stdout


@pytest.mark.parametrize(
    ("rows", "header", "what"),
    [
        ((), HEADER, "no rows"),
        (("1",), "name", "a column is missing: id, date_from"),
        (("1,2031-01-01",), "id,date", "a column is missing: one of territory"),
        (("1,2031-02-30,Vesh",), "id,date,place", "is not a date"),
        (("1,2031-01-01,Vesh", "1,2031-01-02,Vesh"), "id,date,place", "two rows have the same id"),
        (("1,2031-01-05,2031-01-01,Vesh",), "id,date_from,date_to,place", "ends before it begins"),
        (("1,2031-01-05,Vesh,-4",), "id,date,place,best", "negative"),
        (("1,2031-01-05,Vesh,9,4",), "id,date,place,low,best", "not in order"),
        (("1,2031-01-05,Vesh,many",), "id,date,place,best", "is not a number"),
        (("1,2031-01-05,200,1",), "id,date,longitude,latitude", "outside the earth"),
        (("1,2031-01-05,20,",), "id,date,longitude,latitude", "one coordinate only"),
        ((",2031-01-05,Vesh",), "id,date,place", 'column "id" has no value'),
        (("1,2031-01-05,Vesh,soon",), "id,date,place,date_precision", "precision of a date"),
        (("1,2031-01-05",), "id,date,place", "does not fit the header"),
    ],
)
def test_a_fault_in_a_file_ends_with_one_message(tmp_path, files, rows, header, what):
    done = tocsin(tmp_path / "home", "link", "events", write(tmp_path / "bad.csv", *rows, header=header), files[0])
    assert done.returncode == 1
    assert what in done.stderr
    assert "bad.csv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "what"),
    [(["desk.csv"], "one dataset only"), (["desk.csv", "radio.csv", "--days", "99"], "out of range"),
     (["desk.csv", "radio.csv", "--truth", "x"], "truth column")],
)  # fmt: skip
def test_a_wrong_call_ends_with_code_two(tmp_path, files, arguments, what):
    done = tocsin(tmp_path / "home", "link", "events", *(tmp_path / a if a.endswith("csv") else a for a in arguments))
    assert done.returncode == 2
    assert what in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = tocsin(tmp_path / "home", "link", "events", tmp_path / "no.csv")
    assert done.returncode == 1
    assert "no such file" in done.stderr and "no.csv" in done.stderr


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PAR1 and nothing else", b"PK\x03\x04 broken"])
def test_bytes_that_are_no_table_end_with_one_message(tmp_path, files, data):
    (tmp_path / "bad.csv").write_bytes(data)
    done = tocsin(tmp_path / "home", "link", "events", tmp_path / "bad.csv", files[0])
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(("BadInput", "DatasetChanged"))
