"""The cheap bound never lets a pair go that the full comparison would keep."""

from __future__ import annotations

import numpy as np
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
