"""What a user sees of linking: the same answer whatever the order or the threads, judgements obeyed, bad lists refused."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.model.errors import BadInput
from tocsin.model.tables import check
from tocsin.stages import link
from tocsin.storage import connect

OPTIONS = link.Options(draws=6, seed=5, threads=2)


def _link(source: pa.Table, judgements=(), options=OPTIONS, never=("entity",), threads=2):
    return link.link_persons(source, link.recognise(source.column_names, never=list(never)), connect(threads), options, judgements)


@pytest.fixture(scope="module")
def linked(lists):
    return _link(lists)


def _groups(linked, draw=0):
    """Return the clusters of a draw as sets of record ids."""
    groups: dict[int, set[str]] = {}
    for name, label in zip(linked.persons.record_ids, linked.clusterings[draw].tolist(), strict=True):
        groups.setdefault(label, set()).add(name)
    return {frozenset(group) for group in groups.values()}


def test_invented_lists_are_linked_well_and_probabilities_tell_something(lists, linked):
    found = link.evaluate(linked, lists.column("entity").to_pylist())
    # Measured 0.98 and 0.95; the floors leave room for another seed, not for another method.
    assert found.pairwise.f1 > 0.93
    assert found.brier_skill > 0.8
    assert found.block_recall == 1.0


def test_every_draw_is_a_partition_named_by_a_record_in_it(linked):
    count = len(linked.persons.record_ids)
    for labels in linked.clusterings:
        assert labels.shape == (count,)
        assert (labels[labels] == labels).all()
        assert (labels <= np.arange(count)).all()


def test_the_answer_does_not_depend_on_the_order_of_rows(lists, linked):
    order = np.random.default_rng(1).permutation(lists.num_rows)
    other = _link(lists.take(pa.array(order)))
    assert other.persons.record_ids == linked.persons.record_ids
    assert (other.clusterings == linked.clusterings).all()
    assert (other.pair_probability == linked.pair_probability).all()


def test_the_answer_does_not_depend_on_the_number_of_threads(lists, linked):
    other = _link(lists, options=link.Options(draws=6, seed=5, threads=1), threads=1)
    assert (other.clusterings == linked.clusterings).all()


def test_comparison_is_symmetric(lists, linked):
    """Renaming the records so that left becomes right changes no level and no weight."""
    ids = lists.column("unique_id").to_pylist()
    back = {name: f"z{len(ids) - place:05d}" for place, name in enumerate(linked.persons.record_ids)}
    renamed = lists.set_column(0, "unique_id", pa.array([back[name] for name in ids]))
    renamed = renamed.set_column(renamed.column_names.index("list"), "list", pa.array(["one"] * len(ids)))
    plain = lists.set_column(lists.column_names.index("list"), "list", pa.array(["one"] * len(ids)))
    one, two = _link(plain), _link(renamed)
    weights = [
        {frozenset((names[a], names[b])): w for a, b, w in zip(p.left.tolist(), p.right.tolist(), weight.tolist(), strict=True)}
        for p, weight, names in (
            (one.scored.pairs, one.scored.weight, [back[n] for n in one.persons.record_ids]),
            (two.scored.pairs, two.scored.weight, list(two.persons.record_ids)),
        )
    ]
    assert weights[0].keys() == weights[1].keys()
    assert all(abs(weights[0][pair] - weights[1][pair]) < 1e-4 for pair in weights[0])


def test_judgements_always_win(lists, linked):
    groups = sorted(sorted(g) for g in _groups(linked) if len(g) > 1)
    apart = (groups[0][0], groups[0][1], "negative")
    strangers = (groups[1][0], groups[2][0], "positive")
    judged = _link(lists, [apart, strangers])
    for draw in range(len(judged.clusterings)):
        label = dict(zip(judged.persons.record_ids, judged.clusterings[draw].tolist(), strict=True))
        assert label[apart[0]] != label[apart[1]]
        assert label[strangers[0]] == label[strangers[1]]
    table = link.pairs_file(judged).to_pylist()
    said = {(row["id_l"], row["id_r"]): row for row in table if row["judgement"]}
    assert {row["judgement"] for row in said.values()} == {"positive", "negative"}
    assert {row["probability"] for row in said.values()} == {0.0, 1.0}


def test_unsure_pairs_are_not_merged_and_decide_nothing(lists, linked):
    groups = sorted(sorted(g) for g in _groups(linked))
    unsure = _link(lists, [(groups[0][0], groups[1][0], "unsure")])
    assert (unsure.clusterings == linked.clusterings).all()
    assert unsure.skipped["judgements that say unsure, which decide nothing"] == 1


def test_judgements_that_contradict_each_other_are_refused(lists):
    a, b, c = lists.column("unique_id").to_pylist()[:3]
    with pytest.raises(BadInput, match="contradict"):
        _link(lists, [(a, b, "positive"), (b, c, "positive"), (a, c, "negative")])


def test_judged_pairs_set_the_temper(lists, linked):
    truth = dict(zip(lists.column("unique_id").to_pylist(), lists.column("entity").to_pylist(), strict=True))
    ids = linked.persons.record_ids
    pairs = linked.scored.pairs
    chosen = np.random.default_rng(3).choice(len(pairs), min(60, len(pairs)), replace=False)
    judgements = []
    for at in chosen:
        left, right = ids[pairs.left[at]], ids[pairs.right[at]]
        judgements.append((left, right, "positive" if truth[left] == truth[right] else "negative"))
    judged = _link(lists, judgements)
    before = link.evaluate(linked, lists.column("entity").to_pylist())
    after = link.evaluate(judged, lists.column("entity").to_pylist())
    assert after.brier_skill >= before.brier_skill - 0.01


def test_a_list_declared_free_of_duplicates_holds_nobody_twice(lists):
    options = link.Options(draws=6, seed=5, threads=2, duplicate_free=frozenset({"list_1"}))
    linked = _link(lists, options=options)
    mine = np.array([name == "list_1" for name in linked.persons.lists])
    for labels in linked.clusterings:
        assert len(set(labels[mine].tolist())) == mine.sum()


def test_tables_keep_the_contract_and_reasons_are_json(linked):
    pairs, clusters = link.pairs_table(linked), link.clusters_table(linked)
    check("pairs", pairs)
    check("clusters", clusters)
    assert clusters.num_rows == len(linked.persons.record_ids) * len(linked.clusterings)
    said = json.loads(pairs.column("comparisons")[0].as_py())
    assert {"field", "level", "weight"} == set(said[0])


def test_ten_thousand_people_with_one_name_are_not_merged():
    days = [f"{1950 + i % 60}-{1 + i % 12:02d}-{1 + i % 28:02d}" for i in range(10_000)]
    source = pa.table({"id": [str(i) for i in range(10_000)], "given": ["Ali"] * 10_000, "family": ["Hasan"] * 10_000, "dob": days})
    linked = _link(source)
    assert len(set(linked.clusterings[0].tolist())) > 5_000


def test_one_name_and_nothing_else_is_never_a_sure_answer():
    source = pa.table({"id": [str(i) for i in range(2_000)], "given": ["Ali"] * 2_000, "family": ["Hasan"] * 2_000})
    try:
        linked = _link(source)
    except BadInput as refusal:
        assert "blocking" in refusal.what or "tell persons apart" in refusal.what
    else:
        assert linked.pair_probability.max(initial=0.0) < 0.5


def test_a_handful_of_records_says_that_it_is_too_few():
    rows = {"id": ["1", "2", "3"], "given": ["Ana", "Ana", "Bela"], "family": ["Qarmul", "Qarmul", "Zar"], "died": ["2025-01-01"] * 3}
    source = pa.table(rows)
    linked = link.link_persons(source, {"record": "id", "given": "given", "family": "family", "died": "died"}, connect(1), link.Options())
    assert any("too few" in note for note in linked.notes)


def test_identical_records_in_masses_are_cut_and_not_chained():
    source = pa.table(
        {"id": [str(i) for i in range(1_000)], "given": ["Ali"] * 500 + [f"N{i}" for i in range(500)], "born": ["1980-01-01"] * 1_000}
    )
    linked = link.link_persons(source, {"record": "id", "given": "given", "born": "born"}, connect(2), OPTIONS)
    assert len(linked.clusterings[0]) == 1_000


VALUES = st.one_of(st.none(), st.sampled_from(["Ali", "علي", "Ana María", "x", "?", "1234", "2012-02-31", "Йван", "é" * 40]))


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=0, max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_small_list_is_linked_or_refused_with_a_reason(rows):
    source = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(("given", "family", "dob"))})
    try:
        linked = _link(source)
    except BadInput as refusal:
        assert refusal.what
    else:
        assert linked.clusterings.shape[1] == len(rows)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "truth", "floor"),
    # Measured 0.992, 0.969, 1.0, 0.999; RLdata500 holds three pairs that share almost nothing.
    [
        ("fake_1000.csv", "cluster", 0.98),
        ("RLdata500.csv", "identity", 0.95),
        ("febrl1.csv.gz", "febrl", 0.995),
        ("febrl2.csv.gz", "febrl", 0.995),
    ],
)
def test_labelled_sets_are_linked_well(shared, file, truth, floor):
    from tocsin.flow.link_files import Request, link_files

    answer = link_files(Request([shared / "data/record-linkage" / file], truth=truth, draws=12))
    said = answer.as_dict()
    assert said["pairwise"]["f1"] > floor
    assert said["brier_skill"] > 0.8
    assert said["block_recall"] > 0.99
