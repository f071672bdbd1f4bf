"""What an official may rely on in options and clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.respond import LEAD_DAYS, Need, Step, Tool, clock, fits, gap, options_for

TODAY = dt.date(2026, 11, 21)


def tool(name: str, lead: str, *, coercive: bool = False, operational: bool = True) -> Tool:
    return Tool(name, name, lead, ("un",), "Charter", (3,), coercive, operational, (), None)


def need(days: int | None) -> Need:
    return Need("selmora", "XSE", days, "2026-11-21", ("sit-1",), True)


TOOLBOX = [
    tool("force", "hours to days", coercive=True),
    tool("visit", "days to weeks"),
    tool("call", "hours to days"),
    tool("reform", "months to years", operational=False),
]


def test_the_least_coercive_option_comes_first_even_when_force_is_faster():
    rows = options_for([need(30)], TOOLBOX).to_pylist()
    assert [r["measure"] for r in rows] == ["call", "visit", "force"]
    assert rows[-1]["harm_check"] and not rows[0]["harm_check"]


def test_structural_measures_are_no_answer_to_a_crisis():
    assert "reform" not in {r["measure"] for r in options_for([need(30)], TOOLBOX).to_pylist()}


def test_an_unknown_time_left_is_said_and_not_taken_for_enough():
    assert {r["fits"] for r in options_for([need(None)], TOOLBOX).to_pylist()} == {"unknown"}


@given(st.sampled_from(sorted(LEAD_DAYS)), st.integers(0, 2000), st.integers(0, 2000))
def test_more_time_never_makes_an_option_fit_less(lead, days, more):
    order = ["no", "perhaps", "yes"]
    assert order.index(fits(LEAD_DAYS[lead], days + more)) >= order.index(fits(LEAD_DAYS[lead], days))


@pytest.mark.parametrize(("days", "said"), [(2, "no"), (3, "perhaps"), (27, "perhaps"), (28, "yes")])
def test_a_measure_fits_from_the_long_end_of_its_lead_time_on(days, said):
    assert fits(LEAD_DAYS["days to weeks"], days) == said


def test_of_measures_that_fit_alike_the_faster_comes_first():
    tools = [tool("a-slow", "days to weeks"), tool("z-fast", "hours to days")]
    assert [r["measure"] for r in options_for([need(60)], tools).to_pylist()] == ["z-fast", "a-slow"]


def test_what_happens_today_is_on_record_and_what_is_planned_is_due():
    for day, state in ((TODAY, "recorded"), (TODAY + dt.timedelta(days=1), "due")):
        rows = {r["point"]: r["state"] for r in clock("sit-1", "selmora", [Step("tE", day, "day", "mea-1", None)], TODAY, invented=True)}
        assert rows["tE"] == state


def test_silence_after_an_alert_is_drawn_as_length():
    rows = {
        r["point"]: r for r in clock("sit-1", "selmora", [Step("t2", dt.date(2026, 11, 1), "day", "mea-1", None)], TODAY, invented=True)
    }
    assert rows["t3"]["state"] == "silence" and rows["t3"]["days"] == 20
    assert rows["t1"]["state"] == "not_recorded" and rows["t1"]["date"] is None
    assert rows["t6"]["state"] == "not_recorded"


def test_without_an_alert_nobody_owes_an_answer():
    rows = clock("sit-1", "selmora", [Step("t0", dt.date(2026, 1, 1), "day", "evt-1", None)], TODAY, invented=True)
    assert "silence" not in {r["state"] for r in rows}


def test_a_decision_on_record_ends_the_silence_before_it():
    steps = [Step("t2", dt.date(2026, 1, 1), "day", "mea-1", None), Step("t4", dt.date(2026, 2, 1), "day", "mea-2", None)]
    rows = {r["point"]: r for r in clock("sit-1", "selmora", steps, TODAY, invented=True)}
    assert rows["t3"]["state"] == "not_recorded"
    assert rows["t4"]["days"] == 31


def test_days_count_from_the_alert_and_from_the_signal_where_there_is_none():
    signal = Step("t0", dt.date(2026, 1, 1), "day", "evt-1", None)
    alert, answer = (
        Step("t2", dt.date(2026, 2, 1), "day", "mea-1", None),
        Step("t4", dt.date(2026, 2, 11), "day", "mea-2", None),
    )
    assert {r["point"]: r["days"] for r in clock("sit-1", "selmora", [signal, alert, answer], TODAY, invented=True)}["t4"] == 10
    assert {r["point"]: r["days"] for r in clock("sit-1", "selmora", [signal, answer], TODAY, invented=True)}["t4"] == 41


def test_the_earliest_step_stands_for_a_point_whatever_its_id():
    steps = [Step("t2", dt.date(2026, 3, 1), "day", "mea-1", None), Step("t2", dt.date(2026, 2, 1), "day", "mea-9", None)]
    (alerted,) = [r for r in clock("sit-1", "selmora", steps, TODAY, invented=True) if r["point"] == "t2"]
    assert (alerted["date"], alerted["inputs"]) == (dt.date(2026, 2, 1), ["mea-9"])


def test_a_planned_trigger_ahead_is_due():
    steps = [Step("t2", dt.date(2026, 11, 1), "day", "mea-1", None), Step("tE", dt.date(2027, 3, 4), "day", "evt-9", "general election")]
    rows = {r["point"]: r for r in clock("sit-1", "selmora", steps, TODAY, invented=True)}
    assert rows["tE"]["state"] == "due"


@pytest.mark.parametrize(
    ("case", "points", "expected"),
    [
        # Libya 2011: unrest from mid-February, S/RES/1970 on 26 February, S/RES/1973 on 17 March (founding documents).
        ("Libya, first resolution", {"t2": dt.date(2011, 2, 15), "t4": dt.date(2011, 2, 26)}, 11),
        ("Libya, second resolution", {"t2": dt.date(2011, 2, 15), "t4": dt.date(2011, 3, 17)}, 30),
        # Syria: count from 15 March 2011, first vetoed draft on 4 October 2011.
        ("Syria, first draft", {"t2": dt.date(2011, 3, 15), "t4": dt.date(2011, 10, 4)}, 203),
    ],
)
def test_published_durations_are_met(case, points, expected):
    assert gap(points, None).alert_to_decision == expected, case


def test_each_duration_runs_between_its_own_points():
    days = {"t0": 1, "t2": 3, "t3": 7, "t4": 15, "t5": 31, "tE": 63}
    found = gap({point: dt.date(2026, 1, 1) + dt.timedelta(days=n) for point, n in days.items()}, 10)
    assert (found.signal_to_alert, found.alert_to_acknowledgement, found.alert_to_decision) == (2, 4, 12)
    assert (found.decision_to_measure, found.lead_time, found.usable_lead_time) == (16, 60, 50)


def test_a_missing_point_gives_no_duration_rather_than_zero():
    assert gap({"t2": TODAY}, 3).usable_lead_time is None


def test_usable_lead_time_can_be_negative():
    assert gap({"t2": TODAY, "tE": TODAY + dt.timedelta(days=2)}, 7).usable_lead_time == -5
