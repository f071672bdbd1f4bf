"""Scoring files of the challenge's layout: published numbers, columns by name, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.challenge_files import Counts, read_actuals, read_forecast, write_actuals, write_blocks
from tocsin.flow.challenge_score import score_forecast
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.evaluation.vintage import fingerprint


def write_forecast(forecast: Counts, folder: Path) -> Path:
    """Write one window."""
    rows = (forecast.months, forecast.places, forecast.outcomes)
    return write_blocks(iter([rows]), folder, str(forecast.window), forecast.place, forecast.vintage)


PUBLISHED = {
    ("last_historical_poisson", 2018): 20.04,
    ("last_historical_poisson", 2019): 9.64,
    ("last_historical_poisson", 2020): 13.70,
    ("bootstrap", 2018): 23.49,
    ("bootstrap", 2019): 22.08,
    ("bootstrap", 2020): 21.27,
}


@pytest.mark.shared
@pytest.mark.parametrize(("model", "year"), PUBLISHED)
def test_official_benchmarks_score_as_published(shared, model, year):
    folder = shared / "data" / "views2023"
    scored = score_forecast(folder / f"bm_cm_{model}_expanded_{year}.parquet", folder / f"april2023_vintage_cm_actuals_{year}.parquet")
    assert scored.total["crps"] == pytest.approx(PUBLISHED[model, year], abs=0.01)
    assert scored.total["units"] == 2292
    assert not scored.warnings


@pytest.mark.shared
@pytest.mark.parametrize(
    ("forecast", "actuals"),
    [
        ("bm_cm_bootstrap_expanded_2020", "cm_actuals_2020"),
        ("bm_cm_last_historical_poisson_expanded_2018", "cm_actuals_2018"),
        ("bm_conflictology_cm_2019", "april2023_vintage_cm_actuals_2019"),
    ],
)
def test_the_other_vintage_warns(shared, forecast, actuals):
    folder = shared / "data" / "views2023"
    scored = score_forecast(folder / f"{forecast}.parquet", folder / f"{actuals}.parquet")
    assert any(warning.startswith("mixed vintages") for warning in scored.warnings)
    assert scored.vintages[0]["same"] is False


@pytest.mark.shared
def test_an_unknown_forecast_beside_two_vintages_is_asked_which_it_is(shared, tmp_path):
    source = shared / "data" / "views2023"
    for name in ("cm_actuals_2018", "april2023_vintage_cm_actuals_2018"):
        (tmp_path / f"{name}.parquet").write_bytes((source / f"{name}.parquet").read_bytes())
    known = read_actuals(tmp_path / "cm_actuals_2018.parquet")[0]
    zero = Counts("Y2018", "country_id", known.months, known.places, np.zeros((len(known.months), 3)), None)
    write_forecast(zero, tmp_path / "mine")
    scored = score_forecast(tmp_path / "mine", tmp_path / "cm_actuals_2018.parquet")
    assert scored.total["crps"] == pytest.approx(24.130, abs=0.001)
    assert any("another vintage" in w and "253" not in w and "--vintage" in w for w in scored.warnings)
    named = score_forecast(tmp_path / "mine", tmp_path / "cm_actuals_2018.parquet", vintage="some other edition")
    assert named.vintages[0]["same"] is False


def _counts(outcomes: np.ndarray, window: str | None = "Y2020", vintage: str | None = None, first: int = 481) -> Counts:
    """Return units of two months and as many places as needed."""
    rows = len(outcomes)
    return Counts(
        window, "country_id", np.repeat([first, first + 1], rows // 2), np.tile(np.arange(1, rows // 2 + 1), 2), outcomes, vintage
    )


def _pair(tmp_path: Path, forecast: Counts, actuals: Counts) -> tuple[Path, Path]:
    write_forecast(forecast, tmp_path / "forecast")
    return tmp_path / "forecast", write_actuals(actuals, tmp_path / "actuals.parquet")


def _frame(rows: int = 2, draws: int = 3) -> pd.DataFrame:
    units = [(481, place, draw, place + draw) for place in range(1, rows + 1) for draw in range(draws)]
    return pd.DataFrame(units, columns=["month_id", "country_id", "draw", "outcome"])


@given(st.integers(1, 5), st.integers(1, 30), st.randoms(use_true_random=False))
def test_what_is_written_is_read_again(tmp_path_factory, places, draws, random):
    folder = tmp_path_factory.mktemp("layout")
    outcomes = np.array([[random.randint(0, 3000) for _ in range(draws)] for _ in range(2 * places)])
    write_forecast(_counts(outcomes, vintage="edition 1"), folder)
    (back,) = list(read_forecast(folder))
    assert (back.window, back.place, back.vintage) == ("Y2020", "country_id", "edition 1")
    assert np.array_equal(back.outcomes, outcomes)
    table = pq.read_table(folder / "window=Y2020" / "part-0.parquet", partitioning=None)
    assert table.column_names == ["month_id", "country_id", "draw", "outcome"]
    assert all(pa.types.is_integer(kind) for kind in table.schema.types)


@pytest.mark.parametrize("index", [["month_id", "country_id", "draw"], ["draw"], []])
def test_columns_in_a_pandas_index_are_read_by_name(tmp_path, index):
    frame = _frame()
    frame = frame.set_index(index) if index else frame
    frame.to_parquet(tmp_path / "f.parquet")
    (read,) = list(read_forecast(tmp_path / "f.parquet"))
    assert read.outcomes.tolist() == [[1, 2, 3], [2, 3, 4]]


def test_an_index_kept_as_a_range_is_read_by_name(tmp_path):
    frame = pd.DataFrame({"month_id": 481, "country_id": 7, "outcome": [4, 5, 6]}, index=pd.RangeIndex(3, name="draw"))
    frame.to_parquet(tmp_path / "f.parquet")
    assert "draw" not in pq.read_schema(tmp_path / "f.parquet").names
    (read,) = list(read_forecast(tmp_path / "f.parquet"))
    assert read.outcomes.tolist() == [[4, 5, 6]]


def test_scores_do_not_depend_on_the_order_of_rows(tmp_path):
    frame = _frame(rows=4, draws=7)
    frame.to_parquet(tmp_path / "a.parquet")
    frame.sample(frac=1, random_state=3).to_parquet(tmp_path / "b.parquet")
    actuals = frame[frame.draw == 2].drop(columns="draw")
    actuals.to_parquet(tmp_path / "actuals.parquet")
    first, second = (score_forecast(tmp_path / name, tmp_path / "actuals.parquet").as_dict() for name in ("a.parquet", "b.parquet"))
    assert first == second


def test_grid_forecasts_and_several_windows_are_scored(tmp_path):
    for window, first in (("Y2020", 481), ("Y2019", 469)):
        draws = np.full((4, 5), 10 if window == "Y2020" else 0)
        one = _counts(draws, window, first=first)
        write_forecast(Counts(window, "priogrid_gid", one.months, one.places, draws, None), tmp_path / "pgm")
    months = np.array([469, 469, 470, 470, 481, 481, 482, 482])
    write_actuals(Counts(None, "priogrid_gid", months, np.tile([1, 2], 4), np.zeros(8), None), tmp_path / "actuals.parquet")
    scored = score_forecast(tmp_path / "pgm", tmp_path / "actuals.parquet")
    assert {name: row["crps"] for name, row in scored.by_window.items()} == {"Y2019": 0.0, "Y2020": 10.0}
    assert scored.total["crps"] == 5.0 and scored.total["units"] == 8


def test_conflict_affected_places_are_scored_apart(tmp_path):
    forecast, actuals = _pair(tmp_path, _counts(np.zeros((4, 5))), _counts(np.array([0.0, 40.0, 0.0, 20.0]), None))
    history = Counts(None, "country_id", np.array([480, 480, 300]), np.array([1, 2, 1]), np.array([0.0, 7.0, 99.0]), None)
    write_actuals(history, tmp_path / "history.parquet")
    scored = score_forecast(forecast, actuals, history=tmp_path / "history.parquet")
    assert scored.affected is not None
    assert (scored.affected["units"], scored.affected["crps"], scored.total["crps"]) == (2, 30.0, 15.0)


def test_stated_vintages_are_compared(tmp_path):
    outcomes = np.zeros((4, 1000))
    forecast, actuals = _pair(tmp_path, _counts(outcomes, vintage="June 2021"), _counts(np.zeros(4), None, "June 2022"))
    assert any("June 2021" in w and "June 2022" in w for w in score_forecast(forecast, actuals).warnings)
    write_actuals(_counts(np.zeros(4), None, "June 2021"), actuals)
    assert score_forecast(forecast, actuals).warnings == []


def test_a_history_of_another_vintage_warns(tmp_path):
    forecast, actuals = _pair(tmp_path, _counts(np.zeros((4, 1000))), _counts(np.array([0.0, 4.0, 0.0, 0.0]), None))
    history = write_actuals(_counts(np.zeros(4), None), tmp_path / "elsewhere" / "history.parquet")
    assert any(w.startswith("mixed vintages") for w in score_forecast(forecast, actuals, history=history).warnings)


@pytest.mark.parametrize("cut", ["forecast", "actuals"])
def test_units_in_one_file_only_are_refused(tmp_path, cut):
    _frame(rows=2 if cut == "actuals" else 3).to_parquet(tmp_path / "f.parquet")
    rows = 3 if cut == "actuals" else 2
    actuals = pd.DataFrame({"month_id": 481, "country_id": range(1, rows + 1), "outcome": 0})
    actuals.to_parquet(tmp_path / "a.parquet")
    result = CliRunner().invoke(app, ["forecast", "score", str(tmp_path / "f.parquet"), str(tmp_path / "a.parquet"), "--json"])
    assert isinstance(result.exception, BadInput) and result.exception.exit_code == 1
    assert "1 units are in this file only, such as month 481, place 3" in str(result.exception)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("outcome", -1, "negative"),
        ("outcome", np.nan, "empty cells|not finite"),
        ("outcome", np.inf, "not finite"),
        ("month_id", 0, "month_id out of range"),
        ("month_id", 40_000, "month_id out of range"),
        ("draw", 1, "stand twice"),
        ("draw", 17, "missing"),
    ],
)
def test_bad_draws_are_refused(tmp_path, column, value, said):
    frame = _frame().astype({"outcome": float})
    frame.loc[0, column] = value
    frame.to_parquet(tmp_path / "f.parquet")
    with pytest.raises(BadInput, match=said):
        list(read_forecast(tmp_path / "f.parquet"))


def test_months_outside_of_the_window_are_refused(tmp_path):
    target = tmp_path / "window=Y2019" / "f.parquet"
    target.parent.mkdir()
    _frame().to_parquet(target)
    with pytest.raises(BadInput, match="469 to 480"):
        list(read_forecast(tmp_path))


def test_actuals_that_stand_twice_are_refused(tmp_path):
    for name, value in (("first", 1), ("second", 2)):
        write_actuals(_counts(np.full(4, value), None), tmp_path / f"{name}.parquet")
    with pytest.raises(BadInput, match="two vintages"):
        read_actuals(tmp_path)


def test_a_forecast_without_rows_is_named_and_not_its_actuals(tmp_path):
    empty = pa.table({name: pa.array([], pa.int64()) for name in ("month_id", "country_id", "draw", "outcome")})
    pq.write_table(empty, tmp_path / "forecast.parquet")
    with pytest.raises(BadInput, match="no rows") as error:
        list(read_forecast(tmp_path / "forecast.parquet"))
    assert error.value.where.endswith("forecast.parquet")


def test_a_missing_column_is_named(tmp_path):
    _frame().rename(columns={"outcome": "prediction"}).to_parquet(tmp_path / "f.parquet")
    with pytest.raises(BadInput, match="no column outcome"):
        list(read_forecast(tmp_path / "f.parquet"))


def test_json_has_the_stable_keys(tmp_path):
    forecast, actuals = _pair(tmp_path, _counts(np.zeros((4, 5))), _counts(np.array([0.0, 40.0, 0.0, 20.0]), None))
    result = CliRunner().invoke(app, ["forecast", "score", str(forecast), str(actuals), "--json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert {"crps", "ignorance", "interval_score", "coverage90", "units", "by_window"} <= set(answer)
    assert answer["crps"] == 15.0 and answer["by_window"]["Y2020"]["units"] == 4


def test_a_fingerprint_does_not_depend_on_the_order_of_rows():
    months, places, draws = np.array([2, 1, 1]), np.array([5, 6, 5]), np.arange(12.0).reshape(3, 4)
    turned = fingerprint(months[::-1], places[::-1], draws[::-1, ::-1])
    assert turned == fingerprint(months, places, draws)
    assert turned != fingerprint(months, places, draws + 1)
