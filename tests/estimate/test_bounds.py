"""Lower bounds and coverage against published and independent figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from tests.estimate.conftest import independent_lists, read_table
from tocsin.stages.estimate.capture import capture_table, from_mapping
from tocsin.stages.estimate.methods import chao, coverage, independence
from tocsin.stages.estimate.methods.poisson import fit_poisson


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


def copied_lists(seed: int, share: float):
    """Return four lists, the last of which takes over a share of the first."""
    rng = np.random.default_rng(seed)
    rows = rng.random((2000, 4)) < np.array([0.5, 0.45, 0.4, 0.4])
    rows[:, 3] |= rows[:, 0] & (rng.random(2000) < share)
    rows = rows[rows.any(axis=1)].astype(np.uint8)
    return capture_table("ABCD", rows, np.ones(len(rows), np.int64))


def test_coverage_of_more_than_three_lists_is_refused_where_they_depend_on_each_other():
    refused = [coverage.estimate(copied_lists(seed, 0.4), 1).refused for seed in range(5)]
    assert all(why is not None and "depend on each other" in why for why in refused)
    spoken = [coverage.estimate(copied_lists(seed, 0.0), 1) for seed in range(40)]
    assert sum(e.refused is not None for e in spoken) <= 6  # one in twenty is expected
    assert sum(e.low <= 2000 <= e.high for e in spoken if e.refused is None) >= 0.85 * 34


def test_three_lists_whose_overlaps_are_no_chance_are_told_what_the_correction_can_not_do():
    assert "the total is higher" in coverage.estimate(copied_lists(1, 0.5).without("B"), 1).notes[0]
    assert coverage.estimate(independent_lists(11, 1000, (0.7, 0.6, 0.65)), 1).notes == ()


def test_the_score_test_is_that_of_the_saturated_model_for_three_lists():
    """Of three lists the three effects of two lists leave nothing over: Pearson's chi-square of the independence model, 3 degrees."""
    table = from_mapping("ABC", {"111": 28, "110": 21, "101": 17, "100": 69, "011": 18, "010": 55, "001": 63})
    patterns = np.array([[(h >> j) & 1 for j in range(3)] for h in range(1, 8)], float)
    counts = table.dense()[1:].astype(float)
    means = fit_poisson(np.hstack([np.ones((7, 1)), patterns]), counts).means
    pearson = float(((counts - means) ** 2 / means).sum())
    assert independence.chance_if_independent(table) == pytest.approx(chi2.sf(pearson, 3), rel=1e-6)


def test_coverage_finds_the_total_of_independent_lists():
    found = coverage.estimate(independent_lists(11, 1000, (0.7, 0.6, 0.65)), 1)
    assert found.low <= 1000 <= found.high
