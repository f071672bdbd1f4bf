"""Monthly forecasts from events: only what the events tell, states of their own time, invented apart from real, and no look ahead."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.monthly import Asked, issue_monthly

TODAY = dt.date(2020, 6, 30)
SEED = 5


def event(number: int, day: dt.date, code: str = "XSE", deaths: int = 3, kind: str = "one_sided", **more: object) -> dict:
    """Return an event as the table holds it."""
    known = {"available_at": TODAY, "first_seen": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}
    about = {"date_to": day, "territory": code, "indicator": f"deaths_{kind}", "best": deaths, "invented": code == "XSE"}
    return {"id": f"evt-{number:016x}", "dataset": "ucdp_ged", "item": "a" * 64, **known, **about, **more}


def many(codes: tuple[str, ...] = ("XSE",), months: int = 72, seed: int = 1) -> list[dict]:
    """Return events of months that end in December 2019."""
    stream = np.random.default_rng(seed)
    rows = [event(-1, dt.date(2019, 12, 28), code, 1) for code in codes]
    for month in range(months):
        year, index = divmod(2019 * 12 + 11 - month, 12)
        for code in codes:
            if month == months - 1 or stream.random() < 0.5:
                rows.append(event(0, dt.date(year, index + 1, 15), code, int(stream.poisson(4))))
    return [{**row, "id": f"evt-{number:016x}"} for number, row in enumerate(rows)]


def issue(rows: list[dict], today: dt.date = TODAY, **spells: tuple[dt.date | None, dt.date | None]):
    """Return what is issued, as rows."""
    found = issue_monthly(rows, Asked(today, SEED, spells))
    return found.monthly.to_pylist(), found.input_sets.to_pylist(), found.notes


def test_every_month_every_sum_and_every_level_is_answered_and_opens_to_its_events():
    events = many()
    rows, sets, _ = issue(events)
    asked = {(r["question"], r["level"], r["horizon_months"]) for r in rows}
    assert {("count", None, step) for step in range(1, 37)} <= asked
    assert {("total", None, m) for m in (12, 24, 36)} | {("at_least", x, m) for x in (25, 100, 1000) for m in (12, 24)} <= asked
    by_id = {one["id"]: one for one in sets}
    own = [by_id[i] for i in rows[0]["inputs"]]
    assert own[0]["inputs"] == ["itm-" + "a" * 64]
    assert set(own[1]["inputs"]) == {e["id"] for e in events if e["date_to"] >= dt.date(2018, 1, 1)}
    assert rows[0]["origin"] == dt.date(2019, 12, 31) and rows[0]["window_from"] == dt.date(2020, 1, 1)


def test_months_that_have_begun_are_stale_with_what_renews_them_and_later_ones_are_not():
    rows, _, _ = issue(many())
    months = {r["window_from"]: r for r in rows if r["question"] == "count"}
    assert months[dt.date(2020, 6, 1)]["stale"] and months[dt.date(2020, 6, 1)]["renew"] == "tocsin collect ucdp_ged --from FILE"
    assert not months[dt.date(2020, 7, 1)]["stale"] and months[dt.date(2020, 7, 1)]["renew"] is None


def test_escalation_is_there_only_where_two_years_were_below_the_level():
    rows, _, _ = issue(many())
    levels = {r["level"] for r in rows if r["question"] == "escalation"}
    assert levels == {100, 1000}
    one = next(r for r in rows if r["question"] == "escalation")
    assert 0 < one["probability"] < 1 and {"paths", "regression"} < set(json.loads(one["parameters"]))


def test_too_few_months_give_a_note_and_no_forecast():
    rows, sets, notes = issue(many(months=30))
    assert rows == [] and sets == [] and "needs 60" in notes[0]


def test_no_events_of_these_kinds_give_nothing():
    assert issue([event(1, dt.date(2019, 1, 1), indicator="incident")]) == ([], [], ())


def test_a_state_that_is_no_more_is_not_forecast_and_its_successor_is_unknown_before_it_began():
    events = many(("YUG", "MLI"))
    rows, _, notes = issue(events, YUG=(None, dt.date(2018, 5, 31)), MLI=(dt.date(1960, 1, 1), None))
    assert {r["territory"] for r in rows} == {"MLI"} and "1 of 2 territories are not forecast" in notes[0]


def test_real_and_invented_events_are_never_learned_from_together():
    both, _, _ = issue(many(("XSE",)) + [{**e, "id": e["id"] + "r"} for e in many(("MLI",), seed=9)])
    alone, _, _ = issue(many(("XSE",)))
    invented = [r for r in both if r["invented"]]
    assert [(r["mean"], r["quantiles"], r["probability"]) for r in invented] == [
        (r["mean"], r["quantiles"], r["probability"]) for r in alone
    ]
    assert {r["territory"] for r in invented} == {"XSE"}


def test_the_order_of_events_changes_nothing():
    events = many(("MLI", "NER"))
    turned = [events[i] for i in np.random.default_rng(3).permutation(len(events))]
    assert issue(events)[0] == issue(turned)[0]


def test_an_event_that_was_not_yet_known_is_refused():
    with pytest.raises(BadInput, match="not yet known"):
        issue([*many(), event(99_999, dt.date(2019, 12, 30), available_at=TODAY + dt.timedelta(1))])


def test_a_few_places_do_not_choose_the_weights_of_the_mixture():
    rows, _, _ = issue(
        [e for e in many(months=80) if e["date_to"] < dt.date(2018, 12, 1)] + [event(88_888, dt.date(2019, 12, 5), "XSE", 0)]
    )
    year = next(r for r in rows if r["question"] == "total" and r["horizon_months"] == 12)
    assert year["quantiles"][-1] > 0


def test_a_file_of_one_country_says_nothing_of_another_where_its_own_file_ends():
    early = [{**row, "item": "b" * 64, "territory": "SYR", "invented": False} for row in many() if row["date_to"] < dt.date(2018, 1, 1)]
    late = [{**row, "territory": "CAF", "invented": False} for row in many(seed=2)]
    rows, _, notes = issue([*early, *late])
    assert {row["territory"] for row in rows} == {"CAF"}
    assert any("1 of 2 territories are not forecast: no file tells of their last month" in note for note in notes)


def test_a_file_of_the_world_says_zero_of_countries_that_it_does_not_name():
    codes = ("CAF", "MLI", "NER", "TCD", "SDN", "SSD", "ETH", "KEN", "UGA", "COD")
    world = [{**row, "invented": False} for row in many(codes)]
    early = [{**row, "item": "b" * 64, "territory": "SYR", "invented": False} for row in many() if row["date_to"] < dt.date(2018, 1, 1)]
    rows, _, _ = issue([*early, *world])
    assert {row["territory"] for row in rows} == {*codes, "SYR"}
