"""Deaths by country and year: no row lost, former states right, nothing made up."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from tocsin import reference
from tocsin.datasets import dataset
from tocsin.model.errors import BadInput, NotFound
from tocsin.stages.collect import Crawl, SourceFile

ONE = dataset("ucdp_country_year")
DAY = dt.date(2026, 1, 1)
CODES = frozenset(t.code for t in reference.territories())


def _figures(name: str, data: bytes, expected: bool = False) -> pd.DataFrame:
    manifest = ONE.manifest if expected else ONE.manifest.model_copy(update={"expected": {}})
    crawl = Crawl(ONE.name, manifest, [SourceFile.of(name, data)], DAY, CODES)
    ONE.crawl(crawl)
    return crawl.tables()["figures"].to_pandas()


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    ((name, data),) = ONE.bundled()
    return _figures(name, data, expected=True)


def test_the_totals_are_those_of_the_publisher(figures, shared):
    source = pd.read_parquet(shared / "data/ucdp/organizedviolencecy_v25_1.parquet")
    assert len(figures) == 3 * len(source)
    for indicator, prefix in (("deaths_state_based", "sb"), ("deaths_non_state", "ns"), ("deaths_one_sided", "os")):
        mine = figures[figures.indicator == indicator]
        assert mine.value.sum() == source[f"{prefix}_total_deaths_best_cy"].sum()
        high = source[f"{prefix}_total_deaths_high_cy"]
        assert mine.high.sum() == high[high >= source[f"{prefix}_total_deaths_best_cy"]].sum()
        yearly = source.groupby("year_cy")[f"{prefix}_total_deaths_best_cy"].sum()
        assert mine.groupby(mine.period_to.map(lambda d: d.year)).value.sum().to_dict() == yearly.to_dict()


def test_former_states_stand_under_their_own_codes(figures):
    years = figures.groupby("territory").period_to.agg(lambda days: (min(days).year, max(days).year))
    assert years["YUG"] == (1989, 2002)
    assert years["SCG"] == (2003, 2005)
    assert years["SRB"] == (2006, 2024)
    assert years["SUN"] == (1989, 1990)
    assert years["DDR"] == years["YMD"] == (1989, 1990)
    assert years["SSD"] == (2011, 2024)


def test_rwanda_1994_is_there(figures):
    row = figures[(figures.territory == "RWA") & (figures.indicator == "deaths_one_sided") & (figures.period_to == dt.date(1994, 12, 31))]
    assert row.value.item() > 500_000


def test_a_year_becomes_known_in_the_middle_of_the_next(figures):
    assert (figures[figures.period_to == dt.date(2024, 12, 31)].available_at == dt.date(2025, 6, 30)).all()


def test_a_bound_on_the_wrong_side_is_left_out_and_said(figures):
    noted = figures[figures.note.notna()]
    assert (noted.low.isna() ^ noted.high.isna()).all()
    rest = figures[figures.note.isna()]
    assert rest.low.notna().all() and rest.high.notna().all()


def test_the_sample_reads_like_the_whole(figures):
    sample = ONE.folder / "sample" / "ucdp_country_year.csv"
    mine = _figures(sample.name, sample.read_bytes())
    assert set(mine.id) < set(figures.id)


def test_the_publishers_own_file_gives_the_same_rows(figures, shared):
    source = pd.read_parquet(shared / "data/ucdp/organizedviolencecy_v25_1.parquet")
    assert set(_figures("organizedviolencecy.csv", source.to_csv(index=False).encode()).id) == set(figures.id)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("SRB,345,2006,", "XXX,345,2006,", NotFound),
        ("SRB,345,2006,", "SRB,345,twenty,", BadInput),
        ("SRB,345,2006,0,", "SRB,345,2006,-1,", BadInput),
    ],
)
def test_a_row_that_cannot_be_right_stops_the_collection(old, new, error):
    text = (ONE.folder / "sample" / "ucdp_country_year.csv").read_text("utf-8")
    assert old in text
    with pytest.raises(error):
        _figures("bad.csv", text.replace(old, new).encode())
