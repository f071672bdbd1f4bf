"""The draws against brute force over all partitions, and the laws they keep."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.stages.link.agreement import brier_skill, cluster, pairwise
from tocsin.stages.link.best import best_partition
from tocsin.stages.link.components import components
from tocsin.stages.link.kernels import exact_draw, stream
from tocsin.stages.link.moves import gibbs_scan, memory, split_merge, whole_weight
from tocsin.stages.link.temper import spread


def _problem(seed: int, k: int, fields: int = 3, lists: int = 2):
    numbers = np.random.default_rng(seed)
    w = numbers.normal(0.5, 2.5, (fields, k, k))
    w = np.triu(w, 1).transpose(0, 1, 2)
    w = w + w.transpose(0, 2, 1)
    known = numbers.random((fields, k)) < 0.8
    for f in range(fields):
        gone = ~known[f]
        w[f][gone, :] = 0.0
        w[f][:, gone] = 0.0
    files = numbers.integers(0, lists, k)
    prior = np.zeros((6, lists))
    prior[3] = 0.3
    prior[2] = np.log(0.3)
    prior[5, 0] = 1.5
    patterns = np.concatenate(([0.0], np.log(np.full((1 << lists) - 1, 1 / ((1 << lists) - 1)))))
    return np.exp(w), known, files, prior, patterns


def _partitions(k: int):
    def grow(prefix, used):
        if len(prefix) == k:
            yield tuple(prefix)
            return
        for label in range(used + 1):
            yield from grow([*prefix, label], max(used, label + 1))

    yield from grow([0], 1)


def _weight(label, w, known, files, judged, prior, patterns, temper):
    label = np.array(label)
    return sum(whole_weight(w, known, files, judged, prior, patterns, temper, np.flatnonzero(label == c)) for c in np.unique(label))


NOTHING = np.zeros((0, 3))


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_normaliser_equals_brute_force(seed):
    w, known, files, prior, patterns = _problem(seed, 5)
    values = np.array([_weight(p, w, known, files, NOTHING, prior, patterns, 0.9) for p in _partitions(5)])
    label = np.zeros(5, np.int64)
    z = exact_draw(w, known, files, NOTHING, prior, patterns, 0.9, stream(1, 1, 1), label)
    assert z == pytest.approx(np.logaddexp.reduce(values), abs=1e-9)


def test_exact_draws_come_as_often_as_they_should():
    w, known, files, prior, patterns = _problem(3, 4)
    names = list(_partitions(4))
    values = np.array([_weight(p, w, known, files, NOTHING, prior, patterns, 1.0) for p in names])
    share = np.exp(values - np.logaddexp.reduce(values))
    counts = dict.fromkeys(names, 0)
    label = np.zeros(4, np.int64)
    for sweep in range(4000):
        exact_draw(w, known, files, NOTHING, prior, patterns, 1.0, stream(7, sweep, 0), label)
        counts[_canonical(label)] += 1
    drawn = np.array([counts[n] for n in names]) / 4000
    assert np.abs(drawn - share).max() < 4 * 0.5 / np.sqrt(4000)


def _canonical(label):
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(int(v), len(seen)) for v in label)


@pytest.mark.parametrize("k", [5, 6])
def test_moves_reach_the_same_distribution_as_exact_draws(k):
    w, known, files, prior, patterns = _problem(k, k)
    names = list(_partitions(k))
    values = np.array([_weight(p, w, known, files, NOTHING, prior, patterns, 1.0) for p in names])
    share = np.exp(values - np.logaddexp.reduce(values))
    together = np.zeros((k, k))
    for p, s in zip(names, share, strict=True):
        together += s * (np.array(p)[:, None] == np.array(p)[None, :])
    label = np.arange(k)
    state = stream(5, 0, 0)
    pairs = np.array(list(itertools.combinations(range(k), 2)))
    seen, remembered = np.zeros((k, k)), memory(k, len(pairs))
    for sweep in range(6000):
        gibbs_scan(w, np.log(w).sum(axis=0), known, files, NOTHING, prior, patterns, 1.0, state, label, remembered)
        split_merge(w, known, files, NOTHING, prior, patterns, 1.0, state, label, pairs, sweep % len(pairs), remembered)
        seen += label[:, None] == label[None, :]
    assert np.abs(seen / 6000 - together).max() < 0.03


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_changes_no_draw(seed):
    k = 8
    w, known, files, prior, patterns = _problem(seed + 40, k)
    judged = np.array([[0.0, 1.0, 1000.0], [2.0, 3.0, -1000.0]])
    pairs = np.array(list(itertools.combinations(range(k), 2)))
    draws = []
    for keeps in (True, False):
        label, state, remembered = np.arange(k), stream(3, seed, 0), memory(k, len(pairs))
        for sweep in range(300):
            if not keeps:
                remembered = memory(k, len(pairs))
            gibbs_scan(w, np.log(w).sum(axis=0), known, files, judged, prior, patterns, 1.0, state, label, remembered)
            split_merge(w, known, files, judged, prior, patterns, 1.0, state, label, pairs, sweep % len(pairs), remembered)
            draws.append(_canonical(label))
    assert draws[:300] == draws[300:]
    assert len(set(draws)) > 10


def test_a_proposed_split_of_a_large_cluster_keeps_the_distribution():
    from tocsin.stages.link.moves import large_split

    k = 5
    w, known, files, prior, patterns = _problem(21, k)
    names = list(_partitions(k))
    values = np.array([_weight(p, w, known, files, NOTHING, prior, patterns, 1.0) for p in names])
    share = np.exp(values - np.logaddexp.reduce(values))
    together = sum(s * (np.array(p)[:, None] == np.array(p)[None, :]) for p, s in zip(names, share, strict=True))
    label = np.arange(k)
    state = stream(6, 0, 0)
    seen, remembered = np.zeros((k, k)), memory(k, 0)
    pairs = list(itertools.combinations(range(k), 2))
    for sweep in range(12000):
        i, j = pairs[sweep % len(pairs)]
        members = np.flatnonzero((label == label[i]) | (label == label[j]))
        free = (
            next(c for c in range(k) if c not in set(label.tolist())) if label[i] == label[j] and len(set(label.tolist())) < k else label[j]
        )
        large_split(w, known, files, NOTHING, prior, patterns, 1.0, state, label, i, j, members, free)
        gibbs_scan(w, np.log(w).sum(axis=0), known, files, NOTHING, prior, patterns, 1.0, state, label, remembered)
        seen += label[:, None] == label[None, :]
    assert np.abs(seen / 12000 - together).max() < 0.03


def test_judgements_outweigh_everything():
    w, known, files, prior, patterns = _problem(9, 6)
    judged = np.array([[0.0, 1.0, 1000.0], [2.0, 3.0, -1000.0]])
    label = np.zeros(6, np.int64)
    for sweep in range(50):
        exact_draw(w, known, files, judged, prior, patterns, 1.0, stream(2, sweep, 0), label)
        assert label[0] == label[1]
        assert label[2] != label[3]


def test_a_list_without_duplicates_never_holds_a_person_twice():
    w, known, files, prior, patterns = _problem(4, 6)
    prior[4, 0] = 1.0
    label = np.zeros(6, np.int64)
    for sweep in range(50):
        exact_draw(w * np.exp(5.0), known, files, NOTHING, prior, patterns, 1.0, stream(2, sweep, 0), label)
        first = label[files == 0]
        assert len(set(first.tolist())) == len(first)


def test_a_chain_of_weak_links_is_not_followed():
    gain = np.full((4, 4), -0.5)
    for i in range(3):
        gain[i, i + 1] = gain[i + 1, i] = 0.1
    label = np.zeros(4, np.int64)
    best_partition(gain, label)
    assert len(set(label.tolist())) >= 2


def test_a_component_that_is_too_large_is_cut_at_its_weakest_pairs():
    left = np.array([0, 1, 2, 3, 4])
    right = np.array([1, 2, 3, 4, 5])
    weight = np.array([9.0, 9.0, 0.5, 9.0, 9.0])
    nothing = (np.empty(0, np.int64), np.empty(0, np.int64))
    parts = components(6, left, right, weight, nothing, largest=3)
    assert parts.sizes.tolist() == [3, 3]
    again = components(6, left, right, np.full(6 - 1, 9.0), nothing, largest=3)
    assert again.cut == 1
    assert max(again.sizes) <= 3


def test_records_judged_the_same_stand_in_one_component_even_without_a_pair():
    empty = np.empty(0, np.int64)
    parts = components(4, empty, empty, np.empty(0), (np.array([1]), np.array([3])))
    assert parts.order.tolist() == [1, 3]


@given(st.lists(st.integers(0, 5), min_size=2, max_size=30), st.randoms())
@settings(max_examples=60, deadline=None)
def test_agreement_does_not_depend_on_names_or_order(truth, random):
    truth = np.array(truth)
    assert pairwise(truth, truth).f1 in (1.0, None)
    order = list(range(len(truth)))
    random.shuffle(order)
    other = np.roll(truth, 1)
    assert pairwise(other[order] * 7 + 3, truth[order]).as_dict() == pairwise(other, truth).as_dict()
    assert cluster(other[order], truth[order]).as_dict() == cluster(other, truth).as_dict()


def test_brier_skill_is_zero_for_the_base_rate_and_counts_missed_pairs():
    right = np.array([True, False, False, False])
    assert brier_skill(np.full(4, 0.25), right) == pytest.approx(0.0)
    assert brier_skill(np.array([1.0]), np.array([True]), dismissed=9) == 1.0
    assert brier_skill(np.array([1.0]), np.array([True]), dismissed=9, missed=1) == pytest.approx(1 - 0.1 / 0.16)
    assert brier_skill(np.empty(0), np.empty(0, bool)) is None


@given(st.dictionaries(st.floats(0.5, 1.1), st.floats(0.01, 1.0), min_size=1, max_size=8), st.integers(1, 60))
def test_draws_are_spread_whole_over_the_tempers(weights, draws):
    assert sum(count for _, count in spread(weights, draws)) == draws
