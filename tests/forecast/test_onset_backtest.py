"""The onset backtest: later years change nothing earlier, bad input is named, the published model is replicated."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from onset_files import LAST, country_rows, labeled, risks, table_of
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.backtest import run_backtest
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.methods.elastic_net import fit_elastic_nets
from tocsin.stages.forecast.methods.pool import pool, pool_weights
from tocsin.stages.forecast.methods.recalibrate import Drift, recalibrate, shift_weights
from tocsin.stages.forecast.onset.cases import forecasts_of, larger_of_two
from tocsin.stages.forecast.onset.published import fidelity, published_risks
from tocsin.stages.forecast.onset.rolling import replicate, rolling_onsets
from tocsin.stages.forecast.onset.rows import country_years


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("edition")
    write(place, country_rows())
    return place


def write(place, rows, edition=2001, **how):
    pq.write_table(table_of(rows), place / f"modeldata_sra{edition}.parquet")
    pq.write_table(table_of(risks(rows, **how)), place / f"foos_forecasts_sra{edition}.parquet")


@pytest.fixture(scope="module")
def result(folder):
    return run_backtest(folder, seed=0, seeds=1).as_dict()


def test_every_model_is_scored_on_the_same_rows_and_says_its_vintage(result):
    assert result["vintage"] == "final"
    names = {"climatology", "persistence", "logit5", "forest", "boosting", "stack", "ewp_clone", "ewp_published"}
    for target in ("onset_1or2", "onset_max2"):
        assert set(result["targets"][target]["models"]) == names
    assert result["rows"] == 24 * (LAST - 2 - 1993 + 1)
    assert result["targets"]["onset_max2"]["rows"] == 24 * (LAST - 1993)
    assert result["models"]["ewp_published"]["paired_log_score"]["mean"] == 0
    assert result["models"]["stack"]["recall_at"] == result["targets"]["onset_max2"]["models"]["stack"]["recall_at"]
    json.dumps(result, allow_nan=False)


def test_the_command_prints_tables_for_people_and_json_for_machines(folder, result):
    text = CliRunner().invoke(app, ["forecast", "backtest", "--data", str(folder), "--fold-seeds", "1"])
    assert text.exit_code == 0, text.output
    assert "vintage: final" in text.output
    assert "ewp_published" in text.output
    machine = CliRunner().invoke(app, ["forecast", "backtest", "--data", str(folder), "--fold-seeds", "1", "--json"])
    assert json.loads(machine.output) == json.loads(json.dumps(result))


def test_a_constant_published_risk_gets_thirty_out_of_n(tmp_path):
    rows = country_rows(countries=40)
    write(tmp_path, rows, constant=0.02)
    order = run_backtest(tmp_path, seeds=1).as_dict()["targets"]["onset_max2"]["models"]["ewp_published"]
    assert order["recall_at"]["30"] == pytest.approx(30 / 40)
    assert order["auc"] == pytest.approx(0.5)


def test_forecasts_do_not_move_when_everything_later_is_corrupted():
    rows = country_rows(last=1995)
    before = rolling_onsets(country_years(table_of(rows), "data"), 0)
    for row in rows:
        if row["year"] > 1993:
            row |= {"battledeaths.log2": 50.0, "mk_onset": 1 - row["mk_onset"], "efindex": -9.0, "popsize.log2": 1.0}
    after = rolling_onsets(country_years(table_of(labeled(rows)), "data"), 0)
    early = [(a, b) for a, b in zip(before, after, strict=True) if a.year <= 1993]
    assert early
    for one, other in early:
        for name, given in one.probabilities.items():
            assert given.tobytes() == other.probabilities[name].tobytes(), (one.year, name)


def test_no_forecast_depends_on_threads():
    rows = country_years(table_of(country_rows(last=1996)), "data")
    for alone, together in zip(rolling_onsets(rows, 0, 1), rolling_onsets(rows, 0, 3), strict=True):
        for name, given in alone.probabilities.items():
            assert given.tobytes() == together.probabilities[name].tobytes(), (alone.year, name)
    one, many = (replicate(rows, range(1994, 1997), (0, 1), threads) for threads in (1, 3))
    for left, right in zip(one, many, strict=True):
        assert all(left[year].tobytes() == right[year].tobytes() for year in left)


def test_the_newest_edition_with_labels_is_taken(tmp_path):
    rows = country_rows()
    write(tmp_path, rows, edition=2001)
    bare = [{k: v for k, v in row.items() if k != "mk_onset_1or2"} for row in rows]
    pq.write_table(table_of(bare), tmp_path / "modeldata_sra2003.parquet")
    assert run_backtest(tmp_path, seeds=1).edition == 2001


def test_what_is_missing_from_the_folder_is_named(tmp_path):
    with pytest.raises(BadInput, match="the folder is not there"):
        run_backtest(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="no edition with labels"):
        run_backtest(tmp_path)
    pq.write_table(table_of(country_rows()), tmp_path / "modeldata_sra2001.parquet")
    with pytest.raises(BadInput, match="forecasts of this edition are missing") as error:
        run_backtest(tmp_path)
    assert "foos_forecasts_sra2001" in error.value.expected
    (tmp_path / "foos_forecasts_sra2001.parquet").write_bytes(b"no table")
    with pytest.raises(BadInput, match="can't be read as a table"):
        run_backtest(tmp_path)


def test_one_class_is_refused_by_the_elastic_net():
    with pytest.raises(BadInput, match="only one class"):
        fit_elastic_nets(np.random.default_rng(0).normal(size=(30, 2)), np.zeros(30), (0,))


def test_an_elastic_net_satisfies_the_conditions_of_its_minimum():
    stream = np.random.default_rng(1)
    inputs = stream.normal(size=(400, 6))
    inputs[:, 5] = 3.0
    labels = (stream.random(400) < 1 / (1 + np.exp(-(inputs[:, 0] - 1)))).astype(float)
    net = fit_elastic_nets(inputs, labels, (0,))[0]
    spread = np.where(inputs.std(axis=0) > 0, inputs.std(axis=0), 1)
    scaled, size = (inputs - inputs.mean(axis=0)) / spread, net.coefficients * spread
    slope = scaled.T @ (labels - net.probabilities(inputs)) / 400
    active = size != 0
    assert net.coefficients[5] == 0
    np.testing.assert_allclose(slope[active], net.penalty * (0.5 * np.sign(size[active]) + 0.5 * size[active]), atol=2e-4)
    assert (np.abs(slope[~active]) <= net.penalty * 0.5 + 2e-4).all()


def test_without_a_record_the_pool_is_equal_and_nothing_is_corrected():
    assert pool_weights(np.empty((0, 3)), np.empty(0)).tolist() == pytest.approx([1 / 3] * 3)
    _, shift = shift_weights([], [], 2, Drift())
    assert shift == pytest.approx(0, abs=1e-9)
    assert recalibrate(np.array([0.02, 0.3]), shift) == pytest.approx([0.02, 0.3])


def test_the_pool_learns_slowly_which_model_is_right():
    stream = np.random.default_rng(2)
    truth = stream.uniform(0.02, 0.6, 600)
    label = (stream.random(600) < truth).astype(float)
    given = np.column_stack([truth, np.full(600, 0.3)])
    short, long = pool_weights(given[:20], label[:20]), pool_weights(given, label)
    assert 0.5 < short[0] < long[0] <= 1
    assert pool(given, np.array([1.0, 0.0])) == pytest.approx(truth)


def test_a_correction_is_shrunken_and_goes_the_right_way():
    given = [np.full(200, 0.05)] * 6
    label = np.zeros(200)
    label[:5] = 1
    corrected = recalibrate(np.array([0.05]), shift_weights(given, [label] * 6, 1, Drift())[1])[0]
    assert 0.025 < corrected < 0.05
    far = shift_weights(given, [label] * 6, 5, Drift())[1]
    assert shift_weights(given, [label] * 6, 1, Drift())[1] < far < 0


def test_the_published_model_is_replicated_on_its_own_rows(shared):
    folder = shared / "data" / "ewp"
    rows = country_years(pq.read_table(folder / "modeldata_sra2025_to2016.parquet"), "data")
    published = published_risks(pq.read_table(folder / "foos_forecasts_sra2025_to2016.parquet"), "foos")
    origins = (1993, 2004, 2015)
    clone = replicate(rows, range(1993, 2016, 11), (0,))[0]
    own, theirs, years = [], [], []
    for year in origins:
        of = rows.years == year
        risk = np.array([published.next_year.get((code, year), np.nan) for code in rows.codes[of].tolist()])
        both = ~np.isnan(risk) & ~np.isnan(clone[year])
        own.append(clone[year][both])
        theirs.append(risk[both])
        years.append(np.full(both.sum(), year))
    close = fidelity(np.concatenate(own), np.concatenate(theirs), np.concatenate(years))
    assert close.within_year >= 0.998
    assert close.difference <= 0.0025


def test_the_larger_of_two_forecasts_is_scored_against_onsets_of_the_year():
    rows = country_years(table_of(country_rows(last=1996)), "data")
    published = published_risks(table_of(risks(country_rows(last=1996))), "foos")
    rounds = rolling_onsets(rows, 0)
    cases = forecasts_of(rows, rounds, replicate(rows, range(1993, 1997), (0,))[0], published)
    larger = larger_of_two(rows, cases, published)
    at = dict(zip(zip(cases.codes, cases.years, strict=True), cases.probabilities["logit5"], strict=True))
    came = dict(zip(zip(rows.codes, rows.years, strict=True), rows.events, strict=True))
    for code, year, given, label in zip(larger.codes, larger.years, larger.probabilities["logit5"], larger.labels, strict=True):
        assert given == max(at[(code, year - 1)], at.get((code, year - 2), 0))
        assert label == came[(code, year)]
