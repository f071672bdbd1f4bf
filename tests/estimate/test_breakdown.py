"""Documented people by kind: ranges where records disagree, and no small number that can be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.estimate import break_down

records = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["a", "b", "c", None, "unknown"])), min_size=1, max_size=120)


@given(records)
def test_every_person_is_in_some_kind_and_ranges_hold_the_number(rows):
    people = {cluster for cluster, _ in rows}
    kinds = break_down([cluster for cluster, _ in rows], [value for _, value in rows], 0)
    assert sum(kind.low for kind in kinds) <= len(people) <= sum(kind.high for kind in kinds)
    assert all(kind.low <= kind.high for kind in kinds)


@given(records, st.permutations(range(120)))
def test_the_order_of_records_changes_nothing(rows, order):
    turned = [rows[i] for i in order if i < len(rows)]
    assert break_down(*zip(*rows, strict=True), 5) == break_down(*zip(*turned, strict=True), 5)


@given(records)
def test_no_small_number_is_shown_and_none_alone_is_withheld(rows):
    kinds = break_down([cluster for cluster, _ in rows], [value for _, value in rows], 5)
    hidden = [kind for kind in kinds if kind.high is None]
    assert all(kind.high >= 5 for kind in kinds if kind.high is not None)
    assert len(hidden) != 1 or len(kinds) == 1
