"""A list that puts given and family names the other way round is seen, told, and compared the right way."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pytest
from workspaces import command

from tocsin.stages import link
from tocsin.stages.link.prepare import prepare

ROOT = Path(__file__).parents[2]
COUNTED = "records whose given and family names were exchanged for comparing"


@pytest.fixture(scope="module")
def people() -> pa.Table:
    sys.path.insert(0, str(ROOT))
    from bench.population import Shape, population

    return population(Shape(persons=700, capture=(0.4, 0.36, 0.3), families=300, days=200), seed=23)


def exchange(table: pa.Table, rows: np.ndarray) -> pa.Table:
    given, family = (table.column(name).to_pylist() for name in ("given", "family"))
    for name, own, other in (("given", given, family), ("family", family, given)):
        values = [b if turned else a for a, b, turned in zip(own, other, rows, strict=True)]
        table = table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))
    return table


def of_list(table: pa.Table, name: str) -> np.ndarray:
    return np.array(table.column("list").to_pylist()) == name


def prepared(table: pa.Table, **options: bool):
    return prepare(table, link.recognise(table.column_names, never=["entity"]), **options)


def said(persons) -> list[str]:
    return [note for note in persons.notes if "the other way round" in note]


def test_a_list_the_other_way_round_is_compared_as_if_it_stood_right(people):
    straight = prepared(people)
    turned = prepared(exchange(people, of_list(people, "list_2")))
    names = [name for name in straight.table.column_names if not name.endswith("_letters")]  # a code of the letters that occur
    assert turned.table.select(names).equals(straight.table.select(names))
    assert turned.skipped[COUNTED] == int(of_list(people, "list_2").sum())
    (note,) = said(turned)
    assert note.startswith("list list_2 ") and "--columns given=COLUMN,family=COLUMN" in note and "kept as written" in note


def test_the_way_of_most_records_is_the_right_one(people):
    both = exchange(people, of_list(people, "list_1") | of_list(people, "list_2"))
    assert [note.split()[1] for note in said(prepared(both))] == ["list_3"]


def test_most_rows_exchanged_is_enough_and_half_of_them_is_only_told(people):
    chance = np.random.default_rng(3).random(people.num_rows)
    most = prepared(exchange(people, of_list(people, "list_2") & (chance < 0.9)))
    half = prepared(exchange(people, of_list(people, "list_2") & (chance < 0.5)))
    assert most.skipped[COUNTED] == int(of_list(people, "list_2").sum())
    assert COUNTED not in half.skipped
    assert len(said(half)) == 1 and "not of one kind" in said(half)[0]


def test_what_the_user_says_of_columns_is_not_overruled(people):
    turned = exchange(people, of_list(people, "list_2"))
    kept = prepared(turned, names_as_said=True)
    assert COUNTED not in kept.skipped
    assert "--columns names both columns" in said(kept)[0]


def test_lists_that_stand_right_are_left_alone(people):
    rng = np.random.default_rng(1)
    for share in (0.0, 0.05):  # some records the other way round are the rule in every list
        assert said(prepared(exchange(people, rng.random(people.num_rows) < share))) == []


def test_a_list_of_women_whose_family_names_are_given_names_of_men_is_left_alone():
    rng = np.random.default_rng(5)
    men, women, houses = ([f"{stem}{letter}an" for letter in "bcdfgklmnprst"] for stem in ("O", "U", "Ta"))
    rows = [("men", rng.choice(men), rng.choice([*houses, *men[:2]])) for _ in range(300)]
    rows += [("women", rng.choice(women), rng.choice(men)) for _ in range(300)]
    table = pa.table(dict(zip(("list", "given", "family"), map(list, zip(*rows, strict=True)), strict=True)))
    found = prepared(table)
    assert said(found) == [] and COUNTED not in found.skipped


@pytest.mark.parametrize("name", ["RLdata500.csv", "fake_1000.csv", "febrl1.csv.gz"])
def test_known_sets_split_into_lists_raise_no_alarm(shared, name):
    from tocsin.flow.given_files import read_table

    table = read_table(shared / "data" / "record-linkage" / name, None)
    numbers = np.random.default_rng(2)
    for lists in (2, 4):
        of = pa.array([f"list {n}" for n in numbers.integers(0, lists, table.num_rows)])
        roles = link.recognise(table.column_names, never=["cluster", "identity"])
        found = prepare(table.append_column("as list", of).cast(_all_text(table)), {**roles, "list": "as list"})
        assert said(found) == []


def _all_text(table: pa.Table) -> pa.Schema:
    return pa.schema([(name, pa.string()) for name in [*table.column_names, "as list"]])


def test_a_file_the_other_way_round_links_as_well_as_one_that_is_not(people, tmp_path):
    paths = {}
    for way, table in (("straight", people), ("turned", exchange(people, of_list(people, "list_2")))):
        paths[way] = tmp_path / f"{way}.csv"
        pc.write_csv(table, paths[way])
    f1 = {}
    for way, path in paths.items():
        done = command(tmp_path, "link", "persons", path, "--truth", "entity", "--draws", "3")
        assert done.returncode == 0, done.stderr
        f1[way] = next(line for line in done.stdout.splitlines() if line.startswith("pairwise"))
    assert f1["straight"] == f1["turned"]
