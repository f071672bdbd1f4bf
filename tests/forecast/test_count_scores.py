"""The scorecard of monthly counts: nothing later than October is seen, every model meets every baseline, bad years stay."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tocsin.flow.read.scorecard import MONTHLY
from tocsin.flow.read.scorecard_counts import BASELINES, METRICS, MODELS, ONLY, count_cards, years_against
from tocsin.model import tables
from tocsin.model.months import month_of
from tocsin.stages.forecast import count_scores as scores
from tocsin.stages.forecast.count_models import COUNT_MODELS, CountHistory
from tocsin.stages.forecast.count_models.mixture import NEEDED

PLACES, MONTHS = 12, 12 * 8
QUESTION = scores.CountQuestion("ucdp_ged", "one_sided", ("set-1",), 3, invented=True)


@pytest.fixture(scope="module")
def history() -> CountHistory:
    """Return eight invented years of twelve places, half of them calm, that end in December 2019."""
    stream = np.random.default_rng(4)
    values = stream.poisson(stream.gamma(0.5, 8, (PLACES, MONTHS))).astype(float)
    values[PLACES // 2 :] = 0
    first = month_of(2012, 1)
    return CountHistory(np.arange(first, first + MONTHS), np.arange(PLACES), values)


@pytest.fixture(scope="module")
def rows(history) -> list[dict]:
    return scores.count_scores(history, QUESTION)


class Run:
    """Stands in for a published run that holds the scores."""

    def __init__(self, rows: list[dict]) -> None:
        self.rows = tables.from_rows("scores", rows).to_pylist()

    def select(self, name: str) -> list[dict]:
        return self.rows

    def once(self, key: object, build):
        return build()


def test_the_years_scored_are_whole_and_have_enough_months_before(history):
    years = [1980 + end // 12 for end in scores.scored_years(history)]
    assert years == [2018, 2019]  # 60 months end with 2016, but October 2016 is the fifty-eighth
    short = CountHistory(history.months[:NEEDED], history.places, history.values[:, :NEEDED])
    assert scores.count_scores(short, QUESTION) == []
    cut = history.until(history.origin - 1)
    assert [1980 + end // 12 for end in scores.scored_years(cut)] == [2018]  # a year without its December is not scored


def test_every_model_stands_against_every_baseline_in_every_year_and_on_affected_places_alone(rows):
    (card,) = count_cards(Run(rows))
    assert card.invented and len(card.years) == 2 and set(card.together.models) == set(MODELS) == set(COUNT_MODELS)
    for window in (*card.years, card.together):
        for model, found in window.models.items():
            for end in ("", ONLY):
                assert {metric + end for metric in METRICS} <= set(found)
                assert {f"crps_gain{end}:{baseline}" for baseline in BASELINES if baseline != model} <= set(found)
    own = card.together.models["count_mixture"]
    assert own["crps"].rows == 2 * 12 * PLACES and own["crps_affected"].rows == PLACES * 12
    assert own["crps_affected"].value == pytest.approx(2 * own["crps"].value, rel=0.2)  # calm places add almost nothing
    assert own["crps_gain:exactly_zero"].low <= own["crps_gain:exactly_zero"].value <= own["crps_gain:exactly_zero"].high


def test_a_gain_is_the_difference_of_the_two_scores_and_the_ratio_their_mean_over_years(rows):
    (card,) = count_cards(Run(rows))
    gains = []
    for year in card.years:
        ours, theirs = (year.models[m]["crps"].value for m in ("count_mixture", "exactly_zero"))
        assert year.models["count_mixture"]["crps_gain:exactly_zero"].value == pytest.approx(theirs - ours)
        gains.append(ours / theirs)
    found = years_against(card, "count_mixture", "exactly_zero")
    assert found.ratio == pytest.approx(np.exp(np.log(gains).mean())) and found.years == 2
    assert found.worst is card.years[int(np.argmax(gains))]


def test_the_transform_sums_to_one(rows):
    (card,) = count_cards(Run(rows))
    for shares in (card.pit, card.pit_affected):
        assert set(shares) == set(MODELS) and all(sum(parts) == pytest.approx(1) and len(parts) == 10 for parts in shares.values())
    assert card.pit["exactly_zero"][9] < card.pit_affected["exactly_zero"][9]  # what calm places hide


def test_nothing_after_october_moves_a_forecast(history):
    later = history.values.copy()
    later[:, -14:-12] = 900  # November and December 2018: after the data of both forecasts of 2019 are cut
    changed = scores.count_scores(CountHistory(history.months, history.places, later), QUESTION)
    plain = scores.count_scores(history, QUESTION)

    def of_2019(found: list[dict]) -> list[tuple]:
        return [(r["id"], r["value"], r["low"], r["high"]) for r in found if json.loads(r["parameters"]).get("origin") == "2018-10-31"]

    assert of_2019(plain) == of_2019(changed) != []


def test_few_places_give_no_interval(history):
    few = CountHistory(history.months, history.places[:3], history.values[:3])
    found = [row for row in scores.count_scores(few, QUESTION) if row["metric"] == "crps"]
    assert found and all(row["low"] is None and row["high"] is None for row in found)


def test_the_scores_are_told_from_those_of_probabilities(rows):
    assert all(row["target"] == MONTHLY + "one_sided" and row["inputs"] == ["set-1"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
