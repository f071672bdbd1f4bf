"""Models of monthly counts: what each says, and that none looks past its origin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.count_models import COUNT_MODELS, CountHistory, history_from_rows
from tocsin.stages.forecast.count_models.levels import LEVELS, read_off
from tocsin.stages.forecast.count_models.recency import recent_history
from tocsin.stages.forecast.count_models.weights import Evidence, simplex_weights
from tocsin.stages.forecast.evaluation.units import score_units

ROWS = np.array([0, 1, 2])


def invented(places: int = 12, months: int = 150, seed: int = 3) -> CountHistory:
    """Return counts of places that were always quiet, that were quiet until late, and that see much violence."""
    stream = np.random.default_rng(seed)
    rate = np.repeat([0.0, 0.2, 5.0, 60.0], places // 4)[:, None] * stream.gamma(1.0, 1.0, (places, months))
    values = stream.poisson(rate).astype(float)
    values[1, : months - 5] = 0.0
    return CountHistory(np.arange(109, 109 + months), np.arange(1, places + 1), values)


@pytest.mark.parametrize("name", COUNT_MODELS)
def test_every_model_gives_whole_counts_in_ascending_order(name):
    draws = COUNT_MODELS[name](invented())(ROWS, [1, 3, 20, 36], 50)
    assert draws.shape == (3, 4, 50) and draws.dtype == np.int32
    assert (draws >= 0).all() and (np.diff(draws, axis=2) >= 0).all()


@pytest.mark.parametrize("name", COUNT_MODELS)
def test_what_comes_after_the_origin_changes_nothing(name):
    history = invented()
    spoiled = CountHistory(history.months, history.places, history.values.copy())
    spoiled.values[:, -30:] = 9999.0
    origin = history.origin - 30
    before, after = (COUNT_MODELS[name](h.until(origin))(ROWS, [1, 12], 200) for h in (history, spoiled))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("name", COUNT_MODELS)
def test_a_forecast_of_one_place_does_not_depend_on_which_others_are_asked_for(name):
    sampler = COUNT_MODELS[name](invented())
    assert (sampler(np.array([7]), [3, 14], 100)[0] == sampler(np.arange(12), [3, 14], 100)[7]).all()


def test_conflictology_repeats_the_last_twelve_months():
    history = CountHistory(np.arange(1, 15), np.array([4]), np.arange(14.0)[None])
    assert COUNT_MODELS["conflictology_12"](history)(np.array([0]), [1], 12)[0, 0].tolist() == list(range(2, 14))


def test_unknown_months_are_left_out_and_not_taken_for_zero():
    values = np.array([[np.nan, np.nan, np.nan, 6.0, 8.0]])
    history = CountHistory(np.arange(1, 6), np.array([4]), values)
    assert set(COUNT_MODELS["conflictology_12"](history)(np.array([0]), [1], 10).ravel()) == {6, 8}
    assert COUNT_MODELS["nb_moments"](history)(np.array([0]), [1], 1000).mean() == pytest.approx(7, abs=0.2)


def test_a_place_whose_last_month_is_unknown_is_not_forecast():
    history = CountHistory(np.arange(1, 3), np.array([4, 9]), np.array([[1.0, np.nan], [0.0, 2.0]]))
    assert history.known().tolist() == [1]


@pytest.mark.parametrize("name", COUNT_MODELS)
def test_a_country_that_split_off_lately_is_forecast_from_the_months_it_has(name):
    history = invented()
    history.values[8, :-3] = np.nan
    history.values[8, -3:] = 40.0
    gone = CountHistory(history.months, history.places, history.values.copy())
    gone.values[4, -1] = np.nan
    draws = COUNT_MODELS[name](gone)(gone.known(), [1, 12], 100)
    assert 4 not in gone.known() and len(draws) == 11
    if name != "exactly_zero":
        assert draws[7].mean() > 5


def test_negative_binomial_draws_have_the_moments_of_the_last_year():
    values = np.array([[0, 2, 4, 30, 1, 0, 0, 12, 5, 7, 9, 2]], dtype=float)
    draws = COUNT_MODELS["nb_moments"](CountHistory(np.arange(1, 13), np.array([1]), values))(np.array([0]), [1], 100_000)
    assert draws.mean() == pytest.approx(values.mean(), rel=0.01)
    assert draws.var() == pytest.approx(values.var(ddof=1), rel=0.03)


@pytest.mark.parametrize(
    ("months", "counts", "said"),
    [([5, 5], [1, 2], "twice"), ([5, 6], [1, -2], "negative"), ([5, 6], [1, np.nan], "not finite"), ([], [], "no counts")],
)
def test_counts_that_cannot_be_are_refused(months, counts, said):
    with pytest.raises(BadInput, match=said):
        history_from_rows(np.array(months, dtype=int), np.ones(len(months), dtype=int), np.array(counts, dtype=float))


def test_an_origin_outside_of_the_history_is_refused():
    with pytest.raises(BadInput, match="not in the data"):
        invented().until(20)


@given(st.lists(st.floats(0, 5), min_size=len(LEVELS), max_size=len(LEVELS)).filter(lambda x: sum(x) > 0.1))
@settings(max_examples=50)
def test_draws_read_off_a_distribution_have_its_shares(weights):
    cumulative = np.cumsum(weights) / np.sum(weights)
    draws = read_off(cumulative[None], 500)[0]
    share = (draws[:, None] <= LEVELS).mean(axis=0)
    assert np.abs(share - cumulative).max() < 0.002


def test_newer_months_weigh_more_by_half_lives():
    values = np.array([[100.0, 0.0]])
    distribution = recent_history(values, half_life=1.0, spread=0.0)
    assert distribution[0, 0] == pytest.approx(2 / 3)


def test_weights_go_to_the_part_that_was_right():
    right, wrong = np.full(40, 0.9), np.full(40, 0.2)
    evidence = Evidence(np.array([[0.1, 0.3], [0.3, 5.0]]), np.stack([right, wrong]), np.full(40, 1 / 40))
    weights = simplex_weights([evidence], 2)
    assert weights.sum() == pytest.approx(1) and (weights >= 0).all()
    assert weights[0] > 0.95


def test_the_mixture_beats_the_last_twelve_months_where_violence_is_over_dispersed():
    stream = np.random.default_rng(11)
    values = stream.poisson(stream.gamma(0.4, 30, (40, 1)) * stream.gamma(0.5, 2.0, (40, 192))).astype(float)
    history = CountHistory(np.arange(109, 301), np.arange(40), values)
    past = history.until(288)
    score = {
        name: score_units(
            COUNT_MODELS[name](past)(np.arange(40), list(range(1, 13)), 1000).reshape(-1, 1000), values[:, -12:].ravel()
        ).means()
        for name in ("conflictology_12", "count_mixture")
    }
    assert score["count_mixture"]["crps"] < score["conflictology_12"]["crps"]
    assert score["count_mixture"]["ignorance"] < score["conflictology_12"]["ignorance"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", [np.zeros((3, 70)), np.ones((1, 61)) * 4, np.eye(3, 64) * 9, np.full((2, 90), 1e6)])
def test_the_mixture_takes_histories_with_little_in_them(values):
    history = CountHistory(np.arange(300, 300 + values.shape[1]), np.arange(len(values)), values)
    draws = COUNT_MODELS["count_mixture"](history)(history.known(), [1, 14, 36], 60)
    assert draws.shape == (len(values), 3, 60) and (draws >= 0).all()
    if values.max() == 0:
        assert draws.mean() < 0.1


@pytest.mark.parametrize("name", COUNT_MODELS)
def test_the_order_of_places_changes_nothing(name):
    history = invented()
    turned = CountHistory(history.months, history.places, history.values[::-1].copy())
    first, second = (COUNT_MODELS[name](h)(np.arange(12), [2, 12], 100) for h in (history, turned))
    assert np.abs(first.astype(float) - second[::-1]).max() <= 1  # sums in another order may round a draw differently


def test_an_origin_after_the_data_is_told_in_calendar_months():
    with pytest.raises(BadInput, match="not in the data") as error:
        invented().until(838)
    assert "1989-01 to 2001-06" in error.value.expected and "838" in error.value.got
