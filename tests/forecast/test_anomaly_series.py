"""How the events and figures of a run become series: reported weeks without an event are zero, silent weeks are not."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from tocsin.flow.read.anomalies import LEAST_EVENTS, series_of_workspace
from tocsin.model import tables
from tocsin.model.errors import NotFound
from tocsin.storage import Workspace

ABOUT = {"dataset": "test", "item": "a" * 64, "locator": "row 1"}
MONDAY = dt.date(2024, 1, 1)


def event(number, week, place, precision="day"):
    day = MONDAY + dt.timedelta(weeks=week)
    where = {"territory": "XSE", "admin_code": place, "date_from": day, "date_precision": precision}
    return {"id": f"evt-{number}", **ABOUT, **where}


def workspace(tmp_path, events, figures=()):
    place = Workspace.create(tmp_path / "w", demo=False)
    folder = place.stage_folder(1, "collect", "r1")
    content = {"events": tables.from_rows("events", events), "figures": tables.from_rows("figures", list(figures))}
    place.write_stage(folder, content, {}, {"stage": "collect"})
    stages = {"collect": folder.relative_to(place.root).as_posix()}
    place.finish_run({"run": "r1", "as_of": "2024-06-01", "seed": 1, "engine": "duckdb", "code": "t", "stages": stages})
    return place


def test_a_week_is_zero_where_the_feed_told_of_other_places_and_missing_where_it_was_silent(tmp_path):
    north = [event(n, 0, "XSE-01") for n in range(LEAST_EVENTS)]
    south = [event(100 + n, 1, "XSE-02") for n in range(LEAST_EVENTS)] + [event(200, 3, "XSE-02")]
    read = series_of_workspace(workspace(tmp_path, north + south), "week")
    shown = {name.split(" · ")[-1]: [None if math.isnan(v) else v for v in own] for name, own in read.series.items()}
    assert shown == {"XSE-01": [8, 0, None, 0], "XSE-02": [0, 8, None, 1]}


def test_an_event_known_to_the_year_only_is_in_no_week(tmp_path):
    events = [event(n, 0, "XSE-01") for n in range(LEAST_EVENTS)] + [event(99, 2, "XSE-01", "year")]
    assert series_of_workspace(workspace(tmp_path, events), "week").labels == ("2024-W01",)


def test_figures_that_disagree_are_left_out_and_counted(tmp_path):
    def figure(number, week, value):
        day = MONDAY + dt.timedelta(weeks=week)
        period = {"period_from": day, "period_to": day + dt.timedelta(days=6), "territory": "XSE"}
        return {"id": f"fig-{number}", **ABOUT, "indicator": "displaced", "value": value, **period}

    figures = [figure(n, n, 10.0 * n) for n in range(LEAST_EVENTS + 1)] + [figure(99, 3, 77.0)]
    read = series_of_workspace(workspace(tmp_path, [], figures), "week")
    (own,) = read.series.values()
    assert math.isnan(own[3]) and own[4] == 40
    assert any("disagree" in note for note in read.notes)


def test_a_workspace_without_dated_events_says_what_to_do(tmp_path):
    with pytest.raises(NotFound, match="--every month"):
        series_of_workspace(workspace(tmp_path, [event(1, 0, "XSE-01")]), "week")
