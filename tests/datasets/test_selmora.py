"""Selmora is the same for the same seed, marked as invented throughout, and its truth is known and kept apart."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict

import pytest

from tocsin import reference
from tocsin.datasets import dataset
from tocsin.datasets.selmora import SEED, generate, true_counts, true_persons
from tocsin.datasets.selmora.capture import LISTS
from tocsin.datasets.selmora.generator import TRUTH
from tocsin.datasets.selmora.names import MEN, WOMEN, families
from tocsin.datasets.selmora.scripts import arabic, plain
from tocsin.model.text import number
from tocsin.stages.collect import Crawl, SourceFile

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def content():
    one = dataset("selmora")
    crawl = Crawl(one.name, one.manifest, [SourceFile.of(n, d) for n, d in one.bundled()], DAY, frozenset(("XSE",)))
    one.crawl(crawl)
    return {name: table.to_pylist() for name, table in crawl.tables().items()}


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def test_a_seed_gives_the_same_bytes_and_another_seed_another_country():
    assert generate(7, 300) == generate(7, 300)
    assert generate(7, 300) != generate(8, 300)


def test_the_truth_adds_up():
    for seed in (1, 2, SEED):
        truth, persons = true_counts(seed), true_persons(seed)
        assert truth.recorded == len(set(persons.values())) <= truth.victims
        assert sum(truth.by_district.values()) == sum(truth.by_year.values()) == truth.victims
        assert sum(truth.by_list.values()) == len(persons)
        assert 1500 <= truth.victims <= 4000
        assert 0.2 <= truth.recorded / truth.victims <= 0.62


def test_the_truth_is_never_collected(content):
    names = [name for name, _ in dataset("selmora").bundled()]
    assert names
    assert not any(name.startswith(TRUTH) for name in names)
    victims = {row["person"] for row in _rows(generate()[f"{TRUTH}victims.csv"])}
    assert len(victims) == true_counts().victims
    assert not any("person" in row for row in content["persons"])


def test_records_do_not_give_away_who_they_are_about():
    """Record numbers follow the day of entry, so that their order is no hint of the person."""
    persons = true_persons()
    for name in LISTS:
        order = [victim for (listed, _), victim in persons.items() if listed == name]
        assert order != sorted(order)


def test_captures_follow_the_decomposable_model():
    """News and families each depend on the researchers, hospitals on nobody: odds ratios over many victims say so."""
    on: dict[tuple[int, int], set[str]] = defaultdict(set)
    total = 0
    for seed in range(1, 9):
        total += true_counts(seed).victims
        for (name, _), victim in true_persons(seed).items():
            on[seed, victim].add(name)

    def odds(first: str, second: str) -> float:
        both = sum(first in lists and second in lists for lists in on.values())
        one = sum(first in lists and second not in lists for lists in on.values())
        other = sum(first not in lists and second in lists for lists in on.values())
        return both * (total - both - one - other) / (one * other)

    assert odds("researchers", "families") > 2
    assert odds("researchers", "news") > 2
    for name in ("researchers", "news", "families"):
        assert 0.85 < odds("hospitals", name) < 1.18


def test_everything_is_marked_as_invented_and_nowhere_on_land(content):
    for rows in content.values():
        assert all(row["invented"] for row in rows)
    for row in content["events"]:
        if row["longitude"] is not None:
            assert -131 < row["longitude"] < -124
            assert -48 < row["latitude"] < -42


def test_lists_differ_in_script_and_repeat_some_persons(content):
    scripts = {row["list"]: row["script"] for row in content["persons"]}
    assert scripts == {"hospitals": "Latn", "researchers": "Latn", "news": "Latn", "families": "Arab"}
    truth = true_counts()
    assert all(truth.by_list[name] > truth.persons_by_list[name] for name in LISTS)
    precisions = {row["date_precision"] for row in content["persons"]}
    assert precisions == {"day", "month", "year"}
    assert any(row["father"] is None for row in content["persons"] if row["list"] == "researchers")


def test_no_row_is_known_before_it_could_be(content):
    for row in content["persons"]:
        if row["date_precision"] == "day" and row["available_at"] < row["date"]:
            assert row["date"].day <= 12, "only a day swapped with its month may lie after the entry"
    for row in content["events"]:
        assert row["available_at"] >= row["date_from"] or row["indicator"] == "trigger"


def test_figures_hold_a_conflict_a_rounding_and_the_three_traps(content):
    figures = content["figures"]
    clash = [f for f in figures if f["conflict_group"] == "selmora-killed-2026"]
    assert len({f["value"] for f in clash}) == 2
    rounded = next(f for f in figures if f["relation"] == "rounded_of")
    assert rounded["related"] in {f["id"] for f in figures}
    assert {"crowd", "forecast", "rounded", "at_least", "about", "exact"} <= {f["qualifier"] for f in figures}


def test_the_digest_has_four_sections_whose_items_carry_title_and_date(content):
    items = [d for d in content["documents"] if d["kind"] == "item"]
    assert 10 <= len(items) <= 14
    assert {d["section"] for d in items} == {"I", "II", "III", "IV"}
    assert all(d["title"] and d["date"] and (d["author"] or d["outlet"]) and d["excerpt"] for d in items)
    parents = {d["parent"] for d in items}
    assert parents == {d["id"] for d in content["documents"] if d["kind"] == "digest"}


def test_every_span_of_the_digest_opens_at_what_it_says(content):
    name, data = next((n, d) for n, d in dataset("selmora").bundled() if n.startswith("digest"))
    text = data.decode("utf-8")
    sha = SourceFile.of(name, data).sha256
    for row in content["documents"]:
        if row["item"] == sha and row["kind"] == "item":
            assert row["title"] in text[row["span_start"] : row["span_end"]].split("\n")[0]
    figures = [f for f in content["figures"] if f["item"] == sha]
    assert len(figures) == 2
    for row in figures:
        assert str(number(row["value"])) in text[row["span_start"] : row["span_end"]]


def test_the_clock_has_a_signal_a_warning_a_decision_a_measure_an_outcome_and_a_day_ahead(content):
    assert {"warning", "decision", "measure", "outcome"} <= {m["role"] for m in content["measures"]}
    assert {"precursor", "trigger"} <= {e["indicator"] for e in content["events"]}


def test_acts_and_measures_are_those_that_the_reference_knows(content):
    acts = {act for event in content["events"] for act in event["acts"]}
    assert acts <= set(reference.act_indicators())
    kinds = {m["kind"] for m in content["measures"] if m["kind"]}
    assert kinds <= {m.id for m in reference.toolbox().measures}


def test_a_name_is_written_in_both_scripts():
    assert (plain("m u H a m: a d"), arabic("m u H a m: a d")) == ("Muhammad", "محمد")
    for sounds in (*MEN, *WOMEN, *(family for family, _ in families())):
        assert plain(sounds)[0].isalpha()
        assert all("\u0600" <= letter <= "\u06ff" for letter in arabic(sounds))
