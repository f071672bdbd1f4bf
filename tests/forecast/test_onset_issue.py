"""Forecasts of onset from a file: what lies after the origin changes nothing, and a window that has passed says so."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow.parquet as pq
import pytest
from onset_files import COUNTRIES, LAST, country_rows, few_trees, labeled, table_of
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.onset import forecast_onset
from tocsin.model.errors import BadInput, WrongUse

ORIGIN, ISSUED = dt.date(1997, 12, 31), dt.date(1997, 12, 31)
__all__ = ["few_trees"]


def written(folder, rows):
    path = folder / "modeldata_sra2026.parquet"
    pq.write_table(table_of(rows), path)
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory, few_trees):
    return forecast_onset(written(tmp_path_factory.mktemp("onset"), country_rows()), ORIGIN, ISSUED)


def test_every_country_of_the_origin_has_a_chance_inside_its_interval_in_order(found):
    risks = found.issue.risks
    assert len(risks) == COUNTRIES and [risk.rank for risk in risks] == list(range(1, COUNTRIES + 1))
    assert all(0 < risk.low < risk.probability < risk.high < 1 for risk in risks)
    assert [risk.probability for risk in risks] == sorted((risk.probability for risk in risks), reverse=True)
    assert sum(found.issue.weights.values()) == pytest.approx(1)


def test_what_comes_after_the_origin_changes_nothing(found, tmp_path):
    rows = country_rows()
    for row in rows:
        if row["year"] > ORIGIN.year:
            row["mk_onset"], row["battledeaths.log2"] = 1 - row["mk_onset"], 99.0
    again = forecast_onset(written(tmp_path, labeled(rows)), ORIGIN, ISSUED)
    assert again.issue == found.issue


def test_the_window_is_the_two_years_after_the_origin_and_is_stale_once_it_has_begun(found, tmp_path):
    shown = found.as_dict()
    assert shown["window"] == ["1998-01-01", "1999-12-31"] and not shown["stale"] and shown["renew"] is None
    late = forecast_onset(written(tmp_path, country_rows()), ORIGIN, dt.date(1998, 1, 1)).as_dict()
    assert late["stale"] and "newer edition" in late["renew"]


def test_the_command_takes_a_folder_and_the_last_year_of_its_newest_edition(tmp_path):
    written(tmp_path, country_rows())
    pq.write_table(table_of(country_rows(last=1995)), tmp_path / "modeldata_sra2020.parquet")
    done = CliRunner().invoke(app, ["forecast", "onset", "--data", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["origin"] == f"{LAST}-12-31" and said["vintage"] == "final" and said["stale"]
    text = CliRunner().invoke(app, ["forecast", "onset", "--data", str(tmp_path)]).stdout
    assert "no warning of what comes next" in text and "90% interval" in text


@pytest.mark.parametrize(
    ("origin", "error"), [(dt.date(1997, 6, 30), WrongUse), (dt.date(2031, 12, 31), BadInput), (dt.date(1980, 12, 31), BadInput)]
)
def test_an_origin_that_can_not_be_is_refused(origin, error, tmp_path):
    with pytest.raises(error):
        forecast_onset(written(tmp_path, country_rows()), origin, ISSUED)


def test_a_folder_without_labels_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no country-years with labels"):
        forecast_onset(tmp_path, None, ISSUED)
