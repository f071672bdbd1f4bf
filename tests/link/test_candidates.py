"""Blocking finds each pair that a rule catches once, and where pairs are scarce a sample chooses the rules."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages import link
from tocsin.stages.link import blocking
from tocsin.stages.link.blocking import Rule
from tocsin.stages.link.candidates import Keys, candidate_pairs
from tocsin.storage import connect

VALUES = st.one_of(st.none(), st.sampled_from(["ali", "alim", "علي", "علا", "b"]))
RULES = (
    Rule("both", (), ("{t}.given", "{t}.family")),
    Rule("opening", (), ("left({t}.given, 2)",)),
    Rule("year and opening", (), ("{t}.year", "left({t}.family, 1)")),
)


@given(st.lists(st.tuples(VALUES, VALUES, st.one_of(st.none(), st.integers(2010, 2012))), min_size=2, max_size=25))
def test_each_pair_that_a_rule_catches_is_found_once(rows):
    table = pa.table({name: pa.array([row[at] for row in rows], kind) for at, (name, kind) in enumerate(
        (("given", pa.string()), ("family", pa.string()), ("year", pa.int32())))})  # fmt: skip
    said = [
        [(g, f) if g and f else None for g, f, _ in rows],
        [g[:2] if g else None for g, _, _ in rows],
        [(y, f[:1]) if y and f else None for _, f, y in rows],
    ]
    expected = {
        pair for keys in said for pair in itertools.combinations(range(len(rows)), 2) if keys[pair[0]] and keys[pair[0]] == keys[pair[1]]
    }
    keys = Keys(table, 2)
    left, right = candidate_pairs(keys.columns(RULES), 2)
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert keys.brought(RULES) == [
        sum(k[a] == k[b] is not None for a, b in itertools.combinations(range(len(rows)), 2) if k[a]) for k in said
    ]


def test_threads_do_not_change_the_order_of_candidates(monkeypatch):
    monkeypatch.setattr("tocsin.stages.link.candidates.RUN", 50)
    codes = np.random.default_rng(1).integers(-1, 40, (500, 3)).astype(np.int32)
    one, two = candidate_pairs(codes, 1), candidate_pairs(codes, 4)
    assert np.array_equal(one, two)


@pytest.fixture
def crowded(monkeypatch):
    """Let so few pairs be borne that the broad rules are out of reach."""
    monkeypatch.setattr(blocking, "BEARABLE_PAIRS", 1_000)
    monkeypatch.setattr(blocking, "ALL_PAIRS_UP_TO", 10)
    monkeypatch.setattr("tocsin.stages.link.widen.PAIRS_PER_RECORD", 12)


def _linked(lists, threads=1):
    roles = link.recognise(lists.column_names, never=["entity"])
    return link.link_persons(lists, roles, connect(threads), link.Options(draws=4, threads=threads, burn_in=3))


def test_where_pairs_are_scarce_narrow_rules_that_catch_matches_stand_in(lists, crowded):
    linked = _linked(lists)
    chosen = linked.scored.blocking
    assert sum(chosen.pairs) <= 12 * lists.num_rows
    assert linked.scored.candidates <= sum(chosen.pairs)
    assert any("opening" in rule.name for rule in chosen.rules)
    assert link.evaluate(linked, lists.column("entity").to_pylist()).block_recall > 0.97


def test_the_choice_of_rules_depends_neither_on_threads_nor_on_the_order_of_rows(lists, crowded):
    order = np.random.default_rng(1).permutation(lists.num_rows)
    one, two = _linked(lists, threads=1), _linked(lists.take(pa.array(order)), threads=2)
    assert one.scored.blocking == two.scored.blocking
    assert np.array_equal(one.clusterings, two.clusterings)
    assert one.recall == two.recall
