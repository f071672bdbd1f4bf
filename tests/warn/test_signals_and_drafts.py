"""What an analyst may rely on in signals and draft alerts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from tocsin.stages.warn import Addressee, Surroundings, Thresholds, draft_alerts, find_signals

TODAY = dt.date(2026, 11, 21)
BODIES = {code: Addressee(code, name, "Regional body") for code, name in [("AAA", "Aland"), ("BBB", "Borland"), ("XSE", "Selmora")]}


def forecast(
    territory: str, probability: float, *, previous: float | None = None, target: str = "one_sided_100", stale: bool = False
) -> dict:
    return {
        "id": f"fct-{territory}-{target}-{probability}",
        "chosen": True,
        "horizon_months": 12,
        "target": target,
        "territory": territory,
        "probability": probability,
        "previous": previous,
        "climatology": 0.05,
        "issued_at": TODAY,
        "window_from": dt.date(2027, 1, 1),
        "window_to": dt.date(2027, 12, 31),
        "stale": stale,
    }


def deaths(territory: str, year: int, value: float) -> dict:
    return {
        "id": f"fig-{territory}-{year}",
        "indicator": "deaths_one_sided",
        "territory": territory,
        "value": value,
        "period_to": dt.date(year, 12, 31),
        "invented": False,
    }


def warning(day: dt.date, role: str = "warning") -> dict:
    return {"id": f"mea-{role}-{day}", "role": role, "date": day, "situation": "selmora", "territory": "XSE", "invented": True}


def signals(forecasts=(), figures=(), measures=()) -> list[dict]:
    return find_signals(Surroundings(list(forecasts), list(figures), list(measures), TODAY, Thresholds())).to_pylist()


def drafts(**inputs) -> list[dict]:
    found = find_signals(
        Surroundings(inputs.get("forecasts", []), inputs.get("figures", []), inputs.get("measures", []), TODAY, Thresholds())
    )
    return draft_alerts(found, BODIES, TODAY, Thresholds()).to_pylist()


def test_a_forecast_below_every_threshold_is_no_signal():
    assert signals([forecast("AAA", 0.20, previous=0.18)]) == []


@pytest.mark.parametrize(("target", "level"), [("one_sided_25", 0.80), ("one_sided_100", 0.50), ("one_sided_1000", 0.10)])
def test_a_forecast_is_a_signal_from_the_stated_level_on(target, level):
    assert [s["threshold"] for s in signals([forecast("AAA", level, target=target)])] == [level]
    assert signals([forecast("AAA", level - 0.001, target=target)]) == []


@pytest.mark.parametrize(("before", "now", "rises"), [(0.25, 0.375, True), (0.25, 0.37, False), (0.125, 0.225, True), (0.05, 0.14, False)])
def test_a_rise_is_ten_points_and_half_as_much_again(before, now, rises):
    assert [s["trigger"] for s in signals([forecast("AAA", now, previous=before)])] == ["forecast_rise"] * rises


def test_a_rise_is_a_signal_even_below_the_level():
    found = signals([forecast("AAA", 0.30, previous=0.10)])
    assert [s["trigger"] for s in found] == ["forecast_rise"]
    assert "30%" in found[0]["why"] and "10%" in found[0]["why"]


def test_a_first_forecast_has_no_rise():
    assert signals([forecast("AAA", 0.30, previous=None)]) == []


def test_deaths_must_cross_a_level_and_at_least_double():
    doubled = [deaths("AAA", y, v) for y, v in [(2021, 10), (2022, 12), (2023, 11), (2024, 40)]]
    high_already = [deaths("BBB", y, v) for y, v in [(2021, 400), (2022, 500), (2023, 450), (2024, 600)]]
    assert [(s["trigger"], s["territory"]) for s in signals(figures=doubled + high_already)] == [("deaths_rise", "AAA")]


def test_a_level_that_is_just_reached_is_crossed_and_one_that_was_reached_before_is_not():
    reached = [deaths("AAA", y, v) for y, v in [(2021, 0), (2022, 0), (2023, 0), (2024, 25)]]
    before = [deaths("BBB", y, v) for y, v in [(2021, 0), (2022, 0), (2023, 25), (2024, 60)]]
    assert [s["territory"] for s in signals(figures=reached + before)] == ["AAA"]


def test_of_several_levels_crossed_at_once_the_highest_is_named():
    (found,) = signals(figures=[deaths("AAA", y, v) for y, v in [(2021, 0), (2022, 0), (2023, 0), (2024, 150)]])
    assert found["threshold"] == 100 and "crossed 100" in found["why"]


def test_a_level_that_is_crossed_by_less_than_double_the_mean_is_no_signal():
    barely = [deaths("AAA", y, v) for y, v in [(2021, 20), (2022, 22), (2023, 24), (2024, 30)]]
    doubled = [deaths("BBB", y, v) for y, v in [(2021, 20), (2022, 22), (2023, 24), (2024, 44)]]
    assert [s["territory"] for s in signals(figures=barely + doubled)] == ["BBB"]


def test_missing_years_are_not_read_as_calm():
    gap_in_series = [deaths("AAA", y, v) for y, v in [(2015, 1), (2016, 1), (2017, 1), (2024, 40)]]
    assert signals(figures=gap_in_series) == []


def test_a_warning_without_an_answer_becomes_a_signal_and_an_answer_ends_it():
    asked = warning(TODAY - dt.timedelta(days=30))
    assert [s["trigger"] for s in signals(measures=[asked])] == ["warning_unanswered"]
    assert signals(measures=[asked, warning(TODAY - dt.timedelta(days=3), "decision")]) == []


def test_an_answer_on_the_day_of_the_warning_is_an_answer_and_one_from_before_is_none():
    asked = warning(TODAY - dt.timedelta(days=30))
    assert signals(measures=[asked, warning(asked["date"], "measure")]) == []
    assert len(signals(measures=[asked, warning(asked["date"] - dt.timedelta(days=1), "measure")])) == 1


@pytest.mark.parametrize(("days", "unanswered"), [(13, False), (14, True), (365, True), (366, False)])
def test_a_warning_is_unanswered_from_two_weeks_on_and_history_after_a_year(days, unanswered):
    assert len(signals(measures=[warning(TODAY - dt.timedelta(days=days))])) == unanswered


def test_an_answer_in_another_situation_is_none():
    asked, elsewhere = warning(TODAY - dt.timedelta(days=30)), warning(TODAY - dt.timedelta(days=3), "decision")
    assert len(signals(measures=[asked, {**elsewhere, "situation": "kenya-2007"}])) == 1


def test_a_draft_has_an_addressee_one_ask_a_date_and_says_what_is_unknown():
    (draft,) = drafts(forecasts=[forecast("AAA", 0.60)])
    assert draft["addressee"] == "Regional body" and draft["ask"] and draft["due"] > TODAY
    assert any("trigger date" in line for line in draft["unknown"])


def test_a_stale_forecast_says_so_first_in_the_draft():
    (draft,) = drafts(forecasts=[forecast("AAA", 0.60, stale=True)])
    assert draft["stale"] and "begun or passed" in draft["unknown"][0] and draft["urgency"] == "Unknown"


def test_where_the_usual_window_has_begun_the_year_ahead_is_what_warns():
    past = forecast("AAA", 0.90, previous=0.20, stale=True)
    ahead = forecast("AAA", 0.60, previous=0.55, target="one_sided_100_ahead")
    (signal,) = signals([past, ahead])
    assert (signal["value"], signal["stale"], signal["threshold"]) == (0.60, False, 0.50)
    (draft,) = drafts(forecasts=[past, ahead])
    assert (draft["stale"], draft["severity"], draft["urgency"]) == (False, "Severe", "Expected")
    assert not any("begun or passed" in unknown for unknown in draft["unknown"])


def test_a_territory_without_an_addressee_gets_no_draft():
    assert drafts(forecasts=[forecast("ZZZ", 0.99)]) == []


def test_invented_drafts_do_not_push_real_ones_out():
    found = drafts(forecasts=[forecast("AAA", 0.60)], measures=[warning(TODAY - dt.timedelta(days=30))])
    assert [d["territory"] for d in found] == ["AAA", "XSE"]
    assert [d["invented"] for d in found] == [False, True]


def test_where_drafts_are_limited_kinds_of_trigger_weigh_more_than_their_number():
    several = [
        forecast("AAA", p, target=target) for p, target in ((0.90, "one_sided_25"), (0.90, "one_sided_100"), (0.20, "one_sided_1000"))
    ]
    two_kinds = [forecast("BBB", 0.60, previous=0.30)]
    found = find_signals(Surroundings([*several, *two_kinds], [], [], TODAY, Thresholds()))
    one, both = (draft_alerts(found, BODIES, TODAY, replace(Thresholds(), drafts=most)).to_pylist() for most in (1, 2))
    assert [d["territory"] for d in one] == ["BBB"]
    assert [d["territory"] for d in both] == ["BBB", "AAA"]


@pytest.mark.parametrize(("probability", "certainty"), [(0.50, "Likely"), (0.49, "Possible")])
def test_a_forecast_is_called_likely_from_even_chances_on(probability, certainty):
    (draft,) = drafts(forecasts=[forecast("AAA", probability, previous=0.10)])
    assert draft["certainty"] == certainty


def test_the_order_of_forecasts_does_not_change_a_draft():
    many = [forecast("AAA", 0.60), forecast("AAA", 0.90, target="one_sided_25"), forecast("BBB", 0.70)]
    assert drafts(forecasts=many) == drafts(forecasts=many[::-1])


def anomaly(state: str = "alarm", *, days_ago: int = 10, method: str = "C1", kept: bool | None = True) -> dict:
    last = TODAY - dt.timedelta(days=days_ago)
    return {
        "id": f"ano-{state}-{days_ago}-{method}", "series": "selmora · XSE · XSE-02", "source": "selmora", "counted": "XSE-02",
        "territory": "XSE", "situation": "selmora", "admin_code": "XSE-02", "every": "week", "method": method, "state": state,
        "period_from": last - dt.timedelta(days=6), "period_to": last, "observed": 9.0, "expected": 1.9, "upperbound": 6.0,
        "p": 0.001, "adjusted": 0.012, "kept": kept, "false_alarms": 0.06, "invented": True,
        "parameters": json.dumps({"since": (last - dt.timedelta(days=20)).isoformat()} if state == "suspected_outage" else {}),
    }  # fmt: skip


def watched(*anomalies: dict) -> list[dict]:
    return find_signals(Surroundings([], [], [], TODAY, Thresholds(), list(anomalies))).to_pylist()


def test_a_count_that_stands_out_is_one_signal_whatever_the_number_of_methods():
    (found,) = watched(anomaly(), anomaly(method="C2"))
    assert (found["trigger"], found["territory"], found["value"], found["baseline"]) == ("unusual_count", "XSE", 9.0, 1.9)
    assert found["inputs"] == ["ano-alarm-10-C1", "ano-alarm-10-C2"]
    assert "9 events where 1.9 were to be expected" in found["why"] and "0.12 false alarms a week" in found["why"]


def test_an_alarm_that_does_not_stand_or_is_long_past_is_no_signal():
    assert watched(anomaly(kept=False), anomaly(days_ago=120), anomaly(state="calm", kept=None)) == []
    assert len(watched(anomaly(days_ago=91))) == 1
    assert watched(anomaly(days_ago=92)) == []


def test_silence_is_a_signal_with_the_day_it_began():
    (found,) = watched(anomaly("suspected_outage", kept=None))
    assert found["trigger"] == "reports_stopped" and found["value"] == 3
    assert "from 22 October 2026 to 11 November 2026" in found["why"]
    assert watched(anomaly("not_reported", kept=None)) == []


def test_a_count_does_not_pass_for_a_probability_in_a_draft():
    (silent,) = draft_alerts(
        find_signals(Surroundings([], [], [], TODAY, Thresholds(), [anomaly("suspected_outage")])), BODIES, TODAY, Thresholds()
    ).to_pylist()
    assert silent["certainty"] == "Possible" and "reports stopped" in silent["headline"]
    (counted,) = draft_alerts(
        find_signals(Surroundings([], [], [], TODAY, Thresholds(), [anomaly()])), BODIES, TODAY, Thresholds()
    ).to_pylist()
    assert counted["certainty"] == "Observed"
