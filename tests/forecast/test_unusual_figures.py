"""Figures are watched as events are: a rise stands out and opens to its figures, silence is missing, many series share one control."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.figure_series import LEAST_FIGURES, figure_series
from tocsin.flow.unusual import Told, watch_run
from tocsin.model import tables
from tocsin.stages.forecast.anomalies import ears

ABOUT = {"item": "a" * 64, "locator": "row 1", "dataset": "test", "situation": "selmora", "territory": "XSE", "invented": True}
MONTHS = 30
TODAY = dt.date(2026, 7, 10)
CALM = [400.0, 520.0, 480.0, 610.0, 390.0, 450.0] * 5


def month(number: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a month counted from January 2024."""
    first, after = (dt.date(2024 + n // 12, n % 12 + 1, 1) for n in (number, number + 1))
    return first, after - dt.timedelta(days=1)


def span(number: int, value: float, who: str = "Council", **more: object) -> dict:
    """Return an invented figure of a whole month."""
    first, last = month(number)
    about = {"indicator": "displaced", "value": value, "said_by": who, "period_from": first, "period_to": last, "date_precision": "month"}
    return {"id": f"fig-{who}-{number}-{value:g}", **ABOUT, **about, **more}


def total(number: int, value: float) -> dict:
    """Return an invented total at the end of a month."""
    return span(number, value, period_from=None, date_precision="day", as_of=month(number)[1])


def watched(figures: list[dict]) -> tuple[list[dict], list[dict], tuple[str, ...]]:
    """Return the verdicts as rows, the sets and the notes."""
    told = Told(tables.empty("events"), tables.empty("documents"), tables.from_rows("figures", figures))
    found = watch_run(told, TODAY, 1)
    return found.anomalies.to_pylist(), found.input_sets.to_pylist(), found.notes


def test_a_month_far_above_those_before_stands_out_and_opens_to_its_figure():
    rows, sets, notes = watched([span(n, v) for n, v in enumerate([*CALM[:-1], 4000.0])])
    kept = [row for row in rows if row["kept"]]
    assert {row["period_from"] for row in kept} == {month(MONTHS - 1)[0]} and kept[0]["kind"] == "figures"
    assert kept[0]["inputs"] == [sets[0]["id"], "fig-Council-29-4000"] and sets[0]["size"] == MONTHS
    assert "0 series of events and 1 of figures watched by month" in notes[0] and "false alarms a month" in notes[0]


def test_of_a_total_the_rise_is_watched_and_opens_to_both_figures():
    levels = np.cumsum([*CALM[:-1], 4000.0])
    rows, _, _ = watched([total(n, float(v)) for n, v in enumerate(levels)])
    assert {row["kind"] for row in rows} == {"rise"}
    kept = [row for row in rows if row["kept"]]
    assert {row["observed"] for row in kept} == {4000.0} and len(kept[0]["inputs"]) == 3
    assert not any(row["kept"] for row in rows if row["period_from"] < month(MONTHS - 1)[0])  # a steady rise is no alarm


def test_a_month_without_a_figure_is_missing_and_zeros_that_somebody_said_are_believed():
    values = [*CALM[:20], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, *CALM[26:]]
    rows, _, _ = watched([span(n, v) for n, v in enumerate(values) if n != 27])
    states = {row["period_from"]: row["state"] for row in rows if row["method"] == "C1"}
    assert states[month(27)[0]] == "not_reported"
    assert "suspected_outage" not in states.values() and states[month(22)[0]] == "calm"


def test_after_a_gap_the_rise_of_a_total_is_not_known():
    levels = np.cumsum(CALM)
    (one,) = figure_series([total(n, float(v)) for n, v in enumerate(levels) if n != 12], "month").series
    known = {month_number - min(one.values) for month_number in one.values}
    assert 12 - 1 not in known and 13 - 1 not in known and 14 - 1 in known


def test_what_is_no_count_of_a_period_is_in_no_series():
    base = [span(n, v) for n, v in enumerate(CALM[:LEAST_FIGURES])]
    assert figure_series(base, "month").series
    for change in (
        {"qualifier": "forecast"},
        {"qualifier": "crowd"},
        {"relation": "rounded_of"},
        {"date_precision": "year"},
        {"period_to": dt.date(2030, 1, 1)},
        {"territory": None},
        {"value": None},
    ):
        assert figure_series([{**row, **change} for row in base], "month").series == (), change
    days = [{**row, "period_to": row["period_from"]} for row in base]  # a killing of one day is not the count of its month
    assert figure_series(days, "month").series == ()


def test_one_source_against_itself_is_a_dispute_and_two_sources_are_two_series():
    figures = [span(n, v) for n, v in enumerate(CALM[:12])]
    other = [span(n, v / 2, "Registry") for n, v in enumerate(CALM[:12])]
    found = figure_series([*figures, *other, span(3, 77.0)], "month")
    assert found.disputed == 1 and len(found.series) == 2
    assert sorted(len(one.values) for one in found.series) == [11, 12]


def test_more_series_mean_a_stricter_control_over_all_of_them_together():
    rise = [*CALM[:-1], 1200.0]
    alone, _, _ = watched([span(n, v) for n, v in enumerate(rise)])
    others = [span(n, v * (1 + k / 50), f"Office {k}") for k in range(40) for n, v in enumerate(CALM)]
    beside, _, _ = watched([*(span(n, v) for n, v in enumerate(rise)), *others])

    def adjusted(rows: list[dict]) -> float:
        return next(r["adjusted"] for r in rows if r["method"] == "C1" and r["period_from"] == month(29)[0] and r["said_by"] == "Council")

    assert adjusted(beside) > adjusted(alone)


def test_years_before_a_series_began_are_no_history_for_the_seasonal_method():
    """A young series beside an old one: four years of the other are not its own."""
    old = {"territory": "XSE", "date_precision": "day", "indicator": "deaths_one_sided", "admin_code": None, **ABOUT}
    days = [dt.date(2016 + n // 12, n % 12 + 1, 5) for n in range(126)]
    events = [{**old, "id": f"evt-{n}-{k}", "date_from": day} for n, day in enumerate(days) for k in range(3)]
    figures = tables.from_rows("figures", [span(n, v) for n, v in enumerate(CALM)])
    told = Told(tables.from_rows("events", events), tables.empty("documents"), figures)
    rows = watch_run(told, TODAY, 1).anomalies.to_pylist()
    by_method = {kind: {row["method"] for row in rows if row["kind"] == kind and row["state"] == "calm"} for kind in ("events", "figures")}
    assert "farrington_improved" in by_method["events"] and "farrington_improved" not in by_method["figures"]


def test_the_order_of_figures_changes_no_verdict():
    figures = [span(n, v, who) for who in ("Council", "Registry") for n, v in enumerate(CALM)]
    assert watched(figures)[0] == watched(figures[::-1])[0]


def test_p_values_keep_their_level_with_a_history_of_eight_months():
    random = np.random.default_rng(20261121)
    drawn = random.poisson(random.gamma(6.0, 1000.0, (3000, 9))).astype(float)
    values = np.array([ears(row, "C1", 8).p for row in drawn], dtype=float)
    for level, most in ((0.05, 1.35), (0.01, 1.6)):  # with the dispersion taken as known it was 3 times the level at 0.01
        assert (values <= level).mean() <= most * level


def csv(tmp_path, rows: list[str]):
    path = tmp_path / "figures.csv"
    path.write_text("indicator,territory,value,period_from,period_to,said_by\n" + "\n".join(rows), encoding="utf-8")
    return path


def test_the_command_reads_a_file_of_figures(tmp_path):
    rows = [f"displaced,XSE,{v:g},{month(n)[0]},{month(n)[1]},Council" for n, v in enumerate([*CALM[:-1], 4000.0]) if n != 10]
    result = CliRunner().invoke(app, ["forecast", "anomalies", "--data", str(csv(tmp_path, rows)), "--every", "month", "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.output)
    newest = [row for row in answer["rows"] if row["t"] == "2026-06" and row["kept"]]
    assert {row["observed"] for row in newest} == {4000.0} and answer["outages"][0]["from"] == "2024-11"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("displaced,XSE,many,2024-01-01,2024-01-31,", "not a number"),
        ("displaced,XSE,-3,2024-01-01,2024-01-31,", "not a count"),
        ("displaced,XSE,3,2024-01-31,2024-01-01,", "ends before it begins"),
        ("displaced,XSE,3,January,2024-01-31,", "not a date"),
        ("displaced,XSE,3,2024-01-01,2024-12-31,", "no figures make a series"),
    ],
)
def test_what_can_not_be_used_in_a_file_of_figures_is_named(tmp_path, row, says):
    result = CliRunner().invoke(app, ["forecast", "anomalies", "--data", str(csv(tmp_path, [row])), "--every", "month"])
    assert result.exit_code != 0 and says in str(result.exception)


def test_totals_in_a_file_of_counts_are_judged_by_their_rise_where_that_is_asked(tmp_path):
    path = tmp_path / "camps.csv"
    levels = [100 * n for n in range(12)] + [1000, 1400]
    lines = [f"{n},{v}" for n, v in enumerate(levels) if n != 5]
    path.write_text("t,count\n" + "\n".join(lines), encoding="utf-8")
    answer = json.loads(
        CliRunner().invoke(app, ["forecast", "anomalies", "--data", str(path), "--method", "C1", "--json", "--rise"]).output
    )
    assert [row["observed"] for row in answer["rows"]] == [None, *[100] * 4, None, None, *[100] * 5, 0, 400]
