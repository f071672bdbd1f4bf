"""Of very many events, only those that lie near one of another dataset are compared, and none that could match is lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tocsin.flow.same_events import near_others
from tocsin.stages.link.events import Account

DAY = dt.date(2020, 1, 1)


def account(number: int, dataset: str, day: int | None, length: int = 0) -> Account:
    first = None if day is None else DAY + dt.timedelta(days=day)
    return Account(f"evt-{number}", dataset, first, first and first + dt.timedelta(days=length))


def test_an_event_far_from_every_other_dataset_is_left_out_unless_it_was_judged_or_says_no_day():
    rows = [account(1, "a", 0), account(2, "a", 50), account(3, "b", 2), account(4, "a", 60)]
    assert [one.id for one in near_others(rows, 3, {"evt-4"})] == ["evt-1", "evt-3", "evt-4"]
    assert len(near_others([*rows, account(5, "b", None)], 3, ())) == 5


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60), st.integers(0, 9)), max_size=25), st.integers(0, 6))
def test_no_pair_within_the_days_is_lost(told, days):
    rows = [account(number, dataset, day, length) for number, (dataset, day, length) in enumerate(told)]
    kept = {one.id for one in near_others(rows, days, ())}
    for one in rows:
        for other in rows:
            near = one.dataset != other.dataset and one.days[0] - other.days[1] <= dt.timedelta(days) >= other.days[0] - one.days[1]
            assert not near or {one.id, other.id} <= kept
