"""A file in Parquet is read as the same rows as its twin in CSV."""

from __future__ import annotations

import datetime as dt
import io

import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq
import pytest

from tocsin.datasets import dataset
from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect import Crawl, SourceFile

DAY = dt.date(2026, 11, 1)
CSV = b"record,name,date,age\n1,Invented Qarmul,2025-03-14,34\n2,,2025-03-15,\n"


def _persons(name: str, data: bytes) -> list[dict]:
    one = dataset("victim_list")
    crawl = Crawl(one.name, one.manifest, [SourceFile.of(name, data, DAY)], DAY, frozenset(("XSE",)))
    one.crawl(crawl)
    return crawl.tables()["persons"].to_pylist()


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def test_rows_are_those_of_the_csv_and_know_their_number():
    ours, theirs = _persons("a.parquet", _parquet(pv.read_csv(io.BytesIO(CSV)))), _persons("a.csv", CSV)
    assert [row["locator"] for row in ours] == ["row 1", "row 2"]
    own = ("item", "locator")
    assert [{k: v for k, v in row.items() if k not in own} for row in ours] == [
        {k: v for k, v in row.items() if k not in own} for row in theirs
    ]


def test_a_file_cut_short_is_refused_in_words():
    with pytest.raises(BadInput, match="not a whole Parquet file"):
        _persons("a.parquet", _parquet(pv.read_csv(io.BytesIO(CSV)))[:-20])


def test_a_missing_column_is_named():
    with pytest.raises(DatasetChanged, match="date"):
        _persons("a.parquet", _parquet(pa.table({"record": ["1"], "name": ["Invented"]})))
