"""Which answers narrow the estimate, and what judged pairs drawn at random say of the linkage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.conftest import independent_lists
from tocsin.stages.estimate import Linked, order_pairs, quality
from tocsin.stages.estimate.capture import from_mapping
from tocsin.stages.estimate.judged import random_order, strata_of_pairs
from tocsin.stages.estimate.worth import slopes, worth_of_pairs


@pytest.fixture
def slope(four_lists):
    return slopes(four_lists)


def test_joining_two_people_of_one_list_each_lowers_the_total(slope):
    assert slope[0b0011] - slope[0b0001] - slope[0b0010] < 0


def test_an_answer_that_is_known_is_worth_nothing(slope):
    assert worth_of_pairs(slope, [1, 1], [2, 2], [0.0, 1.0]).tolist() == [0.0, 0.0]


def test_joining_records_of_the_same_list_matters_less_than_of_two_lists(slope):
    within, across = worth_of_pairs(slope, [1, 1], [1, 2], [0.5, 0.5])
    assert within < across


def test_lists_that_support_nothing_give_no_worth():
    assert slopes(from_mapping("AB", {"10": 3, "11": 2})) is None


pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=50)
@given(pairs)
def test_the_random_order_holds_each_pair_once_whatever_order_they_come_in(rows):
    names = [f"p{i}" for i in range(len(rows))]
    strata = strata_of_pairs(names, [p for p, _, _ in rows], [joined for _, joined, _ in rows])
    turned = strata_of_pairs(names[::-1], [p for p, _, _ in rows[::-1]], [joined for _, joined, _ in rows[::-1]])
    assert sorted(random_order(strata)) == sorted(names)
    assert random_order(strata) == random_order(turned)


@settings(max_examples=30)
@given(pairs, st.integers(1, 60))
def test_precision_and_recall_are_shares_inside_their_intervals(rows, judged):
    names = [f"p{i}" for i in range(len(rows))]
    strata = strata_of_pairs(names, [p for p, _, _ in rows], [joined for _, joined, _ in rows])
    answers = {name: "positive" if rows[int(name[1:])][2] else "negative" for name in random_order(strata)[:judged]}
    found = quality(strata, answers)
    for share in (found.precision, found.recall):
        assert 0 <= share.low <= share.value <= share.high <= 1


def test_pairs_that_somebody_picked_out_are_not_in_the_sample():
    names = [f"p{i}" for i in range(40)]
    strata = strata_of_pairs(names, [0.5] * 40, [True] * 40)
    order = random_order(strata)
    assert quality(strata, {order[5]: "positive", order[9]: "positive"}) is None
    assert quality(strata, {order[0]: "positive", order[9]: "positive"}).sample == 1


def test_intervals_of_precision_hold_the_truth_and_narrow():
    rng = np.random.default_rng(3)
    held, widths = 0, []
    for world in range(60):
        names = [f"{world}-{i}" for i in range(400)]
        p = rng.random(400)
        true, joined = rng.random(400) < p, p > 0.5
        strata = strata_of_pairs(names, p.tolist(), joined.tolist())
        answers = {n: "positive" if true[int(n.split("-")[1])] else "negative" for n in random_order(strata)[:120]}
        found = quality(strata, answers)
        held += found.precision.low <= true[joined].mean() <= found.precision.high
        widths.append(found.precision.high - found.precision.low)
    assert held >= 52  # of 60 nominal 95% intervals
    assert np.mean(widths) < 0.25


def linked_people(seed):
    """Return two records each of persons on two of three lists, and their pairs with a probability."""
    table = independent_lists(seed, 200, (0.5, 0.4, 0.4))
    person = np.repeat(np.arange(table.documented), np.repeat(table.times_seen, table.counts))
    rows = np.repeat(table.patterns, table.counts, axis=0)
    lists = [table.lists[i] for row in rows for i in np.flatnonzero(row)]
    rng = np.random.default_rng(seed)
    left = np.flatnonzero(person[:-1] == person[1:])
    p = rng.uniform(0.05, 0.99, len(left))
    return Linked([f"pair {i}" for i in left], left, left + 1, p, lists, person)


def test_the_queue_holds_each_pair_once_and_mixes_both_kinds():
    linked = linked_people(4)
    order = order_pairs(linked)
    assert sorted(order.pairs) == sorted(linked.pairs)
    top = sorted(order.worth, key=lambda pair: -order.worth[pair])[:3]
    assert set(top) <= set(order.pairs[:12])
    assert random_order(order.strata)[0] in order.pairs[:2]


def test_a_linkage_without_pairs_waits_for_nobody():
    linked = linked_people(5)
    nothing = Linked([], linked.left[:0], linked.right[:0], linked.probability[:0], linked.lists, linked.clusters)
    assert order_pairs(nothing).pairs == ()
