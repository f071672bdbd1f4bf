"""What a run makes of coded evidence and of what people rated."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pyarrow as pa

from tocsin.flow.context import Context, RunInfo
from tocsin.flow.frameworks import questions
from tocsin.flow.steps.assess import step
from tocsin.model import tables

ITEM = "b" * 64
ABOUT = {"dataset": "test", "item": ITEM, "locator": "row 1"}
SITUATION = {"id": "sit-1", **ABOUT, "slug": "selmora", "title": "Selmora", "territory": "XSE", "invented": True}


def event(identifier, act, day, item=ITEM):
    about = {**ABOUT, "item": item, "situation": "selmora", "acts": [act], "date_from": day, "date_precision": "day", "invented": True}
    return {"id": identifier, **about}


def rating(identifier, who, answer):
    row = {"id": identifier, "framework": "gender-sensitive/1", "indicator": "G1", "situation": "selmora", "answer": answer}
    given = {"confidence": "medium", "standard_of_proof": "allegation", "rationale": "why", "evidence": ["evt-1"], "who": who}
    return {**row, **given}


def run(events=(), ratings=()):
    content = {"situations": [SITUATION], "events": list(events)}
    records = {"ratings": pa.Table.from_pylist(list(ratings))} if ratings else {}
    earlier = lambda name: tables.from_rows(name, content.get(name, []))  # noqa: E731 - a stand-in for a run
    info = RunInfo("r", dt.date(2026, 11, 1), 1, "duckdb", "t")
    result = step(Context(SimpleNamespace(), info, earlier, records))
    return {row["indicator"]: row for row in result.tables["assessments"].to_pylist()}


def test_every_question_about_a_situation_has_a_row_and_those_about_governments_have_none():
    assert set(run()) == {q.indicator for q in questions() if not q.of_state}


def test_a_reported_act_speaks_for_the_framework_and_for_the_set_beside_it():
    rows = run([event("evt-1", "sexual_violence", dt.date(2026, 10, 1))])
    assert (rows["7.9"]["answer"], rows["7.9"]["framework"]) == ("present", "un-framework-2014/1")
    assert (rows["G1"]["answer"], rows["G1"]["framework"], rows["G1"]["factor"]) == ("present", "gender-sensitive/1", None)
    assert rows["7.9"]["evidence"] == rows["7.9"]["inputs"] == ["evt-1"]
    assert rows["7.9"]["standard_of_proof"] == "allegation"


def test_two_files_are_two_sources():
    day = dt.date(2026, 10, 1)
    rows = run([event("evt-1", "hate_speech", day), event("evt-2", "hate_speech", day, "c" * 64)])
    assert rows["7.14"]["standard_of_proof"] == "reasonable_grounds_to_suspect"


def test_an_event_to_come_moves_no_trend():
    dates = [dt.date(2026, 10, day) for day in (1, 2, 3)]
    events = [event(f"evt-{d}", "hate_speech", d) for d in dates]
    assert run(events)["7.14"]["trend"] == "rising"
    assert run([*events, event("evt-later", "election", dt.date(2027, 9, 1))])["7.14"]["trend"] == "rising"


def test_ratings_of_two_people_take_the_place_of_the_rules_and_of_one_do_not():
    seen = [event("evt-1", "sexual_violence", dt.date(2026, 10, 1))]
    assert run(seen, [rating("rat-1", "a", "absent")])["G1"]["answer"] == "present"
    both = run(seen, [rating("rat-1", "a", "absent"), rating("rat-2", "b", "absent")])["G1"]
    assert (both["answer"], both["machine"], both["review"]) == ("absent", False, "two_raters")
    assert {"rat-1", "rat-2", "evt-1"} <= set(both["inputs"])
