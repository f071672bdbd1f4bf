"""Scores of count forecasts: against an independent package, published numbers and laws."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tocsin.stages.forecast.evaluation.counts import crps_of_draws, tail_weighted_crps
from tocsin.stages.forecast.evaluation.ignorance import binned_ignorance
from tocsin.stages.forecast.evaluation.interval import interval_scores
from tocsin.stages.forecast.evaluation.pit import pit_histogram
from tocsin.stages.forecast.evaluation.units import score_units
from tocsin.stages.forecast.evaluation.upsample import upsample

counts = st.integers(0, 5000).map(float)
forecasts = arrays(np.float64, (3, 20), elements=counts)
observations = arrays(np.float64, (3,), elements=counts)


@given(forecasts, observations)
def test_crps_agrees_with_scoringrules(draws, observed):
    assert crps_of_draws(draws, observed) == pytest.approx(scoringrules.crps_ensemble(observed, draws, estimator="nrg"))


@given(forecasts, observations, st.sampled_from([25.0, 100.0]))
def test_tail_weighted_crps_agrees_with_scoringrules(draws, observed, threshold):
    theirs = scoringrules.twcrps_ensemble(observed, draws, a=threshold, estimator="nrg")
    assert tail_weighted_crps(np.sort(draws, axis=1), observed, threshold) == pytest.approx(theirs, abs=1e-9)


@given(forecasts, observations)
def test_interval_score_agrees_with_scoringrules(draws, observed):
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    ours = interval_scores(draws, observed)
    assert ours.score == pytest.approx(scoringrules.interval_score(observed, low, high, 0.1))
    assert (ours.covered == ((low <= observed) & (observed <= high))).all()


@given(forecasts, observations)
def test_scores_do_not_depend_on_the_order_of_draws(draws, observed):
    turned = draws[:, ::-1]
    assert score_units(draws, observed).means() == score_units(turned, observed).means()


@given(forecasts, observations)
def test_the_transform_of_counts_is_a_distribution(draws, observed):
    shares = pit_histogram(draws, observed)
    assert shares.sum() == pytest.approx(1) and (shares >= -1e-12).all()


@given(arrays(np.float64, (2, 12), elements=counts), observations)
def test_upsampling_keeps_values_and_their_shares(draws, observed):
    ordered = np.sort(draws, axis=1)
    more = upsample(ordered, 1000)
    assert more.shape == (2, 1000)
    for few, many in zip(ordered, more, strict=True):
        for value in np.unique(few):
            assert (many == value).mean() == pytest.approx((few == value).mean(), abs=0.0121)


def test_the_zero_forecast_has_the_mean_as_crps_and_twenty_times_it_as_interval_score():
    observed = np.array([0.0, 0.0, 3.0, 220.0])
    means = score_units(np.zeros((4, 1000)), observed).means()
    assert means["crps"] == observed.mean()
    assert means["interval_score"] == pytest.approx(20 * observed.mean())


@pytest.mark.parametrize(("seen", "same_bin", "other_bin"), [(1, 2, 3), (10, 6, 11), (1001, 1_000_000, 1000), (0, 0, 1)])
def test_ignorance_looks_at_the_bin_only(seen, same_bin, other_bin):
    def bits(value: int) -> float:
        return float(binned_ignorance(np.full((1, 1000), float(value)), np.array([float(seen)]))[0])

    assert bits(same_bin) == pytest.approx(-np.log2(1001 / 1011))
    assert bits(other_bin) == pytest.approx(-np.log2(1 / 1011))


def test_an_honest_forecast_has_a_flat_transform_and_covers_nine_in_ten():
    stream = np.random.default_rng(1)
    rate = stream.gamma(0.5, 100, size=(4000, 1))
    scores = score_units(stream.poisson(rate, size=(4000, 1000)), stream.poisson(rate[:, 0]).astype(float))
    assert np.abs(scores.pit - 0.1).max() < 0.02
    assert 0.88 < scores.means()["coverage90"] < 0.97  # whole numbers cover a little more than asked


def test_no_unit_has_no_mean():
    scores = score_units(np.zeros((2, 10)), np.zeros(2))
    assert scores.means(np.zeros(2, dtype=bool)) == {
        "crps": None,
        "ignorance": None,
        "interval_score": None,
        "coverage90": None,
        "twcrps25": None,
        "twcrps100": None,
        "units": 0,
    }


#: The last count of each bin of the challenge, and the first of the next (Hegre et al. 2025): 0, 1-2, 3-5, 6-10, 11-25, ...
BORDERS = [(0, 1), (2, 3), (5, 6), (10, 11), (25, 26), (50, 51), (100, 101), (250, 251), (500, 501), (1000, 1001)]


@pytest.mark.parametrize("number", range(len(BORDERS)))
def test_the_bins_are_those_of_the_challenge(number):
    last, following = BORDERS[number]
    first = BORDERS[number - 1][1] if number else 0
    drawn = np.full((1, 1000), float(last))
    sure, missed = -np.log2(1001 / 1011), -np.log2(1 / 1011)
    assert binned_ignorance(drawn, np.array([float(first)]))[0] == pytest.approx(sure)
    assert binned_ignorance(drawn, np.array([float(following)]))[0] == pytest.approx(missed)
    assert binned_ignorance(np.full((1, 1000), float(following)), np.array([float(last)]))[0] == pytest.approx(missed)
