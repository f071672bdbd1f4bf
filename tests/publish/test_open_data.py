"""What may leave as open data, and what never does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import tables
from tocsin.stages.publish import OPEN_TABLES, SMALL_CELL, open_data_files, open_rows

TODAY = dt.date(2026, 11, 21)


def estimates(counts: list[int]):
    rows = [
        {
            "id": f"est-{n}",
            "inputs": ["set-1"],
            "method": "documented",
            "quantity": "killed",
            "territory": "XSE",
            "stratum": str(n),
            "documented": count,
            "low": float(count),
            "median": float(count),
            "high": float(count),
            "invented": True,
        }
        for n, count in enumerate(counts)
    ]
    return tables.from_rows("estimates", rows)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_no_small_count_of_persons_ever_leaves(counts):
    for row in open_rows("estimates", estimates(counts)).to_pylist():
        for column in ("documented", "low", "median", "high"):
            assert row[column] is None or row[column] >= SMALL_CELL


def test_a_withheld_row_keeps_its_place():
    assert open_rows("estimates", estimates([2, 40])).num_rows == 2


def test_five_people_are_printed_and_four_are_not():
    assert [row["documented"] for row in open_rows("estimates", estimates([4, 5])).to_pylist()] == [None, 5]


@pytest.mark.parametrize("name", ["persons", "pairs", "clusters", "drafts", "signals", "events", "documents", "items"])
def test_tables_about_persons_and_drafts_are_not_open(name):
    assert name not in OPEN_TABLES
    with pytest.raises(KeyError):
        open_rows(name, tables.empty(name))


def forecasts():
    row = {
        "id": "fct-1",
        "inputs": ["set-1"],
        "method": "stack",
        "target": "one_sided_100",
        "territory": "AAA",
        "model": "stack",
        "chosen": True,
        "probability": 0.25,
        "draws": [1, 2, 3],
        "window_from": TODAY,
        "renew": "=1+1",
    }
    return tables.from_rows("forecasts", [row])


def output(name: str) -> bytes:
    files = open_data_files({"forecasts": forecasts()}, {"AAA": (10.0, 20.0)}, TODAY, "draft")
    return next(f.data for f in files if f.path.endswith(name))


def test_csv_and_parquet_hold_the_same_rows():
    (from_csv,) = csv.DictReader(io.StringIO(output("forecasts.csv").decode("utf-8")))
    (from_parquet,) = pq.read_table(io.BytesIO(output("forecasts.parquet"))).to_pylist()
    assert from_csv["id"] == from_parquet["id"] and float(from_csv["probability"]) == from_parquet["probability"]


def test_a_spreadsheet_does_not_run_a_cell():
    (row,) = csv.DictReader(io.StringIO(output("forecasts.csv").decode("utf-8")))
    assert row["renew"] == "'=1+1"


def test_geojson_has_the_label_point_of_the_territory_and_the_id_that_opens_the_number():
    (feature,) = json.loads(output("forecasts.geojson"))["features"]
    assert feature["geometry"]["coordinates"] == [10.0, 20.0] and feature["id"] == "fct-1"
