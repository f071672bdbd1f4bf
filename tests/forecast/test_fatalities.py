"""`tocsin forecast fatalities`: cells from coordinates, monthly counts or events in, draws in the challenge's layout out."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.challenge_files import read_actuals, read_forecast
from tocsin.flow.fatalities_data import read_fatalities
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.grid import NOWHERE, cells_of

runner = CliRunner()
ORIGIN = 490  # October 2020


def invented_events(months: int = 80, last: int = ORIGIN, seed: int = 5) -> pd.DataFrame:
    """Return events of two invented cells and of one place without coordinates."""
    stream = np.random.default_rng(seed)
    rows = []
    for month in range(last - months + 1, last + 1):
        for longitude, latitude in ((10.1, 4.3), (10.9, 4.3), (np.nan, np.nan)):
            day = f"{1980 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}-15"
            deaths = int(stream.poisson(3 * stream.gamma(0.5, 2)))
            rows.append((len(rows), 3, day, day, deaths, longitude, latitude, 1, 700))
    names = ["id", "type_of_violence", "date_start", "date_end", "best", "longitude", "latitude", "where_prec", "country_id"]
    return pd.DataFrame(rows, columns=names)


def events_file(folder, rows: pd.DataFrame):
    """Return the file of these events."""
    rows.to_parquet(folder / "events.parquet")
    return folder / "events.parquet"


def forecast(*arguments: object) -> dict:
    """Return the JSON of the command."""
    result = runner.invoke(app, ["forecast", "fatalities", *map(str, arguments), "--json"], catch_exceptions=False)
    return json.loads(result.stdout)


@given(st.integers(1, 720 * 360))
def test_the_middle_of_a_cell_lies_in_that_cell(cell):
    row, column = divmod(cell - 1, 720)
    longitude, latitude = column / 2 - 179.75, row / 2 - 89.75
    assert cells_of(np.array([longitude]), np.array([latitude])).tolist() == [cell]


@pytest.mark.parametrize(("longitude", "latitude"), [(np.nan, 4.0), (4.0, np.nan), (181.0, 4.0), (4.0, -90.5), (0.0, 0.0), (np.inf, 1.0)])
def test_unknown_coordinates_are_placed_nowhere(longitude, latitude):
    assert cells_of(np.array([longitude]), np.array([latitude])).tolist() == [NOWHERE]


def test_the_corners_of_the_world_have_the_first_and_the_last_cell():
    assert cells_of(np.array([-180.0, 180.0]), np.array([-90.0, 90.0])).tolist() == [1, 720 * 360]


@pytest.mark.shared
def test_cells_agree_with_those_of_the_event_dataset(shared):
    rows = pd.read_parquet(shared / "data/ucdp/ged231_central_african_republic.parquet")
    assert (cells_of(rows["longitude"].to_numpy(), rows["latitude"].to_numpy()) == rows["priogrid_gid"]).all()


@pytest.mark.shared
@pytest.mark.parametrize(("kind", "number"), [("state-based", 1), ("non-state", 2), ("one-sided", 3)])
def test_counts_of_cells_and_months_are_the_sums_of_the_events(shared, kind, number):
    file = shared / "data/ucdp/ged231_central_african_republic.parquet"
    rows = pd.read_parquet(file)
    rows = rows[rows["type_of_violence"] == number]
    history = read_fatalities(file, "grid", kind).history
    by_cell = rows.groupby("priogrid_gid")["best"].sum()
    assert history.places.tolist() == by_cell.index.tolist()
    assert history.values.sum(axis=1).tolist() == by_cell.tolist()


def test_deaths_without_coordinates_are_counted_and_never_placed(tmp_path):
    rows = invented_events()
    found = read_fatalities(events_file(tmp_path, rows), "grid", "one-sided")
    lost = rows["longitude"].isna()
    assert found.skipped == {"no coordinates": int(lost.sum())}
    assert found.history.values.sum() == rows["best"][~lost].sum()
    assert f"{int(rows['best'][lost].sum())} deaths" in found.warnings[0]


def test_a_forecast_from_events_reads_back_as_the_challenge_wants_it(tmp_path):
    answer = forecast(
        "--data",
        events_file(tmp_path, invented_events()),
        "--level",
        "grid",
        "--kind",
        "one-sided",
        "--window",
        "Y2021",
        "--draws",
        100,
        "--as-of",
        "2020-11-20",
        "--out",
        tmp_path / "out",
    )
    assert answer["origin"] == "2020-10-31" and answer["issued_at"] == "2020-11-20" and not answer["stale"]
    assert answer["window"] == {"from": "2021-01-01", "to": "2021-12-31"} and answer["steps"] == [3, 14]
    written = next(iter(read_forecast(tmp_path / "out")))
    assert (written.window, written.place, written.outcomes.shape) == ("Y2021", "priogrid_gid", (2 * 12, 100))
    assert json.loads((tmp_path / "out" / "forecast.json").read_text())["sha256"] == answer["sha256"]


def year_ahead(tmp_path, data, *more):
    """Forecast the months of 2021 into the folder `out`."""
    return forecast("--data", data, "--window", "Y2021", "--draws", 20, "--as-of", "2020-12-01", "--out", tmp_path / "out", *more)


def actuals_of(tmp_path, data, kind="state-based"):
    target = tmp_path / "actuals.parquet"
    arguments = ["forecast", "actuals", str(tmp_path / "out"), "--data", str(data), "--kind", kind, "--out", str(target), "--json"]
    return json.loads(runner.invoke(app, arguments, catch_exceptions=False).stdout), target


def test_what_came_is_scored_for_the_kind_that_was_forecast(tmp_path):
    rows = [(m, p, (m * p) % 5, 1000 + m) for m in range(400, 505) for p in (1, 2)]
    counts = pd.DataFrame(rows, columns=["month_id", "country_id", "ged_best_os", "ged_best_sb"])
    file = tmp_path / "counts.parquet"
    counts.to_parquet(file)
    year_ahead(tmp_path, file, "--kind", "one-sided", "--model", "exactly_zero")
    answer, target = actuals_of(tmp_path, file, "one-sided")
    year = counts[counts["month_id"].between(493, 504)]
    assert (answer["units"], answer["deaths"]) == (24, year["ged_best_os"].sum())
    scored = json.loads(
        runner.invoke(app, ["forecast", "score", str(tmp_path / "out"), str(target), "--json"], catch_exceptions=False).stdout
    )
    assert scored["units"] == 24
    assert scored["crps"] == pytest.approx(year["ged_best_os"].mean())  # that of the forecast zero is the mean of what came


def test_events_become_what_came_cell_by_cell(tmp_path):
    file = events_file(tmp_path, invented_events(last=ORIGIN + 14))
    year_ahead(tmp_path, file, "--level", "grid", "--kind", "one-sided")
    answer, target = actuals_of(tmp_path, file, "one-sided")
    found = read_actuals(target)[0]
    assert found.place == "priogrid_gid" and sorted(set(found.months)) == list(range(493, 505))
    assert answer["units"] == len(found.months) == 24 and found.outcomes.sum() == answer["deaths"] > 0


def test_a_month_that_the_data_do_not_tell_of_is_named_and_nothing_is_written(tmp_path):
    counts = pd.DataFrame([(m, p, (m * p) % 5) for m in range(400, 503) for p in (1, 2)], columns=["month_id", "country_id", "ged_best_sb"])
    counts.to_parquet(tmp_path / "counts.parquet")
    year_ahead(tmp_path, tmp_path / "counts.parquet")
    with pytest.raises(BadInput, match="4 of 24 units have no count, such as month 503, place 1"):
        actuals_of(tmp_path, tmp_path / "counts.parquet")
    assert not (tmp_path / "actuals.parquet").exists()


def test_the_weights_of_the_mixture_are_told_and_sum_to_one(tmp_path):
    answer = forecast("--data", events_file(tmp_path, invented_events()), "--level", "grid", "--kind", "one-sided", "--draws", 20)
    assert [one["steps"] for one in answer["weights"]][::5] == [[1, 2], [3, 14], [15, 36]]
    for one in answer["weights"]:
        assert sum(one["parts"].values()) == pytest.approx(1, abs=0.001)


def test_events_after_the_origin_change_nothing(tmp_path):
    rows = invented_events(last=ORIGIN + 8)
    spoiled = rows.copy()
    late = pd.to_datetime(rows["date_end"]) > "2020-10-31"
    spoiled.loc[late, "best"] = 5000
    spoiled.loc[late, ["longitude", "latitude"]] = (33.3, 3.3)
    options = ("--level", "grid", "--kind", "one-sided", "--origin", "2020-10", "--draws", 50, "--as-of", "2021-08-01")
    first, second = (forecast("--data", events_file(tmp_path, one), *options) for one in (rows, spoiled))
    assert first["draws_sha256"] == second["draws_sha256"] and first["top"] == second["top"]
    assert first["stale"] and "load counts of later months" in first["renew"]


def test_a_forecast_issued_before_its_data_were_there_is_refused(tmp_path):
    result = runner.invoke(app, ["forecast", "fatalities", "--data", str(events_file(tmp_path, invented_events())), "--level", "grid",
                                 "--kind", "one-sided", "--as-of", "2019-01-01"])  # fmt: skip
    assert "not yet known" in str(result.exception)


def test_events_that_stand_twice_are_refused(tmp_path):
    rows = invented_events()
    with pytest.raises(BadInput, match="more than once"):
        read_fatalities(events_file(tmp_path, pd.concat([rows, rows.head(2)])), "grid", "one-sided")


def test_counts_of_another_kind_are_not_taken_for_the_one_asked_for(tmp_path):
    pd.DataFrame({"month_id": [400], "country_id": [1], "ged_best_os": [0]}).to_parquet(tmp_path / "counts.parquet")
    with pytest.raises(BadInput, match="no column of state-based deaths"):
        read_fatalities(tmp_path / "counts.parquet", "country", "state-based")


@pytest.mark.parametrize(
    ("month", "count", "said"), [(401, -1, "negative"), (401, np.inf, "not finite"), (0, 1, "out of range"), (400, 1, "more than once")]
)
def test_monthly_counts_that_cannot_be_are_refused(tmp_path, month, count, said):
    rows = {"month_id": [400, month], "country_id": [1, 1], "ged_best_sb": [0.0, count]}
    pd.DataFrame(rows).to_parquet(tmp_path / "counts.parquet")
    with pytest.raises(BadInput, match=said):
        read_fatalities(tmp_path / "counts.parquet", "country", "state-based")


def test_too_short_a_history_is_refused_by_the_mixture_and_not_by_the_baseline(tmp_path):
    file = events_file(tmp_path, invented_events(months=20))
    options = ["--level", "grid", "--kind", "one-sided", "--draws", "20"]
    with pytest.raises(BadInput, match="too short a history"):
        runner.invoke(app, ["forecast", "fatalities", "--data", str(file), *options], catch_exceptions=False)
    assert forecast("--data", file, *options, "--model", "conflictology_12")["places"] == 2


def test_the_order_of_rows_changes_nothing(tmp_path):
    rows = invented_events()
    options = ("--level", "grid", "--kind", "one-sided", "--draws", 40, "--as-of", "2020-12-01")
    first, second = (forecast("--data", events_file(tmp_path, one), *options) for one in (rows, rows.sample(frac=1, random_state=4)))
    assert first["draws_sha256"] == second["draws_sha256"]


def test_only_the_places_of_the_other_file_are_forecast(tmp_path):
    counts = pd.DataFrame([(m, p, (m * p) % 5) for m in range(400, 491) for p in (1, 2, 3)], columns=["month_id", "country_id", "ged_sb"])
    counts.to_parquet(tmp_path / "counts.parquet")
    pd.DataFrame({"country_id": [2, 3, 77]}).to_csv(tmp_path / "wanted.csv")
    answer = forecast("--data", tmp_path / "counts.parquet", "--places", tmp_path / "wanted.csv", "--draws", 20, "--as-of", "2020-12-01")
    assert (answer["places"], answer["not_forecast"]) == (2, 1)
    assert {one["place"] for one in answer["top"]} == {2, 3}


@pytest.mark.parametrize(("option", "value"), [("--level", "village"), ("--kind", "any"), ("--model", "oracle"), ("--window", "2021")])
def test_unknown_choices_are_wrong_use(tmp_path, option, value):
    file = events_file(tmp_path, invented_events(months=3))
    result = runner.invoke(app, ["forecast", "fatalities", "--data", str(file), option, value])
    assert result.exception.exit_code == 2


def monthly(folder, change=lambda rows: rows, *, suffix: str = ".parquet"):
    """Return a file of monthly counts of three countries."""
    rows = change(
        pd.DataFrame([(m, p, (m * p) % 5) for m in range(400, 491) for p in (1, 2, 3)], columns=["month_id", "country_id", "ged_sb"])
    )
    file = folder / f"counts{suffix}"
    rows.to_parquet(file) if suffix == ".parquet" else rows.to_csv(file, index=False)
    return file


def test_counts_in_csv_are_the_same_as_in_parquet(tmp_path):
    one, two = (read_fatalities(monthly(tmp_path, suffix=s), "country", "state-based").history for s in (".parquet", ".csv"))
    assert (one.values == two.values).all() and (one.months == two.months).all()


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_months_without_a_row_and_broken_counts_are_said(tmp_path, suffix):
    def change(rows):
        rows = rows[~((rows["month_id"] == 430) & (rows["country_id"] == 2))].astype({"ged_sb": float})
        rows.loc[rows.index[0], "ged_sb"] = 2.5
        return rows

    found = read_fatalities(monthly(tmp_path, change, suffix=suffix), "country", "state-based")
    assert np.isnan(found.history.values).sum() == 1
    assert any("1 months of 1 places have no row" in said for said in found.warnings)
    assert any("1 counts are no whole numbers" in said for said in found.warnings)


def test_a_country_that_ended_is_not_forecast_and_one_that_began_late_is(tmp_path):
    def change(rows):
        ended = (rows["country_id"] == 2) & (rows["month_id"] > 470)
        young = (rows["country_id"] == 3) & (rows["month_id"] < 480)
        return rows[~(ended | young)]

    answer = forecast("--data", monthly(tmp_path, change), "--draws", 20, "--as-of", "2020-12-01")
    assert {one["place"] for one in answer["top"]} == {1, 3} and answer["not_forecast"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows.head(0), "no rows"),
        (lambda rows: rows.assign(ged_sb=5_000_000_000), "too high"),
        (lambda rows: pd.concat([rows, rows.tail(1)]), "more than once"),
    ],
)
def test_counts_that_no_model_can_use_are_refused(tmp_path, change, said):
    with pytest.raises(BadInput, match=said):
        read_fatalities(monthly(tmp_path, change), "country", "state-based")


@pytest.mark.parametrize("year", [2022, 2024])
def test_years_after_those_of_the_challenge_are_forecast_and_scored(tmp_path, year):
    last = 12 * (year - 1979)
    rows = pd.DataFrame(
        [(m, p, (m * p) % 5) for m in range(last - 99, last + 1) for p in (1, 2)], columns=["month_id", "country_id", "ged_sb"]
    )
    rows.to_parquet(tmp_path / "counts.parquet")
    rows[rows["month_id"] > last - 12].to_csv(tmp_path / "actuals.csv", index=False)
    day = f"{year - 1}-12-01"
    answer = forecast(
        "--data", tmp_path / "counts.parquet", "--window", f"Y{year}", "--draws", 50, "--out", tmp_path / "out", "--as-of", day
    )
    assert answer["window"] == {"from": f"{year}-01-01", "to": f"{year}-12-31"} and answer["origin"] == f"{year - 1}-10-31"
    result = runner.invoke(
        app, ["forecast", "score", str(tmp_path / "out"), str(tmp_path / "actuals.csv"), "--json"], catch_exceptions=False
    )
    scored = json.loads(result.stdout)
    assert scored["by_window"].keys() == {f"Y{year}"} and scored["units"] == 24 and scored["crps"] < 2
