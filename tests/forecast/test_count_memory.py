"""What is remembered of earlier origins saves work and changes nothing; other counts are never taken for the same."""

from __future__ import annotations

import numpy as np

from tocsin.stages.forecast.count_models import CountHistory, Memory
from tocsin.stages.forecast.count_models import mixture as mixtures
from tocsin.stages.forecast.count_models.mixture import count_mixture

ROWS, STEPS = np.arange(30), [1, 3, 12, 24]


def invented(seed: int = 3) -> CountHistory:
    stream = np.random.default_rng(seed)
    values = stream.poisson(stream.gamma(0.3, 6, (30, 1)) * stream.gamma(0.4, 2.5, (30, 110))).astype(float)
    return CountHistory(np.arange(121, 231), np.arange(30), values)


def test_forecasts_that_share_a_memory_are_the_same_as_those_made_alone(monkeypatch):
    history, memory = invented(), Memory()
    looked = []
    look = mixtures._look_back
    monkeypatch.setattr(mixtures, "_look_back", lambda *given: looked.append(given[1:]) or look(*given))
    alone = [count_mixture(history.until(origin))(ROWS, STEPS, 50) for origin in (206, 218, 230)]
    without = len(looked)
    shared = [count_mixture(history.until(origin), memory)(ROWS, STEPS, 50) for origin in (206, 218, 230)]
    for one, other in zip(alone, shared, strict=True):
        np.testing.assert_array_equal(one, other)
    assert len(looked) - without < without


def test_a_memory_does_not_mix_up_histories():
    memory = Memory()
    for seed in (3, 4):
        history = invented(seed)
        np.testing.assert_array_equal(count_mixture(history, memory)(ROWS, STEPS, 50), count_mixture(history)(ROWS, STEPS, 50))


def test_an_unknown_month_is_another_history_than_a_month_without_deaths():
    history, memory = invented(), Memory()
    count_mixture(history, memory)(ROWS, STEPS, 50)
    values = history.values.copy()
    values[:6, 70:80] = np.nan
    gaps = CountHistory(history.months, history.places, values)
    np.testing.assert_array_equal(count_mixture(gaps, memory)(ROWS, STEPS, 50), count_mixture(gaps)(ROWS, STEPS, 50))
