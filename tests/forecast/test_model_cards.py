"""What the model cards and the summaries of fitted models promise."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

from tocsin.stages.forecast import MODELS, TARGETS, build_panel, rolling
from tocsin.stages.forecast.count_cards import count_cards, count_markdown
from tocsin.stages.forecast.count_models import COUNT_MODELS
from tocsin.stages.forecast.features import FEATURES, features_at
from tocsin.stages.forecast.methods import Training
from tocsin.stages.forecast.model_cards import as_markdown, cards, common
from tocsin.stages.forecast.summaries import summary


def figures() -> list[dict]:
    draws = np.random.default_rng(9)
    rows = []
    for number in range(14):
        for year in range(1996, 2016):
            for kind in ("deaths_one_sided", "deaths_state_based", "deaths_non_state"):
                value = float(draws.negative_binomial(0.4, 0.4 / (0.4 + 20 * (number % 4) ** 2 + 1)))
                rows.append({"id": f"fig-{number}-{year}-{kind}", "indicator": kind, "territory": f"Z{chr(65 + number)}A", "value": value})
                rows[-1] |= {"period_to": dt.date(year, 12, 31), "available_at": dt.date(year + 1, 6, 30), "item": "a", "invented": False}
    return rows


@pytest.fixture(scope="module")
def found() -> dict:
    panel = build_panel(figures(), dt.date(2016, 7, 1))
    rounds = rolling(panel, TARGETS[0], 1)
    return {"panel": panel, "last": rounds[-1], "summary": summary(panel, TARGETS[0], rounds[-1], "logit", 1)}


def test_every_model_has_a_card_and_the_page_names_it():
    page = as_markdown()
    assert {card.name for card in cards()} == {*MODELS, "stack"}
    assert all(f"## `{card.name}`" in page and card.what and card.detail for card in cards())
    assert all(f"- {name}" in page for name in FEATURES) and len(common().limits) == 4


def test_a_forecast_of_the_logit_can_be_made_from_its_summary_by_hand(found):
    one = found["summary"]
    logit = one["models"]["logit"]
    inputs = features_at(found["panel"], found["panel"].years[-1])[found["last"].rows]
    odds = np.full(len(inputs), logit["intercept"])
    for column, about in enumerate(one["inputs"]):
        value = np.where(np.isnan(inputs[:, column]), about["median"], inputs[:, column])
        odds += logit["coefficients"][about["input"]] * (value - about["mean"]) / about["spread"]
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(found["last"].probabilities["logit"], abs=1e-3)


def test_a_summary_is_plain_json_and_counts_what_was_learned_from(found):
    one = json.loads(json.dumps(found["summary"]))
    assert set(one["models"]) == set(MODELS) and sum(one["stack_weights"].values()) == pytest.approx(1, abs=1e-3)
    assert one["training"]["rows"] == 14 * 19 and 0 < one["training"]["events"] < one["training"]["rows"]
    assert one["models"]["climatology"]["importance"] == {}
    assert one["models"]["climatology"]["rate"] == pytest.approx(
        Training(
            np.empty((14 * 19, 0)), np.array([1.0] * one["training"]["events"] + [0.0] * (14 * 19 - one["training"]["events"])), 25, 1, 1
        ).rate,
        abs=1e-5,
    )


def test_the_page_of_count_models_names_each_with_its_settings():
    page = count_markdown()
    assert all(f"## `{card.name}`" in page for card in count_cards())
    assert "where fewer than 20 places ever had a death" in page and "A cause:" in page


def test_every_count_model_has_a_card_with_limits():
    assert [card.name for card in count_cards()] == [*COUNT_MODELS, "escalation"]
    assert all(card.what and card.detail for card in count_cards())
    assert not {card.name for card in count_cards() if card.baseline} & {"count_mixture", "escalation"}
