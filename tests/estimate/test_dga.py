"""Graph averaging: the same numbers as R, the laws it keeps, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.conftest import independent_lists, read_table, reference
from tocsin.stages.estimate.capture import capture_table, from_mapping
from tocsin.stages.estimate.methods import dga
from tocsin.stages.estimate.methods.graphs import decomposable_graphs


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822), (6, 18154)])
def test_all_decomposable_graphs_are_found(lists, graphs):
    assert len(decomposable_graphs(lists).edges) == graphs


def test_coefficients_are_cliques_minus_separators():
    graphs = decomposable_graphs(3)
    path = next(i for i, e in enumerate(graphs.edges) if e == 0b101)  # edges 0-1 and 1-2: cliques {0,1} {1,2}, separator {1}
    assert {mask: c for mask, c in enumerate(graphs.coefficients[path]) if c} == {0b011: 1, 0b110: 1, 0b010: -1}


@pytest.mark.shared
def test_grid_to_30n_equals_the_r_package(shared):
    rows = reference(shared, "dga")
    assert len(rows) == 16
    for row in rows:
        delta = float(row["settings"].split("=")[1].split(" ")[0])
        found = dga.posterior(read_table(shared, row["table"]), delta, beyond_grid=False)
        where = (row["table"], delta)
        assert [found.quantile(q) for q in (0.5, 0.025, 0.975)] == [int(row["estimate"]), int(row["lo"]), int(row["hi"])], where
        assert found.mean_on_grid() == pytest.approx(float(row["mean"]), rel=1e-6), where
        weight = float(row["note"].split("saturated graph weight=")[1].split(";")[0])
        assert found.saturated == pytest.approx(weight, rel=1e-4 if weight > 1e-15 else 0.05), where


@pytest.mark.shared
def test_lists_that_do_not_say_where_the_total_ends_are_refused(shared):
    found = dga.estimate(read_table(shared, "artificial_3"))
    assert found.median is None
    assert "beyond 30 times" in found.refused


def test_six_lists_are_averaged_and_seven_refused():
    six = dga.estimate(independent_lists(3, 400, (0.3,) * 6))
    assert six.low <= 400 <= six.high
    seven = dga.estimate(independent_lists(3, 400, (0.3,) * 7))
    assert seven.median is None
    assert "too many decomposable graphs" in seven.refused


def test_pruned_sum_equals_the_whole_sum():
    table = independent_lists(5, 60, (0.4, 0.3, 0.3))
    found = dga.posterior(table, 0.125, beyond_grid=False)
    graphs = decomposable_graphs(3)
    weights = dga._Weights(table, 0.125, graphs, True)
    logs = weights._log_weights(slice(None), np.arange(found.grid + 1, dtype=float))
    whole = np.exp(logs - logs.max()).sum(axis=0)
    assert found.probabilities == pytest.approx(whole / whole.sum(), rel=1e-9, abs=1e-15)


def test_without_the_saturated_graph_its_weight_is_gone():
    table = from_mapping("ABC", {"100": 40, "010": 30, "001": 20, "110": 6})
    with_it, without = dga.posterior(table, 0.125), dga.posterior(table, 0.125, saturated=False)
    assert with_it.saturated > 0.2
    assert without.saturated == 0


cells = st.lists(st.integers(0, 30), min_size=7, max_size=7)


@settings(max_examples=40, deadline=None)
@given(cells, st.permutations(range(3)), st.permutations(range(7)))
def test_order_of_lists_and_rows_changes_nothing(counts, lists, rows):
    patterns = np.array([[int(c) for c in f"{i:03b}"] for i in range(1, 8)])
    names = ["A", "B", "C"]
    straight = dga.estimate(capture_table(names, patterns, np.array(counts)))
    shuffled_rows = patterns[list(rows)][:, list(lists)]
    shuffled = dga.estimate(capture_table([names[i] for i in lists], shuffled_rows, np.array(counts)[list(rows)]))
    assert (straight.median, straight.low, straight.high, straight.refused) == (
        shuffled.median,
        shuffled.low,
        shuffled.high,
        shuffled.refused,
    )


@settings(max_examples=40, deadline=None)
@given(cells)
def test_interval_is_ordered_and_never_below_the_documented(counts):
    patterns = np.array([[int(c) for c in f"{i:03b}"] for i in range(1, 8)])
    found = dga.estimate(capture_table("ABC", patterns, np.array(counts)))
    if found.refused is None:
        assert sum(counts) == found.documented <= found.low <= found.median <= found.high
        assert (np.diff(found.draws) >= 0).all()
    else:
        assert found.median is None
