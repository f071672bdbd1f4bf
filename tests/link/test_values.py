"""What is told of pairs of values is what would be told of the records that bear them."""

from __future__ import annotations

import logging

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from splink import Linker

from tocsin.stages import link
from tocsin.stages.link.backend import backend
from tocsin.stages.link.comparisons import comparisons
from tocsin.stages.link.prepare import prepare
from tocsin.stages.link.splink import Engine
from tocsin.stages.link.told import UNTOLD, Told
from tocsin.stages.link.values import CROSSED, columns_read, own_columns

SWAPPED = [
    {"given": "Hasan", "family": "Nasser", "father": "Ali", "date_of_birth": "1980-01-02", "place": "Tarim"},
    {"given": "Nasser", "family": "Hasan", "father": "Ali", "date_of_birth": "1980-02-01", "place": "Tarim"},
    {"given": "Nasser", "family": None, "father": None, "date_of_birth": "1980", "place": None},
    {"given": "Hasan", "family": "Hasan", "father": "Aly", "date_of_birth": "1980-01-02", "place": "Tarim al-Gharb"},
    {"given": None, "family": "Nasser", "father": "Umar", "date_of_birth": None, "place": "Seyun"},
    {"given": "حسن", "family": "ناصر", "father": "علي", "date_of_birth": "1980-01-02", "place": "Seyun"},
]


def _told_by_records(table: pa.Table, chosen, left, right):
    """Return the levels that Splink tells of whole records, without values."""
    api = backend(duckdb.connect()).splink()
    engine = Engine(backend(duckdb.connect()), table, chosen, np.zeros((table.num_rows, 1), np.int32), 1)
    names = [c["output_column_name"] for c in chosen]
    columns = sorted({column for c in chosen for column in columns_read(c)})
    linker = Linker(api.register(table.select(["unique_id", *columns])), engine._settings(), log_level=logging.ERROR)
    pairs = {"match_key": pa.array(["0"] * len(left)), "join_key_l": pa.array(left), "join_key_r": pa.array(right)}
    linker.table_management.register_blocked_pairs_for_predict(api.register(pa.table(pairs)))
    frame = linker.inference.predict(warning_mode="never").as_pandas_dataframe().set_index(["unique_id_l", "unique_id_r"])
    frame = frame.loc[list(zip(left.tolist(), right.tolist(), strict=True))]
    return engine, frame[[f"mw_{name}" for name in names]].to_numpy().astype(np.int8) - 1


@pytest.mark.parametrize("left_out", [(), ("family",), ("given",), ("region", "father"), ("place",)])
def test_values_are_told_what_their_records_would_be_told(lists, left_out):
    persons = prepare(lists, link.recognise(lists.column_names, never=["entity", *left_out]))
    chosen = comparisons(persons.fields)
    left, right = np.triu_indices(persons.table.num_rows, 1)
    some = np.random.default_rng(2).permutation(len(left))[:30_000]
    engine, told = _told_by_records(persons.table, chosen, left[some], right[some])
    for part in np.array_split(np.arange(len(some)), 3):  # what the first question was answered is not asked again
        assert (engine.compare(left[some][part], right[some][part]).levels == told[part]).all()


def test_names_in_each_others_place_are_told_by_whole_names():
    source = pa.Table.from_pylist([{"id": str(at), **row} for at, row in enumerate(SWAPPED)])
    persons = prepare(source, link.recognise(source.column_names))
    chosen = comparisons(persons.fields)
    left, right = np.triu_indices(persons.table.num_rows, 1)
    engine, told = _told_by_records(persons.table, chosen, left, right)
    levels = engine.compare(left, right).levels
    assert (levels == told).all()
    labels = [level["label_for_charts"] for level in chosen[0]["comparison_levels"]][::-1]
    at = {row: place for place, row in enumerate(persons.rows)}
    one, other = sorted((at[0], at[1]))
    assert labels[levels[(left == one) & (right == other)][0][0]] == "given and family name exchanged"


@pytest.mark.parametrize("fields", [{"given", "family", "father", "place", "region", "born_year", "age"}, {"given", "region"}, {"family"}])
def test_only_given_and_family_names_read_each_others_columns(fields):
    chosen = comparisons(frozenset(fields))
    for comparison, own in zip(chosen, own_columns(chosen), strict=True):
        if comparison["output_column_name"] not in CROSSED:
            assert columns_read(comparison) == own


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=400))
def test_each_two_values_are_asked_once_whichever_stands_left(pairs):
    told, codes = Told(61), np.arange(61, dtype=np.int32)
    left, right = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
    one, other = told.fresh(codes, left, right)
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == sorted({(min(p), max(p)) for p in pairs})
    levels = np.empty(len(pairs), np.int8)
    told.read(codes, left, right, levels)
    assert (levels == UNTOLD).all()
    told.tell(other, one, ((one + other) % 100).astype(np.int8))
    told.read(codes, right, left, levels)
    assert levels.tolist() == [(a + b) % 100 for a, b in pairs]
    assert len(told.fresh(codes, right, left)[0]) == 0
