"""Log-linear models: published points, existence, identifiability."""

from __future__ import annotations

import numpy as np
import pytest

from tests.estimate.conftest import independent_lists, read_table, reference
from tocsin.stages.estimate.methods import design, loglinear


@pytest.mark.shared
@pytest.mark.parametrize(("name", "published"), [("new_orleans", 1184), ("western_us", 2483), ("new_orleans_5", 1034)])
def test_stepwise_returns_the_published_totals(shared, name, published):
    assert round(loglinear.estimates(read_table(shared, name), 1, resamples=0)[0].median) == published


@pytest.mark.shared
def test_stepwise_equals_the_r_package_wherever_it_has_a_result(shared):
    rows = [row for row in reference(shared, "SparseMSE") if row["estimate"]]
    assert len(rows) == 11
    for row in rows:
        found = loglinear.estimates(read_table(shared, row["table"]), 1, resamples=0)[0]
        assert found.median == pytest.approx(float(row["estimate"]), rel=1e-6), row["table"]
        low, high = found.details["interval_of_the_mean"]  # R leaves out that the number missed is itself chance
        assert low == pytest.approx(float(row["lo"]), rel=1e-4), row["table"]
        assert high == pytest.approx(float(row["hi"]), rel=1e-4), row["table"]
        assert found.low < low < high < found.high


@pytest.mark.shared
@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([], None),
        ([("A", "C")], None),
        ([("B", "C")], None),
        ([("A", "C"), ("B", "C")], None),
        ([("A", "B")], "No maximum-likelihood estimate"),
        ([("A", "B"), ("A", "C")], "No maximum-likelihood estimate"),
        ([("A", "B"), ("A", "C"), ("B", "C")], "not identified"),
    ],
)
def test_models_of_the_artificial_table_are_fitted_or_refused(shared, pairs, reason):
    found = loglinear.with_pairs(read_table(shared, "artificial_3"), pairs)
    if reason is None:
        assert found.low < found.median < found.high
    else:
        assert found.median is None
        assert reason in found.refused


def test_all_pairs_of_three_full_lists_have_the_closed_form():
    table = independent_lists(3, 2000, (0.5, 0.4, 0.3))
    cells = table.dense()
    unseen = cells[0b111] * cells[0b001] * cells[0b010] * cells[0b100] / (cells[0b011] * cells[0b101] * cells[0b110])
    found = loglinear.with_pairs(table, [("A", "B"), ("A", "C"), ("B", "C")])
    assert found.median == pytest.approx(table.documented + unseen, rel=1e-8)


def test_an_effect_of_lists_that_share_nobody_is_minus_infinity():
    cells = design.cells_of(np.array([0, 40, 30, 0, 20, 9, 8, 0]), 3)  # A and B never overlap
    found = design.fit_model(cells, [(0, 1)], "ABC")
    assert found.expected[0b011 - 1] == found.expected[0b111 - 1] == 0
    assert found.unseen == pytest.approx(70 * 20 / 17)  # two lists apart act as one: Lincoln and Petersen


def test_the_same_seed_gives_the_same_interval():
    table = independent_lists(8, 800)
    first, second = (loglinear.estimates(table, 5, resamples=60)[0] for _ in range(2))
    assert (first.low, first.high) == (second.low, second.high)
    assert 800 > table.documented <= first.low < first.median < first.high
