"""Lower bounds and coverage against published and independent figures."""

from __future__ import annotations

import pytest

from tests.estimate.conftest import independent_lists, read_table
from tocsin.stages.estimate.capture import from_mapping
from tocsin.stages.estimate.methods import chao, coverage


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "bound", "error"), [("kosovo", 8591, 214), ("uk_2013", 12299, 687), ("western_us", 2201, 456), ("hiv_rome", 11701, 1031)]
)
def test_bound_with_a_rate_for_each_list_equals_rcapture(shared, name, bound, error):
    table = read_table(shared, name)
    fitted = chao._fit(table)
    found = chao.unequal_rates(table)
    assert round(found.median) == bound
    unseen = found.median - table.documented
    assert round((unseen + unseen**2 * fitted.covariance[0, 0]) ** 0.5) == error
    assert table.documented < found.low < found.median < found.high


def test_bound_is_labelled_as_a_bound(four_lists):
    assert all("at least" in found.notes[0] for found in chao.bounds(four_lists))


def test_bound_equals_documented_where_all_are_seen_twice():
    table = from_mapping("ABC", {"110": 10, "101": 12, "011": 9, "111": 5})
    assert chao.equal_rates(table, occasions=False).median == table.documented


def test_hepatitis_lists_overlap_too_little_for_coverage():
    hepatitis = from_mapping("PQE", {"111": 28, "110": 21, "101": 17, "100": 69, "011": 18, "010": 55, "001": 63})
    found = coverage.estimate(hepatitis, 1)
    assert found.median is None
    assert "51%" in found.refused  # the published coverage


def test_coverage_finds_the_total_of_independent_lists():
    found = coverage.estimate(independent_lists(11, 1000, (0.7, 0.6, 0.65)), 1)
    assert found.low <= 1000 <= found.high
