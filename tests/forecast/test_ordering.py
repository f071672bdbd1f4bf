"""What the scorecard says of order and alerts: ties at their expected value, leads in whole years, intervals that hold the value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.forecast.evaluation import auc, average_precision
from tocsin.stages.forecast.evaluation.ranking_intervals import DRAWS, auc_interval, precision_interval
from tocsin.stages.forecast.ordering import ALERT, alert_metrics, order_metrics

ROWS = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans(), st.integers(0, 5)), min_size=4, max_size=40)


def metrics(found: list[dict]) -> dict[str, dict]:
    """Return the metrics by name."""
    return {one["metric"]: one for one in found}


@given(ROWS)
def test_the_interval_of_one_country_alone_is_its_own_score(rows):
    probability, label = np.array([r[0] for r in rows]), np.array([float(r[1]) for r in rows])
    one = np.zeros(len(rows), dtype=int)
    for ends, value in (
        (auc_interval(probability, label, one, 1), auc(probability, label)),
        (precision_interval(probability, label, one, 1), average_precision(probability, label)),
    ):
        assert (ends is None) == (value is None)
        if ends is not None and value is not None:
            assert ends == pytest.approx((value, value))


def test_intervals_hold_the_score_and_narrow_with_more_countries():
    stream = np.random.default_rng(2)

    def width(countries: int) -> float:
        places = np.repeat(np.arange(countries), 10)
        probability = stream.random(len(places))
        label = (stream.random(len(places)) < probability / 2).astype(float)
        found = metrics(order_metrics(probability, label, places, np.tile(np.arange(10), countries), 3))
        for name in ("auc", "average_precision", "recall_at_10", "recall_at_30", "expected_observed"):
            assert found[name]["low"] <= found[name]["value"] <= found[name]["high"], name
        assert found["miscalibration"]["value"] >= 0 and found["discrimination"]["value"] >= 0
        return found["auc"]["high"] - found["auc"]["low"]

    assert width(400) < width(40) and DRAWS >= 200


def test_a_constant_forecast_finds_what_chance_finds():
    years, places = np.repeat([2020, 2021], 60), np.tile(np.arange(60), 2)
    label = (places < 6).astype(float)
    found = metrics(order_metrics(np.full(120, 0.1), label, places, years, 1))
    assert found["recall_at_30"]["value"] == pytest.approx(0.5) and found["recall_at_10"]["value"] == pytest.approx(1 / 6)
    assert found["auc"]["value"] == 0.5 and found["expected_observed"]["value"] == pytest.approx(1.0)


def test_alerts_count_false_ones_and_lead_only_for_what_began_anew():
    years, places = np.tile(np.arange(2015, 2020), 3), np.repeat([1, 2, 3], 5)
    label = np.array([0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], dtype=float)
    high, low = ALERT[100], 0.01
    given_ = np.array([low, high, high, high, high, high, low, low, low, low, high, high, high, high, high])
    found = metrics(alert_metrics(given_, label, places, years, 100))
    assert found["false_alarms_per_hit"]["value"] == pytest.approx(3 / 7)  # two years before the event, one elsewhere; seven hits
    assert found["new_on_alert"]["events"] == 1 and found["lead_months"]["value"] == 24
    assert found["share_on_alert"]["value"] == 1.0
    assert alert_metrics(given_, label, places, years, 7) == []


def test_without_an_event_nothing_is_claimed():
    found = metrics(order_metrics(np.array([0.1, 0.2]), np.zeros(2), np.array([1, 2]), np.array([1, 1]), 1))
    assert all(found[name]["value"] is None for name in ("auc", "average_precision", "recall_at_10", "expected_observed"))
