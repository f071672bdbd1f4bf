"""A standing watch on the events of a run: rises stand out, planned events and the running week do not count, silence is missing."""

from __future__ import annotations

import datetime as dt

from tocsin.flow.unusual import Told, watch_run
from tocsin.model import tables

ABOUT = {"item": "a" * 64, "locator": "row 1"}
MONDAY = dt.date(2024, 1, 1)
WEEKS = 60
TODAY = MONDAY + dt.timedelta(weeks=WEEKS, days=3)


def event(number: int, week: int, place: str, **more: object) -> dict:
    """Return an invented event of a week."""
    day = MONDAY + dt.timedelta(weeks=week, days=number % 7)
    base = {"territory": "XSE", "situation": "selmora", "admin_code": place, "date_from": day, "date_precision": "day", "invented": True}
    return {"id": f"evt-{number:016x}", "dataset": "test", **ABOUT, **base, **more}


def feed(counts: dict[str, list[int]], **more: object) -> list[dict]:
    """Return events by district and week."""
    weeks = [(place, week) for place, own in counts.items() for week, many in enumerate(own) for _ in range(many)]
    return [event(number, week, place, **more) for number, (place, week) in enumerate(weeks)]


def watched(rows: list[dict], today: dt.date = TODAY):
    """Return the verdicts as rows, the sets and the notes."""
    found = watch_run(Told(tables.from_rows("events", rows), tables.empty("documents"), tables.empty("figures")), today, 1)
    return found.anomalies.to_pylist(), found.input_sets.to_pylist(), found.notes


CALM = [1, 2, 1, 0, 2, 1, 1, 2, 0, 1] * 6


def test_a_rise_stands_out_and_opens_to_its_events():
    rows, sets, notes = watched(feed({"XSE-01": [*CALM[:-1], 25], "XSE-02": CALM}))
    kept = [row for row in rows if row["kept"]]
    assert {(row["admin_code"], row["observed"]) for row in kept} == {("XSE-01", 25.0)}
    one = kept[0]
    assert one["period_from"] == MONDAY + dt.timedelta(weeks=WEEKS - 1) and one["situation"] == "selmora" and one["invented"]
    behind = {s["id"]: s for s in sets}
    assert one["inputs"][0] in behind and len(one["inputs"]) == 1 + 25
    assert "false alarms a week" in notes[0]


def test_the_running_week_and_planned_events_are_not_judged():
    rows, _, _ = watched(
        [*feed({"XSE-01": CALM, "XSE-02": CALM}), *(event(9000 + n, WEEKS + 4, "XSE-01", indicator="trigger") for n in range(9))]
    )
    assert max(row["period_to"] for row in rows) == MONDAY + dt.timedelta(weeks=WEEKS, days=-1)


def test_a_week_in_which_the_feed_told_of_nothing_is_missing_and_not_calm():
    counts = {place: [*CALM[:-3], 0, 0, 0] for place in ("XSE-01", "XSE-02")}
    rows, _, _ = watched(feed(counts))
    last = {row["period_from"]: row["state"] for row in rows if row["method"] == "C1" and row["admin_code"] == "XSE-01"}
    assert list(last.values())[-3:] == ["not_reported"] * 3


def test_zeros_that_others_make_incredible_are_suspected_with_the_week_they_began():
    rows, _, _ = watched(feed({"XSE-01": [5, 6, 4, 5, 6, 5] * 9 + [0] * 6, "XSE-02": CALM}))
    suspected = [row for row in rows if row["state"] == "suspected_outage"]
    assert suspected and {row["admin_code"] for row in suspected} == {"XSE-01"}
    assert all((MONDAY + dt.timedelta(weeks=54)).isoformat() in row["parameters"] for row in suspected)


def test_a_feed_that_ended_long_ago_is_not_watched():
    assert watched(feed({"XSE-01": CALM}), TODAY + dt.timedelta(weeks=60))[0] == []


def test_events_that_say_which_deaths_they_count_are_watched_by_month_and_kind():
    rows, _, _ = watched(feed({"XSE-01": [1] * WEEKS}, indicator="deaths_one_sided"))
    assert {row["every"] for row in rows} == {"month"} and {row["counted"] for row in rows} == {"deaths_one_sided"}
    assert all(row["admin_code"] is None for row in rows)


def test_the_order_of_events_and_a_series_that_is_not_there_change_no_verdict_of_c1():
    events = feed({"XSE-01": [*CALM[:-1], 9], "XSE-02": CALM})
    one, two = (watched(rows)[0] for rows in (events, events[::-1]))
    assert one == two
