"""The facts of the founding documents, with the traps that the texts set."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin import reference
from tocsin.datasets import dataset
from tocsin.model.ids import stable_id
from tocsin.stages.collect import Crawl, SourceFile

ONE = dataset("founding_facts")
CODES = frozenset(t.code for t in reference.territories())


def _tables(files):
    crawl = Crawl(ONE.name, ONE.manifest, [SourceFile.of(name, data) for name, data in files], dt.date(2026, 1, 1), CODES)
    ONE.crawl(crawl)
    return {name: table.to_pylist() for name, table in crawl.tables().items()}


@pytest.fixture(scope="module")
def content():
    return _tables(ONE.bundled())


@pytest.fixture(scope="module")
def figures(content):
    return {row["locator"][:5]: row for row in content["figures"]}


def test_every_fact_gives_at_least_one_row_unless_another_says_it_better(content):
    seen = {row["locator"][:5] for name in ("figures", "events", "measures") for row in content[name]}
    repeated = {f.id for f in reference.founding_facts() if f.relation == "same_as"}
    assert seen == {f.id for f in reference.founding_facts()} - repeated
    assert repeated == {"SF018"}


def test_an_outcome_is_dated_when_it_was_stated(content):
    assert {r["date"] for r in content["measures"] if r["role"] == "outcome"} == {dt.date(2015, 7, 31)}


def test_competing_totals_stand_side_by_side(figures):
    assert (figures["SF036"]["value"], figures["SF036"]["qualifier"]) == (1133, "exact")
    assert (figures["SF068"]["value"], figures["SF068"]["qualifier"]) == (1200, "at_least")
    assert figures["SF036"]["conflict_group"] == figures["SF068"]["conflict_group"] is not None
    assert figures["SF037"]["conflict_group"] == figures["SF069"]["conflict_group"] is not None
    assert figures["SF036"]["conflict_group"] != figures["SF037"]["conflict_group"]


def test_a_rounded_figure_names_the_one_it_repeats(figures):
    assert (figures["SF002"]["relation"], figures["SF002"]["related"]) == ("rounded_of", figures["SF001"]["id"])
    assert figures["SF002"]["qualifier"] == "rounded"
    assert figures["SF001"]["id"] == stable_id("fig", "founding_facts", "SF001")
    assert (figures["SF001"]["value"], figures["SF001"]["low"], figures["SF001"]["high"]) == (59648, 59648, None)


def test_a_subset_names_its_whole(figures):
    assert (figures["SF044"]["relation"], figures["SF044"]["related"]) == ("subset_of", figures["SF043"]["id"])


def test_a_crowd_is_not_a_toll_and_a_forecast_is_not_a_fact(content, figures):
    assert (figures["SF008"]["indicator"], figures["SF008"]["qualifier"]) == ("crowd", "crowd")
    assert figures["SF012"]["qualifier"] == "forecast"
    counted = [r["value"] for r in figures.values() if r["indicator"] == "killed" and r["qualifier"] not in ("forecast", "rounded")]
    assert 1000 not in counted and 100_000 not in counted and 60_000 not in counted
    attack = next(r for r in content["events"] if r["locator"].startswith("SF008"))
    assert attack["best"] is None


def test_a_state_of_a_day_carries_that_day(figures):
    assert figures["SF031"]["as_of"] == dt.date(2013, 1, 2)


def test_a_date_clash_is_told(content):
    warning = next(r for r in content["measures"] if r["locator"].startswith("SF007"))
    assert warning["role"] == "warning"
    assert "inconsistent" in warning["note"]


def test_an_ask_names_who_asks_and_who_is_asked(content):
    ask = next(r for r in content["measures"] if r["locator"].startswith("SF015"))
    assert (ask["role"], ask["kind"], ask["target"]) == ("recommendation", "icc_referral_unsc", "UN Security Council")
    assert "addressee" not in ask["actor"]


def test_one_appeal_stays_one_ask(content, figures):
    asks = [r for r in content["measures"] if r["locator"].startswith("SF058")]
    assert len(asks) == 1 and asks[0]["status"] == "decided"
    assert figures["SF058"]["value"] == 3


def test_outcomes_are_those_of_the_fourth_document(content):
    outcomes = {s["slug"]: s["outcome"] for s in content["situations"] if s["outcome"]}
    assert outcomes == {
        "kenya-2007": "success",
        "cote-divoire-2010": "success",
        "guinea-2010": "success",
        "car-2013": "failure",
        "south-sudan-2013": "failure",
        "syria-2011": "failure",
    }
    assert all(s["level"] is None for s in content["situations"])


def test_rows_were_known_no_earlier_than_their_document(content):
    for name in ("figures", "events", "measures"):
        for row in content[name]:
            document = row["locator"].split(", ")[1][:2]
            assert row["available_at"] == reference.DOCUMENT_DATES[document]


def test_events_have_the_senses_that_the_clock_reads(content):
    assert {"incident", "precursor", "trigger"} <= {r["indicator"] for r in content["events"]}
    vote = next(r for r in content["events"] if r["locator"].startswith("SF039"))
    assert (vote["indicator"], vote["date_from"], vote["situation"]) == ("trigger", dt.date(2013, 3, 4), "kenya-2013")


def test_the_sample_reads_like_the_whole(content):
    files = [(p.name, p.read_bytes()) for p in sorted((ONE.folder / "sample").glob("*.csv"))]
    for name, rows in _tables(files).items():
        assert {r["id"] for r in rows} <= {r["id"] for r in content[name]}
