"""The link step on table `persons` of a run."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from tocsin.flow.context import Context, RunInfo
from tocsin.flow.steps import link as step_link
from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.storage import spark


@pytest.fixture(scope="module")
def persons() -> pa.Table:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from bench.population import Shape, population

    rows = []
    for number, row in enumerate(population(Shape(persons=120, capture=(0.5, 0.4, 0.4)), seed=3).to_pylist()):
        day = row["date_of_death"]
        rows.append(
            {
                "id": stable_id("per", number), "dataset": "selmora", "item": "0" * 64, "locator": f"row {number}",
                "list": row["list"],
                "record": row["unique_id"], "given": row["given"], "father": row["father"], "family": row["family"],
                "date": dt.date.fromisoformat(day if len(day) == 10 else day + "-01"), 
                "date_precision": "day" if len(day) == 10 else "month",
                "place": row["place"], "admin_code": row["region"],
                "sex": row["sex"], "age": int(row["age"]) if row["age"] else None, "invented": True,
            }
        )  # fmt: skip
    return tables.from_rows("persons", rows)


def _context(persons, records=None, engine="duckdb"):
    run = RunInfo("r", dt.date(2026, 1, 1), 7, engine, "test")
    earlier = lambda name: persons if name == "persons" else tables.empty(name)  # noqa: E731
    return Context(None, run, earlier, records or {})


def test_persons_become_pairs_and_clusters_by_draw(persons):
    result = step_link.step(_context(persons))
    clusters = result.tables["clusters"].filter(pa.compute.equal(result.tables["clusters"].column("entity"), "persons"))
    assert set(clusters.column("record_id").to_pylist()) == set(persons.column("id").to_pylist())
    draws = set(clusters.column("draw").to_pylist())
    assert draws == set(range(max(draws) + 1))
    assert min(result.tables["pairs"].column("probability").to_pylist()) >= 0.01
    assert any("candidate recall" in note for note in result.notes)


@pytest.mark.skipif(bool(spark._missing()), reason=f"{' and '.join(spark._missing())} not found")
@pytest.mark.xdist_group("spark")
def test_a_run_on_spark_writes_the_tables_of_a_run_on_duckdb(persons):
    one, two = step_link.step(_context(persons)), step_link.step(_context(persons, engine="spark"))
    for name in ("pairs", "clusters"):
        assert two.tables[name].equals(one.tables[name])
    assert (two.skipped, two.notes) == (one.skipped, one.notes)


def test_judgements_of_people_reach_the_clusters(persons):
    left, right = persons.column("id").to_pylist()[:2]
    judged = pa.table({"id": ["jud-1"], "entity": ["persons"], "left": [left], "right": [right], "judgement": ["positive"]})
    clusters = step_link.step(_context(persons, {"judgements": judged})).tables["clusters"].to_pylist()
    for draw in {row["draw"] for row in clusters}:
        labels = {row["record_id"]: row["cluster_id"] for row in clusters if row["draw"] == draw}
        assert labels[left] == labels[right]


def test_no_persons_make_empty_tables():
    result = step_link.step(_context(tables.empty("persons")))
    assert result.tables["pairs"].num_rows == 0
    assert result.tables["clusters"].num_rows == 0


def test_one_person_alone_is_counted_as_left_out(persons):
    result = step_link.step(_context(persons.slice(0, 1)))
    assert sum(result.skipped.values()) == 1
