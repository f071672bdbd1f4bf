"""Covariates by country and year: values as published, unknown stays unknown."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from tocsin import reference
from tocsin.datasets import dataset
from tocsin.model.errors import DatasetChanged
from tocsin.stages.collect import Crawl, SourceFile

ONE = dataset("worldbank_country_year")
CODES = frozenset(t.code for t in reference.territories())
COLUMNS = {
    "population": "wdi.popsize.new",
    "infant_mortality": "wdi.imrate.new",
    "gdp_per_capita": "wdi.gdppc.new",
    "gdp_growth": "wdi.gdppcgrow.new",
    "trade_share": "wdi.trade.new",
}


def _crawl(name: str, data: bytes, expected: bool = False) -> Crawl:
    manifest = ONE.manifest if expected else ONE.manifest.model_copy(update={"expected": {}})
    crawl = Crawl(ONE.name, manifest, [SourceFile.of(name, data)], dt.date(2026, 1, 1), CODES)
    ONE.crawl(crawl)
    return crawl


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    ((name, data),) = ONE.bundled()
    return _crawl(name, data, expected=True).tables()["figures"].to_pandas()


@pytest.mark.parametrize("indicator", COLUMNS)
def test_no_value_of_a_territory_was_lost(figures, shared, indicator):
    source = pd.read_parquet(shared / "data/predictors/ewp2025_wdi.parquet")
    source = source[source.iso3c.isin(CODES) & (source.year >= 1989)]
    values = source.set_index(["iso3c", "year"])[COLUMNS[indicator]].dropna()
    mine = figures[figures.indicator == indicator]
    mine = mine.set_index([mine.territory, mine.period_to.map(lambda d: d.year)]).value
    assert len(mine) == len(values)
    assert (mine.sort_index().to_numpy() - values.sort_index().to_numpy().astype(float)).__abs__().max() <= 0.051


def test_growth_is_that_of_income_per_person(figures):
    rows = figures[figures.territory == "ZWE"].assign(year=lambda f: f.period_to.map(lambda d: d.year))
    income = rows[rows.indicator == "gdp_per_capita"].set_index("year").value
    growth = rows[rows.indicator == "gdp_growth"].set_index("year").value
    assert abs(100 * (income[2023] / income[2022] - 1) - growth[2023]) < 0.01


def test_an_empty_cell_gives_no_figure(figures):
    assert figures.value.notna().all()
    missing = figures[
        (figures.territory == "ZWE") & (figures.period_to == dt.date(2024, 12, 31)) & (figures.indicator == "infant_mortality")
    ]
    assert missing.empty


def test_a_download_of_the_world_bank_is_read_and_aggregates_are_counted():
    path = ONE.folder / "sample" / "API_download.csv"
    crawl = _crawl(path.name, path.read_bytes())
    rows = crawl.tables()["figures"].to_pylist()
    assert [(r["territory"], r["period_to"].year, r["value"]) for r in rows] == [("ZWE", 2022, 16069056.0), ("ZWE", 2023, 16340822.0)]
    assert sum(crawl.skipped.values()) == 2


def test_sample_and_download_name_the_same_figure_alike(figures):
    path = ONE.folder / "sample" / "API_download.csv"
    assert set(_crawl(path.name, path.read_bytes()).tables()["figures"].column("id").to_pylist()) <= set(figures.id)
    sample = ONE.folder / "sample" / "worldbank_country_year.csv"
    assert set(_crawl(sample.name, sample.read_bytes()).tables()["figures"].column("id").to_pylist()) < set(figures.id)


def test_another_file_is_refused_with_what_to_do():
    with pytest.raises(DatasetChanged, match="Download the indicator as CSV"):
        _crawl("x.csv", b"a,b\n1,2\n")
