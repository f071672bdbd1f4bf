"""A later edition: more years, other file names, labels filled with zeros, countries that split, windows that are not over."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from onset_files import COUNTRIES, country_rows, few_trees, labeled, risks, table_of
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.backtest import run_backtest
from tocsin.flow.backtest_files import read_backtest_files, read_model_data
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.onset.published import compare_onsets
from tocsin.stages.forecast.onset.rows import country_years, window_events

LATER = 2020
__all__ = ["few_trees"]


def later_rows():
    """Return rows to 2020 in which one country splits after 2010, and the last year is not known to anybody yet."""
    rows = [row for row in country_rows(last=LATER) if not (row["ccode"] == 5 and row["year"] > 2010)]
    for row in [row for row in rows if row["ccode"] == 6 and row["year"] > 2010]:
        rows.append({**row, "ccode": 90, "ewp_name": "Land 04 South", "mk_ever": 0.0, "mk_onset": 0})
    rows = labeled(rows)
    for row in rows:
        if row["year"] == LATER:
            row["mk_onset"] = None
    return rows


@pytest.fixture(scope="module")
def rows():
    return later_rows()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, rows):
    place = tmp_path_factory.mktemp("later")
    old = country_rows(last=2000)
    pq.write_table(table_of(old), place / "modeldata_sra2026.parquet")
    pq.write_table(table_of(risks(old)), place / "foos_forecasts_sra2026_to2000.parquet")
    pq.write_table(table_of(rows), place / f"modeldata_sra2026_to{LATER}.parquet")
    pq.write_table(table_of(risks(rows)), place / f"foos_forecasts_sra2026_to{LATER}.parquet")
    return place


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def backtest(folder, told, few_trees):
    return run_backtest(folder, 0, 1, lambda done, total, label: told.append((done, total, label)))


@pytest.fixture(scope="module")
def result(backtest):
    return backtest.as_dict()


def test_the_cut_that_reaches_furthest_is_read_and_the_others_are_named(folder):
    found = read_backtest_files(folder)
    assert found.data_name == f"modeldata_sra2026_to{LATER}.parquet"
    assert found.published_name == f"foos_forecasts_sra2026_to{LATER}.parquet"
    assert "not read: foos_forecasts_sra2026_to2000.parquet, modeldata_sra2026.parquet" in found.notes[0]


def test_later_origins_are_scored_with_the_published_ones_and_apart(result):
    published, later = result["windows"]["published"], result["windows"]["later"]
    for target, first, border in (("onset_1or2", 1993, 2014), ("onset_max2", 1994, 2016)):
        assert published[target]["years"] == [first, border]
        assert later[target]["years"][0] == border + 1
        whole = result["targets"][target]
        assert whole["years"] == [first, later[target]["years"][1]]
        assert whole["rows"] == published[target]["rows"] + later[target]["rows"]
        assert whole["events"] == published[target]["events"] + later[target]["events"]
    json.dumps(result, allow_nan=False)


def test_a_window_that_reaches_into_an_unknown_year_is_left_out_whatever_the_file_says(rows, result):
    assert result["targets"]["onset_1or2"]["years"][1] == LATER - 3
    assert result["targets"]["onset_max2"]["years"][1] == LATER - 1
    read = country_years(table_of(rows), "data")
    for label in (read.given, window_events(read)):
        assert np.isnan(label[read.years >= LATER - 2]).all()
        assert not np.isnan(label[(read.years == LATER - 3) & (read.codes != 5)]).any()


def test_a_country_that_splits_is_named_and_its_parts_are_countries_of_their_own(result):
    assert any("Land 03 ends in 2010" in note for note in result["notes"])
    by_year = result["targets"]["onset_max2"]
    assert by_year["rows"] == COUNTRIES * (2010 - 1993) + (COUNTRIES - 1 + 1) * (LATER - 1 - 2010) - 1


def test_whoever_waits_is_told_how_far_it_is(backtest, told):
    assert [done for done, _, _ in told] == list(range(1, told[-1][1] + 1))


def test_the_command_prints_every_window(folder, backtest, monkeypatch):
    monkeypatch.setattr("tocsin.flow.backtest.run_backtest", lambda *_: backtest)
    shown = CliRunner().invoke(app, ["forecast", "backtest", "--data", str(folder)])
    assert shown.exit_code == 0, shown.output
    for title in ("All answered origins", "Origins of the published figures", "Later origins"):
        assert title in shown.output


def test_forecasts_and_data_of_one_edition_say_the_same_onsets(rows):
    read = country_years(table_of(rows), "data")
    onsets = [{**risk, "mk_onset": row["mk_onset"]} for risk, row in zip(risks(rows), [r for r in rows if r["year"] >= 1994], strict=True)]
    assert compare_onsets(table_of(onsets), read, "foos") == ()
    assert compare_onsets(table_of(risks(rows)), read, "foos") == ()
    first = next(one for one in onsets if one["mk_onset"] == 1)
    first["mk_onset"] = 0
    assert "1 onsets differ" in compare_onsets(table_of(onsets), read, "foos")[0]
    for one in onsets:
        one["mk_onset"] = None if one["mk_onset"] is None else 1 - one["mk_onset"]
    with pytest.raises(BadInput, match="different onsets"):
        compare_onsets(table_of(onsets), read, "foos")


def test_a_window_without_an_onset_is_scored_as_far_as_that_says_anything(tmp_path):
    rows = country_rows(last=2019)
    for row in rows:
        if row["year"] > 2014:
            row["mk_onset"] = 0
    rows = labeled(rows)
    pq.write_table(table_of(rows), tmp_path / "modeldata_sra2026.parquet")
    pq.write_table(table_of(risks(rows)), tmp_path / "foos_forecasts_sra2026.parquet")
    result = run_backtest(tmp_path, 0, 1).as_dict()
    json.dumps(result, allow_nan=False)
    later = result["windows"]["later"]["onset_1or2"]
    assert later["events"] == 0
    assert later["models"]["stack"]["auc"] is None
    assert later["models"]["stack"]["expected_observed"] is None
    assert later["models"]["stack"]["expected"] > 0


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("mk_onset", 2, "neither yes nor no"),
        ("mk_onset_1or2", 0.5, "neither yes nor no"),
        ("ccode", None, "a key is empty or no whole number"),
        ("year", 1990.5, "a key is empty or no whole number"),
        ("ewp_name", None, "rows without a country"),
        ("efindex", float("inf"), "a number is infinite"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_and_named_on_the_command_line(tmp_path, column, value, said):
    rows = country_rows(last=1995)
    rows[3][column] = value
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "modeldata_sra2026.parquet")
    pq.write_table(table_of(risks(rows, first=1994)), tmp_path / "foos_forecasts_sra2026.parquet")
    with pytest.raises(BadInput, match=said) as error:
        run_backtest(tmp_path, 0, 1)
    assert column in error.value.where


def test_data_that_begin_or_end_at_the_wrong_time_are_refused(tmp_path):
    rows = country_rows(last=1985)
    pq.write_table(table_of(rows), tmp_path / "modeldata_sra2026.parquet")
    pq.write_table(table_of(risks(rows, first=1984)), tmp_path / "foos_forecasts_sra2026.parquet")
    with pytest.raises(BadInput, match="end before the first scored origin") as error:
        run_backtest(tmp_path, 0, 1)
    assert error.value.got == "1976 to 1985"


def test_cuts_that_follow_each_other_are_read_as_one(tmp_path, rows):
    whole = country_years(table_of(rows), "data")
    for name, made in (("modeldata", rows), ("foos_forecasts", risks(rows))):
        for cut, part in (("to2016", [r for r in made if r["year"] <= 2016]), ("2017_on", [r for r in made if r["year"] > 2016])):
            pq.write_table(table_of(part), tmp_path / f"{name}_sra2026_{cut}.parquet")
    found = read_backtest_files(tmp_path)
    assert found.data_name == "modeldata_sra2026_to2016.parquet + modeldata_sra2026_2017_on.parquet"
    assert found.published.num_rows == len(risks(rows))
    assert found.notes == ()
    joined = country_years(found.data, found.data_name)
    assert (joined.years == whole.years).all()
    assert np.array_equal(joined.events, whole.events, equal_nan=True)
    assert read_model_data(tmp_path)[0].num_rows == len(rows)
