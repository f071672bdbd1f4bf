"""The stated rules about what is said, withheld and pooled: each is tried on both sides of its line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.estimate.conftest import independent_lists
from tocsin.stages.estimate import (
    about_recall,
    break_down,
    capture_table,
    pool_small_strata,
    reason_to_refuse,
    spread,
    warnings_about,
    warnings_between,
)
from tocsin.stages.estimate.checks import nested_lists
from tocsin.stages.estimate.result import Estimate


def said(method: str, median: float, high: float, settings: str = "x", draws: object = ()) -> Estimate:
    return Estimate(method, settings, 100, median, 2 * median - high, high, draws=np.asarray(draws, float))


def lists_of(*members: set[int], everyone: int):
    """Return the table of so many people, of whom each list names its members."""
    patterns = np.array([[int(person in named) for named in members] for person in range(everyone)])
    return capture_table("ABCDEFGHIJ"[: len(members)], patterns, np.ones(everyone, int))


@pytest.mark.parametrize(("bound", "warned"), [(1049.0, False), (1051.0, True)])
def test_a_lower_bound_is_called_out_from_half_the_way_to_the_upper_end(bound, warned):
    found = warnings_between([said("dga", 1000.0, 1100.0), said("chao", bound, bound + 50)])
    assert any("lower bound" in warning for warning in found) == warned


@pytest.mark.parametrize(("other", "warned"), [(1490.0, False), (1510.0, True)])
def test_methods_further_apart_than_half_as_much_again_are_called_out(other, warned):
    found = warnings_between([said("dga", 1000.0, 1100.0), said("loglinear", other, other + 100)])
    assert any("factor of 1.5" in warning for warning in found) == warned


def test_recall_of_98_in_100_is_enough():
    assert about_recall(None) is None and about_recall(0.98) is None
    assert "biased upwards" in about_recall(0.9799)


def test_doubt_between_methods_is_that_of_different_methods_and_not_of_settings():
    near, far = np.full(50, 1000.0) + np.arange(50), np.full(50, 9000.0) + np.arange(50)
    one, other = said("dga", 1000.0, 1100.0, "first", near), said("loglinear", 9000.0, 9900.0, "first", far)
    assert spread([one]).between_methods is None
    assert spread([one, said("dga", 9000.0, 9900.0, "second", far)]).between_methods is None
    assert spread([one, said("lcm", 1000.0, 1100.0, "x", near)]).between_methods == 0
    assert spread([one, other]).between_methods > 0.99


@pytest.mark.parametrize("empty", [1, 4, 5])
def test_up_to_four_empty_lists_are_named_one_by_one(empty):
    table = lists_of({0, 1, 2}, {1, 2, 3}, {0, 3, 4}, *[set()] * empty, everyone=5)
    found = [warning for warning in warnings_about(table) if "left out" in warning]
    assert len(found) == (empty if empty <= 4 else 1)
    assert all(name in " ".join(found) for name in "DEFGH"[:empty])


def test_of_two_equal_lists_one_is_inside_the_other_and_said_once():
    table = lists_of({0, 1, 2, 3}, {0, 1, 2, 3}, {3, 4, 5, 6}, {6, 7, 8, 9}, everyone=40)
    assert len(nested_lists(table)) == 1


@pytest.mark.parametrize(("outer", "named"), [(6, [("A", "B")]), (9, [])])
def test_a_list_inside_another_is_put_down_to_chance_down_to_one_in_twenty(outer, named):
    """Two people of 30, inside a list of 6: chance 0.2 squared, 0.04. Inside a list of 9: 0.09."""
    table = lists_of({0, 1}, set(range(outer)), set(range(2, 30)), everyone=30)
    assert nested_lists(table) == named


def test_the_low_end_of_a_range_is_withheld_where_it_is_small():
    """Six people of whom records disagree, and two of whom all say a: a is from 2 to 8, and the 2 would point at somebody."""
    people = [person for person in range(6) for _ in range(2)] + [6, 7]
    assert break_down(people, ["a", "b"] * 6 + ["a", "a"], 0)[0].low == 2
    assert [(kind.value, kind.low, kind.high) for kind in break_down(people, ["a", "b"] * 6 + ["a", "a"], 5)] == [("a", 0, 8), ("b", 0, 6)]


records = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["a", "b", None])), min_size=1, max_size=120)


@given(records)
def test_a_range_never_begins_with_a_small_number(rows):
    kinds = break_down([cluster for cluster, _ in rows], [value for _, value in rows], 5)
    assert all(kind.low == 0 or kind.low >= 5 for kind in kinds if kind.low is not None)


def test_of_two_kinds_neither_is_shown_where_one_is_small():
    kinds = break_down(range(12), ["a"] * 10 + ["b"] * 2, 5)
    assert [(kind.value, kind.low, kind.high) for kind in kinds] == [("a", None, None), ("b", None, None)]


def test_small_strata_that_stay_small_together_take_in_the_next_smallest():
    tables = {"north": independent_lists(1, 900), "south": independent_lists(2, 300), "west": independent_lists(3, 40)}
    west = tables["west"]
    assert west.documented < 50 and reason_to_refuse(west) is None
    pooled, small = pool_small_strata(tables)
    assert (sorted(pooled), small) == (["north", "pooled"], ["west", "south"])
