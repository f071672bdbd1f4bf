"""The cheap bound never lets a pair go that the full comparison would keep."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tocsin.stages import link
from tocsin.stages.link import score as scoring
from tocsin.stages.link.bound import Bound
from tocsin.stages.link.model import Rarity
from tocsin.storage import connect


@pytest.mark.parametrize("left_out", [(), ("place",), ("region",), ("father", "age"), ("given",)])
def test_a_pair_never_weighs_more_than_its_bound(lists, left_out):
    roles = link.recognise(lists.column_names, never=["entity", *left_out])
    linked = link.link_persons(lists, roles, connect(1), link.Options(draws=1, threads=1))
    scored, table = linked.scored, linked.persons.table
    rarity = Rarity(table, scored.model.fields)
    numbers = np.random.default_rng(3)
    left, right = np.triu_indices(table.num_rows, 1)
    some = numbers.permutation(len(left))[:20_000]
    pairs = scored.engine.compare(left[some], right[some])
    weight = scoring.weigh(scored.model, pairs, rarity.adjustments(pairs.left, pairs.right, pairs.levels))
    for least in (-12.0, -5.0, 0.0, 6.0):
        possible = Bound(table, scored.model, rarity.shares).reach(pairs.left, pairs.right, least, 2)
        assert not (possible < (weight > least)).any()
    assert possible.mean() < 0.5


@pytest.mark.parametrize("left_out", [(), ("place",), ("father", "age"), ("given",)])
def test_no_partner_of_a_record_is_overlooked(lists, left_out):
    roles = link.recognise(lists.column_names, never=["entity", *left_out])
    linked = link.link_persons(lists, roles, connect(1), link.Options(draws=1, threads=1))
    scored, count = linked.scored, linked.persons.table.num_rows
    records = np.array([0, 7, 100, count - 1])
    for least in (-8.0, 0.0):
        one, other = scored.bound.partners(records, least, 2)
        for record in records.tolist():
            others = np.delete(np.arange(count), record)
            possible = scored.bound.reach(np.full(count - 1, record), others, least, 1)
            assert other[one == record].tolist() == others[possible].tolist()


@pytest.fixture
def births():
    """Return pairs of dates of birth that differ in every way a slip can make them, under one name."""
    dates = ["1970-05-24", "1917-05-24", "1970-05-25", "1970-05-27", "1970-06-24", "1971-05-24", "1970-01-01", "1948-01-01", "1970", "1970-05",
             "1970-15-24", "1999-12-31", "1970-05-14"]  # fmt: skip
    names = ["Huda", "Nour", "Rasha", "Sami"]
    rows = [{"id": f"{name}{n}", "given": name, "family": "Masri", "date_of_birth": date} for name in names for n, date in enumerate(dates)]
    return pa.Table.from_pylist(rows)


def _level(linked, one, other):
    table, field = linked.scored.model.fields, linked.scored.engine
    at = {name: place for place, name in enumerate(linked.persons.record_ids)}
    pair = sorted((at[one], at[other]))
    levels = field.compare(np.array(pair[:1]), np.array(pair[1:])).levels[0]
    place = [f.name for f in table].index("born")
    return table[place].labels[levels[place]] if levels[place] >= 0 else "missing"


def test_the_same_day_and_month_of_another_year_is_a_level_of_its_own_but_not_the_first_of_january(births):
    linked = link.link_persons(births, link.recognise(births.column_names), connect(1), link.Options(draws=1, threads=1))
    assert _level(linked, "Huda0", "Huda1") == "same day and month, another year"
    assert _level(linked, "Huda0", "Huda5") == "one digit apart"
    assert _level(linked, "Huda6", "Huda7") == "different"
    assert _level(linked, "Huda0", "Huda9") == "same month, day not given"


def test_no_pair_of_dates_weighs_more_than_its_bound(births):
    linked = link.link_persons(births, link.recognise(births.column_names), connect(1), link.Options(draws=1, threads=1))
    scored, table = linked.scored, linked.persons.table
    left, right = np.triu_indices(table.num_rows, 1)
    pairs = scored.engine.compare(left, right)
    weight = scoring.weigh(scored.model, pairs, scored.rarity.adjustments(left, right, pairs.levels))
    for least in np.unique(np.round(weight, 2)) - 0.01:
        assert not (scored.bound.reach(left, right, float(least), 1) < (weight > least)).any()
