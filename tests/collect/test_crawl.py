"""Rows are checked as they are emitted: the message says where, and nothing that is wrong comes through."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect import Crawl, Manifest, SourceFile

DAY = dt.date(2026, 1, 1)
ITEM = SourceFile.of("list.csv", b"x", DAY)


def _crawl(more: str = "") -> Crawl:
    text = f"title: t\npublisher: p\nlicence: l\ncadence: c\nfiles: [{{pattern: '*.csv'}}]\n{more}"
    return Crawl("feed", Manifest.read(text, "dataset.yml"), [ITEM], DAY, frozenset(("XSE", "COD")))


def _figure(crawl: Crawl, key: object = 1, **columns):
    return crawl.emit("figures", item=ITEM, locator=f"line {key}", key=[key], **{"indicator": "killed", "unit": "persons", **columns})


def test_the_same_record_has_the_same_id_in_every_crawl_and_another_in_another_dataset():
    assert _figure(_crawl()) == _figure(_crawl())
    other = Crawl("other", _crawl().manifest, [ITEM], DAY)
    assert _figure(other) != _figure(_crawl())


def test_a_row_knows_its_file_its_place_and_since_when():
    crawl = _crawl()
    _figure(crawl, value=3.0, territory="XSE")
    (row,) = crawl.tables()["figures"].to_pylist()
    assert (row["item"], row["locator"], row["available_at"], row["dataset"]) == (ITEM.sha256, "line 1", DAY, "feed")


def test_a_repeated_id_is_refused_and_both_places_are_named():
    crawl = _crawl()
    _figure(crawl, "a")
    with pytest.raises(BadInput) as found:
        _figure(crawl, "a")
    assert "line a" in found.value.where
    assert "line a" in found.value.got


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"value": -1.0}, "negative"),
        ({"value": 5.0, "low": 6.0, "high": 7.0}, "not in order"),
        ({"territory": "XXX"}, "no territory"),
        ({"as_of": dt.date(2026, 1, 2)}, "future"),
    ],
)
def test_what_cannot_be_right_is_refused(columns, message):
    with pytest.raises(BadInput, match=message):
        _figure(_crawl(), **columns)


def test_a_forecast_may_lie_ahead_and_growth_may_be_negative():
    crawl = _crawl()
    _figure(crawl, 1, as_of=dt.date(2027, 1, 1), qualifier="forecast")
    _figure(crawl, 2, indicator="gdp_growth", unit="percent", value=-3.0)
    assert crawl.tables()["figures"].num_rows == 2


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)))
def test_an_event_is_accepted_exactly_when_its_day_has_come(day):
    crawl = _crawl()

    def emit():
        crawl.emit("events", item=ITEM, locator="line 1", key=["a"], date_from=day)

    if day <= DAY:
        emit()
    else:
        with pytest.raises(BadInput):
            emit()


def test_too_few_rows_and_empty_columns_are_refused_together():
    crawl = _crawl("expected: {figures: {min_rows: 2}}\nfill: {figures: {value: 0.9}}\n")
    _figure(crawl)
    with pytest.raises(DatasetChanged) as found:
        crawl.tables()
    assert "fewer rows" in str(found.value)
    assert "1 more checks failed" in str(found.value)


def test_when_a_period_became_known_follows_from_the_publishers_delay():
    assert _crawl("lag_days: 180\n").known_by(dt.date(2024, 12, 31)) == dt.date(2025, 6, 29)
    assert _crawl().known_by(DAY) is None
