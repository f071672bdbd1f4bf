"""Matching accounts of one event: laws, levels, conflicts, and the invented country against its truth."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.link_events import measured, selmora
from tocsin.stages.link.event_candidates import candidates
from tocsin.stages.link.event_levels import Account, days_between, harm_level, kilometers_between, place_level, set_level, time_level
from tocsin.stages.link.events import Tolerances, link_events
from tocsin.stages.link.grouping import grouped
from tocsin.stages.link.matching import one_to_one

DAY = dt.date(2031, 3, 10)


def account(identifier, dataset="A", day=DAY, place="Vesh", **more):
    return Account(identifier, dataset, day, place=place, territory="XSE", **more)


accounts = st.lists(
    st.builds(
        Account,
        id=st.integers(0, 10**6).map(lambda n: f"evt-{n:06d}"),
        dataset=st.sampled_from(["A", "B", "C"]),
        first=st.none() | st.dates(dt.date(2031, 3, 1), dt.date(2031, 3, 12)),
        territory=st.sampled_from([None, "XSE"]),
        admin=st.sampled_from([None, "XSE-01", "XSE-02"]),
        place=st.sampled_from([None, "Vesh", "Sel Harbor", "سلمور", "Salmur"]),
        longitude=st.sampled_from([-128.0, -127.9, -127.5]),
        latitude=st.sampled_from([None, -44.0, -44.1, -46.0]),
        place_precision=st.sampled_from([None, "town", "district"]),
        actors=st.sampled_from([(), ("Guard",), ("Front",), ("Guard", "Front")]),
        acts=st.sampled_from([(), ("killing",), ("shelling",)]),
        best=st.none() | st.integers(0, 40).map(float),
    ),
    max_size=14,
    unique_by=lambda a: a.id,
)


@settings(max_examples=60)
@given(accounts, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(found, dice):
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert link_events(shuffled) == link_events(found)


@settings(max_examples=60)
@given(accounts)
def test_every_level_is_symmetric(found):
    for one, other in combinations(found, 2):
        for level in (time_level, place_level, days_between, kilometers_between):
            assert level(one, other) == level(other, one)
        assert harm_level(one, other, 0.5, 2) == harm_level(other, one, 0.5, 2)
        assert set_level(one.actor_keys, other.actor_keys) == set_level(other.actor_keys, one.actor_keys)


@settings(max_examples=60)
@given(accounts, st.integers(0, 6), st.integers(0, 6), st.floats(0, 100), st.floats(0, 100))
def test_wider_tolerances_never_lose_a_match_and_never_change_its_weight(found, days, more_days, km, more_km):
    narrow = link_events(found, Tolerances(days=days, kilometers=km))
    wide = link_events(found, Tolerances(days=days + more_days, kilometers=min(100.0, km + more_km)))
    held = {(m.left, m.right): m.weight for m in wide.matches}
    assert all(held[m.left, m.right] == m.weight for m in narrow.matches)


@settings(max_examples=60)
@given(accounts, st.booleans(), st.floats(0.05, 0.95))
def test_every_two_members_of_a_group_are_a_likely_match_and_of_different_datasets(found, once, least):
    linked = link_events(found, Tolerances(one_to_one=once, least=least))
    likely = {(m.left, m.right) for m in linked.matches if m.probability >= least}
    datasets = {one.id: one.dataset for one in found}
    for group in linked.groups:
        assert all(pair in likely for pair in combinations(group, 2))
        assert not once or len({datasets[m] for m in group}) == len(group)


@settings(max_examples=80)
@given(accounts, st.integers(0, 5), st.floats(0, 60))
def test_the_search_for_candidates_misses_no_pair_within_the_tolerances(found, days, km):
    near = candidates(found, days, km, within=True)
    for one, other in combinations(sorted(found, key=lambda a: a.id), 2):
        gap, distance = days_between(one, other), kilometers_between(one, other)
        if place_level(one, other) in ("apart", "unknown") or gap is None or gap > days or (distance is not None and distance > km):
            continue
        assert (one.id, other.id) in near


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9), st.floats(0.01, 1e6)), unique_by=lambda t: t[:2], max_size=15))
def test_no_record_has_more_than_one_partner_in_sum(links):
    pairs = [(str(a), str(b)) for a, b, _ in links]
    probable = one_to_one(pairs, [odds for *_, odds in links], {str(n): "A" if n < 5 else "B" for n in range(10)})
    assert all(0 <= p <= odds / (1 + odds) + 1e-9 for p, (*_, odds) in zip(probable, links, strict=True))
    if len(links) < 10:  # belief propagation is exact on trees; on circles the sum may pass 1 by a little
        for node in {end for pair in pairs for end in pair}:
            assert sum(p for p, pair in zip(probable, pairs, strict=True) if node in pair) <= 1.1


def test_two_equal_rivals_share_what_one_alone_would_have():
    by_hand = 4 / (1 + 4 + 4)  # weights of: no partner, the one, the other
    assert one_to_one([("a", "x"), ("a", "y")], [4.0, 4.0], {"a": "A", "x": "B", "y": "B"}) == pytest.approx([by_hand, by_hand])


def test_a_chain_of_neighbors_never_brings_together_what_lies_apart():
    assert grouped([("a", "b"), ("b", "c")], lambda x, y: {x, y} != {"a", "c"}) == [("a", "b")]
    days = [account(f"e{n}", name, DAY + dt.timedelta(days=2 * n)) for n, name in enumerate("ABC")]
    for group in link_events(days, Tolerances(least=0.01)).groups:
        assert {"e0", "e2"} - set(group)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"place": "Hazruf"}, {"place": "هزروف"}, "same place"),
        ({"place": "Vesh"}, {"place": "Sel"}, "apart"),
        ({"place": "Vesh", "admin": "1"}, {"place": "Upper District", "admin": "1", "place_precision": "district"}, "same district"),
        ({"place": "Vesh", "admin": "1"}, {"place": "Upper District", "admin": "2", "place_precision": "district"}, "apart"),
        ({"place": "Vesh", "admin": "1"}, {"place": "Vesh", "admin": "2"}, "apart"),
        ({"place": "Vesh", "admin": "1"}, {"place": "Vesh", "admin": None}, "same place"),
        ({"place": None}, {"place": "Vesh"}, "unknown"),
        ({"longitude": 20.0, "latitude": 0.0}, {"longitude": 20.1, "latitude": 0.0}, "within 25 km"),
        ({"longitude": 20.0, "latitude": 0.0}, {"longitude": 22.0, "latitude": 0.0}, "apart"),
    ],
)
def test_places_are_compared_by_what_is_known_of_both(one, other, level):
    assert place_level(account("a", **one), account("b", **other)) == level


def test_coordinates_of_a_district_say_nothing_about_the_place_inside_it():
    point = account("a", admin="1", longitude=20.0, latitude=0.0)
    middle = account("b", place="Upper District", admin="1", place_precision="district", longitude=24.0, latitude=3.0)
    assert kilometers_between(point, middle) is None
    assert place_level(point, middle) == "same district"


def test_a_place_of_one_name_in_two_territories_is_two_places():
    assert place_level(account("a"), Account("b", "B", DAY, place="Vesh", territory="XSW")) == "apart"


def test_one_degree_on_the_equator_is_a_hundred_and_eleven_kilometers():
    one, other = account("a", longitude=20.0, latitude=0.0), account("b", longitude=21.0, latitude=0.0)
    assert kilometers_between(one, other) == pytest.approx(111.19, abs=0.01)


def test_a_month_covers_its_days_and_a_missing_date_is_unknown_and_not_the_same():
    month = account("a", day=dt.date(2031, 3, 1), precision="month")
    assert days_between(month, account("b", day=dt.date(2031, 3, 31))) == 0
    assert days_between(account("a", day=dt.date(2031, 3, 15), precision="month"), account("b", day=dt.date(2031, 3, 1))) == 0
    assert days_between(account("a", day=dt.date(2031, 3, 15), precision="year"), account("b", day=dt.date(2031, 12, 31))) == 0
    assert days_between(month, account("b", day=dt.date(2031, 4, 2))) == 2
    assert time_level(account("a", day=None), account("b")) == "unknown"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ((None, None, None), (1, 2, 3), "unknown"),
        ((4, 5, 6), (1, 5, 9), "equal"),
        ((4, None, 6), (5, 5, 5), "equal"),
        ((1, 2, 5), (5, 8, 9), "same"),
        ((10, 10, 10), (14, 14, 14), "close"),
        ((8, 8, 8), (2, 2, 2), "conflict"),
    ],
)
def test_harm_is_compared_by_ranges_and_tolerance(one, other, level):
    left, right = (account(i, low=h[0], best=h[1], high=h[2]) for i, h in (("a", one), ("b", other)))
    assert harm_level(left, right, 0.5, 2) == level


def test_conflicting_counts_are_kept_side_by_side():
    told = [account("a", best=300.0, actors=("Guard",)), account("b", "B", best=12.0, actors=("Guard",))]
    linked = link_events(told)
    (match,) = linked.matches
    assert linked.groups == (("a", "b"),)
    assert match.levels["harm"] == "conflict"
    assert match.conflict == ((300.0, 300.0, 300.0), (12.0, 12.0, 12.0))
    agreeing = link_events([told[0], dataclasses.replace(told[1], best=300.0)])
    assert agreeing.matches[0].probability > match.probability


def test_unknown_weighs_nothing_and_a_different_actor_weighs_against():
    known = account("a", actors=("Guard",), best=4.0)
    weights = [
        link_events([known, account("b", "B", actors=actors, best=4.0)]).matches[0].weight for actors in (("Front",), (), ("GUARD",))
    ]
    assert weights == sorted(weights)
    assert len(set(weights)) == 3


def test_of_two_accounts_in_one_dataset_the_better_one_is_taken():
    told = [account("a", best=9.0), account("b", "B", DAY + dt.timedelta(days=1), best=2.0), account("c", "B", best=9.0)]
    linked = link_events(told)
    assert linked.groups == (("a", "c"),)
    assert next(m for m in linked.matches if m.right == "b").rivals == 1


def test_a_dataset_is_compared_with_itself_only_when_asked():
    twice = [account("a", best=9.0, actors=("Guard",)), account("b", best=9.0, actors=("Guard",))]
    assert link_events(twice).groups == ()
    assert link_events(twice, Tolerances(one_to_one=False)).groups == (("a", "b"),)


def test_judgements_win_over_every_rule():
    told = [account("a"), account("b", "B"), account("c", "C", place="Sel")]
    assert link_events(told, judgements=[("b", "a", "negative")]).groups == ()
    assert link_events(told, judgements=[("c", "a", "positive"), ("a", "b", "negative")]).groups == (("a", "c"),)


def test_nothing_in_gives_nothing_out():
    linked = link_events([])
    assert (linked.matches, linked.groups, linked.pairs().num_rows, linked.clusters().num_rows) == ((), (), 0, 0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_accounts_of_the_invented_country_are_matched_as_they_were_told(seed):
    found, truth = selmora(seed)
    _, precision, recall, _ = measured(link_events(found), truth)
    assert precision >= 0.95
    assert recall >= 0.95
