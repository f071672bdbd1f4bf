"""UCDP's events: no event lost or counted twice, states of their time, and nobody's name kept."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pyarrow.csv as pv
import pyarrow.parquet as pq
import pytest

from tocsin import reference
from tocsin.datasets import dataset
from tocsin.model.errors import BadInput, DatasetChanged, NotFound
from tocsin.stages.collect import Crawl, SourceFile

ONE = dataset("ucdp_ged")
SAMPLE = (ONE.folder / "sample" / "GEDEvent_sample.csv").read_text("utf-8")
DAY = dt.date(2026, 1, 1)
CODES = frozenset(t.code for t in reference.territories())
HEAD = "id,type_of_violence,country,country_id,date_start,date_end,date_prec,best,low,high,where_prec,longitude,latitude"


def read(*files: tuple[str, str]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the events of some files, and what was left out."""
    crawl = Crawl(ONE.name, ONE.manifest, [SourceFile.of(name, text.encode()) for name, text in files], DAY, CODES)
    ONE.crawl(crawl)
    return crawl.tables()["events"].to_pandas(), dict(crawl.skipped)


def rows(*lines: str) -> str:
    """Return a file of such rows."""
    return "\n".join((HEAD, *lines)) + "\n"


def test_the_sample_is_invented_and_every_row_is_kept():
    events, skipped = read(("GEDEvent_sample.csv", SAMPLE))
    assert len(events) == len(SAMPLE.splitlines()) - 1 and not skipped
    assert set(events.territory) == {"XSE"} and events.invented.all()
    assert set(events.indicator) == {"deaths_state_based", "deaths_non_state", "deaths_one_sided"}


@pytest.mark.shared
def test_the_publishers_own_file_keeps_its_totals_and_no_source(shared):
    source = pd.read_parquet(shared / "data/ucdp/ged231_central_african_republic.parquet")
    events, _ = read(("GEDEvent_v23_1.csv", source.to_csv(index=False)))
    assert len(events) == len(source) and events.best.sum() == source.best.sum()
    assert set(events.territory) == {"CAF"} and not events.invented.any()
    assert events[events.place_precision == "country"].longitude.isna().all()
    headlines = {text for text in source.source_headline if len(text) > 30}
    assert not headlines & {str(value) for column in events for value in events[column]}


def test_a_number_stands_for_the_state_of_its_time():
    then, later = "1,3,Yugoslavia,345,1998-05-01,1998-05-02,1,3,3,4,1,21,42", "2,3,Serbia,345,2010-05-01,2010-05-02,1,0,0,1,1,21,42"
    events, _ = read(("a.csv", rows(then, later)))
    assert events.territory.tolist() == ["YUG", "SRB"]


def test_a_yearly_event_is_known_in_the_middle_of_the_next_year_and_a_candidate_in_the_next_month():
    row = "{},1,Mali,432,2024-03-01,2024-03-02,1,3,3,4,1,0,15"
    yearly, _ = read(("GEDEvent_v25_1.csv", rows(row.format(1))))
    candidate, _ = read(("GEDEvent_v24_0_3.csv", rows(row.format(1))))
    assert (yearly.available_at.item(), candidate.available_at.item()) == (dt.date(2025, 6, 30), dt.date(2024, 4, 20))


def test_a_candidate_event_counts_only_after_the_years_of_the_yearly_edition():
    row = "{},1,Mali,432,{}-03-01,{}-03-02,1,3,3,4,1,0,15"
    old, new = row.format(1, 2024, 2024), row.format(2, 2025, 2025)
    events, skipped = read(("GEDEvent_v25_0_3.csv", rows(old, new)), ("GEDEvent_v25_1.csv", rows(old)))
    assert sorted(events.date_to.map(lambda d: d.year)) == [2024, 2025]
    assert skipped == {"candidate event in a year that the yearly edition covers": 1}


def test_bounds_that_do_not_hold_the_best_estimate_are_left_out_and_vague_points_too():
    events, _ = read(("a.csv", rows("1,1,Mali,432,2024-03-01,2024-03-02,5,3,4,2,6,0,15")))
    one = events.iloc[0]
    assert pd.isna(one.low) and pd.isna(one.high) and pd.isna(one.longitude) and one.date_precision == "year"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("1,4,Mali,432,2024-03-01,2024-03-02,1,3,3,4,1,0,15", BadInput),
        ("1,1,Mali,432,2024-03-01,2024-03-02,1,-3,3,4,1,0,15", BadInput),
        ("1,1,Mali,432,2024-03-01,2024-03-02,1,,3,4,1,0,15", BadInput),
        ("1,1,Mali,432,March,2024-03-02,1,3,3,4,1,0,15", BadInput),
        ("1,1,Nowhere,,2024-03-01,2024-03-02,1,3,3,4,1,0,15", BadInput),
        ("1,1,Nowhere,4321,2024-03-01,2024-03-02,1,3,3,4,1,0,15", NotFound),
    ],
)
def test_a_row_that_cannot_be_right_stops_the_collection(line, error):
    with pytest.raises(error):
        read(("a.csv", rows(line)))


def test_an_id_that_stands_twice_and_a_column_nobody_knows_stop_the_collection():
    line = "1,1,Mali,432,2024-03-01,2024-03-02,1,3,3,4,1,0,15"
    with pytest.raises(BadInput, match="same id"):
        read(("a.csv", rows(line, line)))
    with pytest.raises(DatasetChanged, match="victim_name"):
        read(("a.csv", f"{HEAD},victim_name\n{line},X Y\n"))


def test_the_same_events_as_parquet_are_the_same():
    stream = io.BytesIO()
    pq.write_table(pv.read_csv(io.BytesIO(SAMPLE.encode())), stream)
    crawl = Crawl(ONE.name, ONE.manifest, [SourceFile.of("GEDEvent_sample.parquet", stream.getvalue())], DAY, CODES)
    ONE.crawl(crawl)
    events = crawl.tables()["events"].to_pandas()
    same = ["id", "territory", "indicator", "date_from", "date_to", "best", "low", "high", "place"]
    pd.testing.assert_frame_equal(events[same], read(("GEDEvent_sample.csv", SAMPLE))[0][same])
