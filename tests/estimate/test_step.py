"""The estimate step of a run: from victims' records and clusterings to rows that name what they rest on."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

from tests.estimate.conftest import independent_lists
from tocsin.flow.context import Context, RunInfo
from tocsin.flow.steps import estimate as step
from tocsin.model import tables
from tocsin.model.ids import stable_id


def records_of(table, *, rejected=0):
    person = np.repeat(np.arange(table.documented), np.repeat(table.times_seen, table.counts))
    rows = np.repeat(table.patterns, table.counts, axis=0)
    where = [table.lists[i] for row in rows for i in np.flatnonzero(row)]
    out = []
    for number, name in enumerate(where):
        out.append(
            {
                "id": stable_id("per", number),
                "dataset": "selmora",
                "item": f"{ord(name):064x}",
                "locator": f"row {number}",
                "list": name,
                "record": str(number),
                "date": dt.date(2031, 3, 1 + number % 20),
                "status": "rejected" if number < rejected else None,
                "invented": True,
            }
        )
    return out, person


def clusters_of(rows, labels, draw):
    return [
        {
            "id": stable_id("clu", draw, row["id"]),
            "inputs": [row["id"]],
            "method": "test",
            "entity": "persons",
            "record_id": row["id"],
            "cluster_id": f"c{label}",
            "draw": draw,
        }
        for row, label in zip(rows, labels, strict=True)
    ]


def run_step(persons, clusters):
    content = {"persons": tables.from_rows("persons", persons), "clusters": tables.from_rows("clusters", clusters)}
    info = RunInfo("r", dt.date(2031, 5, 1), 1, "duckdb", "test")
    return step.step(Context(None, info, content.__getitem__))


@pytest.fixture
def result():
    rows, person = records_of(independent_lists(9, 700))
    rng = np.random.default_rng(1)
    clusters = clusters_of(rows, person, 0)
    for draw in (1, 2, 3):
        torn = np.where(rng.random(len(person)) < 0.01, 10_000 + np.arange(len(person)), person)
        clusters += clusters_of(rows, torn, draw)
    return run_step(rows, clusters)


def test_documented_and_estimated_are_rows_of_their_own(result):
    rows = result.tables["estimates"].to_pylist()
    documented = [r for r in rows if r["method"] == "documented"]
    assert len(documented) == 1
    assert documented[0]["median"] is None
    assert documented[0]["documented"] == independent_lists(9, 700).documented
    dga = next(r for r in rows if r["method"] == "dga")
    assert dga["low"] < 700 < dga["high"]
    assert (dga["territory"], dga["invented"], dga["stratum"], dga["quantity"], dga["level"]) == ("XSE", True, None, "killed", 0.95)
    assert 0 < dga["share_linkage"] < 1


def test_every_estimate_names_the_records_files_and_clusters_it_rests_on(result):
    sets = {row["id"]: row for row in result.tables["input_sets"].to_pylist()}
    for row in result.tables["estimates"].to_pylist():
        (name,) = row["inputs"]
        kinds = {identifier.split("-")[0] for identifier in sets[name]["inputs"]}
        assert kinds == {"itm", "clu"}


def test_a_run_without_clusters_estimates_nothing_and_says_so():
    rows, _ = records_of(independent_lists(9, 100))
    found = run_step(rows, [])
    assert found.tables["estimates"].num_rows == 0
    assert "not linked" in found.notes[0]


def test_rejected_records_count_nobody_and_are_reported():
    rows, person = records_of(independent_lists(9, 300), rejected=5)
    found = run_step(rows, clusters_of(rows, person, 0))
    assert found.skipped == {"person records that were rejected": 5}


def test_same_input_gives_the_same_rows_in_any_order(result):
    rows, person = records_of(independent_lists(9, 200))
    clusters = clusters_of(rows, person, 0)
    straight = run_step(rows, clusters).tables["estimates"].to_pylist()
    turned = run_step(rows[::-1], clusters[::-1]).tables["estimates"].to_pylist()
    keys = ("method", "settings", "low", "median", "high", "refused")
    assert [[r[k] for k in keys] for r in straight] == [[r[k] for k in keys] for r in turned]


def test_a_list_too_short_to_print_is_withheld_at_the_source():
    rows, person = records_of(independent_lists(9, 400, (0.5, 0.4, 0.4)))
    few = [{**rows[0], "id": stable_id("per", "few", n), "list": "Z", "item": f"{9:064x}", "record": f"few {n}"} for n in range(3)]
    result = run_step([*rows, *few], clusters_of([*rows, *few], [*person, 9001, 9002, 9003], 0))
    documented = next(row for row in result.tables["estimates"].to_pylist() if row["method"] == "documented")
    sizes = json.loads(documented["parameters"])["lists"]
    assert sizes["Z"] is None and all(size >= 5 for name, size in sizes.items() if name != "Z")


def test_every_estimate_under_another_assumption_is_a_row_that_opens(result):
    rows = result.tables["sensitivities"].to_pylist()
    assert {row["kind"] for row in rows} == {"left_out", "joined", "prior"}
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["refused"] or row["low"] <= row["median"] <= row["high"] for row in rows)
    sets = {row["id"] for row in result.tables["input_sets"].to_pylist()}
    assert {source for row in rows for source in row["inputs"]} <= sets
