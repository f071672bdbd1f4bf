"""The onset backtest: later years change nothing earlier, bad input is named, the published model is replicated."""

from __future__ import annotations

import json
import warnings

import contract
import numpy as np
import pyarrow.parquet as pq
import pytest
from onset_files import COUNTRIES, LAST, country_rows, few_trees, labeled, risks, table_of
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.flow.backtest import run_backtest
from tocsin.flow.backtest_files import read_backtest_files
from tocsin.model.errors import BadInput
from tocsin.stages.forecast.methods.elastic_net import fit_elastic_nets
from tocsin.stages.forecast.methods.log_pool import log_pool, log_pool_weights
from tocsin.stages.forecast.methods.recalibrate import Drift, recalibrate, shift_weights
from tocsin.stages.forecast.methods.stack import mix, simplex_weights
from tocsin.stages.forecast.onset.cases import answered, forecasts_of, larger_of_two
from tocsin.stages.forecast.onset.published import fidelity, published_risks
from tocsin.stages.forecast.onset.rolling import replicate, rolling_onsets
from tocsin.stages.forecast.onset.rows import country_years
from tocsin.stages.forecast.onset.scored import score_model, score_order

__all__ = ["few_trees"]


def write(place, rows, edition=2001, **how):
    pq.write_table(table_of(rows), place / f"modeldata_sra{edition}.parquet")
    pq.write_table(table_of(risks(rows, **how)), place / f"foos_forecasts_sra{edition}.parquet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("edition")
    write(place, country_rows())
    return place


@pytest.fixture(scope="module")
def backtest(folder, few_trees):
    return run_backtest(folder, seed=0, seeds=1)


@pytest.fixture(scope="module")
def rows():
    return country_years(table_of(country_rows()), "data")


@pytest.fixture(scope="module")
def rounds(rows, few_trees):
    return rolling_onsets(rows, 0)


@pytest.fixture(scope="module")
def clone(rows):
    return replicate(rows, range(1993, LAST + 1), (0,))[0]


def test_every_model_is_scored_on_the_same_rows_and_says_its_vintage(backtest):
    result = backtest.as_dict()
    assert result["vintage"] == "final"
    names = {"climatology", "persistence", "logit5", "logit_world", "forest", "random_cuts", "boosting", "stack"}
    names |= {"ewp_clone", "ewp_published"}
    for target in ("onset_1or2", "onset_max2"):
        assert set(result["targets"][target]["models"]) == names
    assert result["rows"] == COUNTRIES * (LAST - 2 - 1993 + 1)
    assert result["targets"]["onset_max2"]["rows"] == COUNTRIES * (LAST - 1993)
    assert result["models"]["ewp_published"]["paired_log_score"]["mean"] == 0
    assert result["models"]["stack"]["recall_at"] == result["targets"]["onset_max2"]["models"]["stack"]["recall_at"]
    for scores in result["models"].values():
        assert scores["without_prior"]["events"] + scores["with_prior"]["events"] == result["events"]
    json.dumps(result, allow_nan=False)


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_the_command_prints_tables_for_people_and_json_for_machines(folder, backtest, monkeypatch, arguments):
    asked = []
    monkeypatch.setattr("tocsin.flow.backtest.run_backtest", lambda *given: asked.append(given) or backtest)
    shown = CliRunner().invoke(app, ["forecast", "backtest", "--data", str(folder), "--fold-seeds", "1", *arguments])
    assert shown.exit_code == 0, shown.output
    assert [given[:3] for given in asked] == [(folder, 0, 1)]
    if arguments:
        found = contract.read(shown.stdout)
        assert contract.faults(contract.BACKTEST, found) == []
        assert found == json.loads(json.dumps(backtest.as_dict()))
    else:
        assert "vintage: final" in shown.output
        assert "ewp_published" in shown.output
        assert "Not among the 30 highest of stack" in shown.output


def test_a_constant_published_risk_gets_k_out_of_n(rows, rounds, clone):
    published = published_risks(table_of(risks(country_rows(), constant=0.02)), "foos")
    cases = larger_of_two(rows, forecasts_of(rows, rounds, clone, published), published)
    order = score_order(cases, "ewp_published", 0)
    assert order["recall_at"]["10"] == pytest.approx(10 / COUNTRIES)
    assert order["recall_at"]["30"] == 1
    assert order["auc"] == pytest.approx(0.5)
    whole = score_model(answered(forecasts_of(rows, rounds, clone, published)), "ewp_published", 0)
    assert whole["calibration_line"] is None
    assert fidelity(np.array([0.1, 0.2]), np.array([0.3, 0.3]), np.array([1, 1])).spearman is None


def test_forecasts_do_not_move_when_everything_later_is_corrupted():
    rows = country_rows(last=1994)
    before = rolling_onsets(country_years(table_of(rows), "data"), 0)
    for row in rows:
        if row["year"] > 1992:
            row |= {"battledeaths.log2": 50.0, "mk_onset": 1 - row["mk_onset"], "efindex": -9.0, "popsize.log2": 1.0}
    after = rolling_onsets(country_years(table_of(labeled(rows)), "data"), 0)
    early = [(a, b) for a, b in zip(before, after, strict=True) if a.year <= 1992]
    assert early
    for one, other in early:
        for name, given in one.probabilities.items():
            assert given.tobytes() == other.probabilities[name].tobytes(), (one.year, name)


def test_the_replication_does_not_depend_on_threads():
    rows = country_years(table_of(country_rows(last=1992)), "data")
    one, many = (replicate(rows, range(1990, 1993), (0, 1), threads) for threads in (1, 3))
    for left, right in zip(one, many, strict=True):
        assert all(left[year].tobytes() == right[year].tobytes() for year in left)


def test_onset_forecasts_depend_neither_on_threads_nor_on_the_order_of_the_file(few_trees):
    rows = country_rows(last=1993)
    mixed = [rows[i] for i in np.random.default_rng(3).permutation(len(rows))]
    before = list(warnings.filters)
    one, many = (rolling_onsets(country_years(table_of(given), "data"), 0, threads) for given, threads in ((rows, 1), (mixed, 3)))
    assert warnings.filters == before
    for left, right in zip(one, many, strict=True):
        assert left.weights == right.weights
        for name, given in left.probabilities.items():
            assert given.tobytes() == right.probabilities[name].tobytes(), (left.year, name)


def test_the_newest_edition_with_labels_is_taken(tmp_path):
    rows = country_rows()
    write(tmp_path, rows, edition=2001)
    bare = [{k: v for k, v in row.items() if k != "mk_onset_1or2"} for row in rows]
    pq.write_table(table_of(bare), tmp_path / "modeldata_sra2003.parquet")
    found = read_backtest_files(tmp_path)
    assert (found.edition, found.data_name) == (2001, "modeldata_sra2001.parquet")


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


def test_without_a_record_the_stack_weighs_all_alike_and_nothing_is_corrected():
    assert simplex_weights(np.empty((0, 3)), np.empty(0)).tolist() == pytest.approx([1 / 3] * 3)
    _, shift = shift_weights([], [], 2, Drift())
    assert shift == pytest.approx(0, abs=1e-9)
    assert recalibrate(np.array([0.02, 0.3]), shift) == pytest.approx([0.02, 0.3])


def test_the_stack_learns_slowly_which_model_is_right():
    stream = np.random.default_rng(2)
    truth = stream.uniform(0.02, 0.6, 600)
    label = (stream.random(600) < truth).astype(float)
    given = np.column_stack([truth, np.full(600, 0.3)])
    short, long, free = simplex_weights(given[:20], label[:20]), simplex_weights(given, label), simplex_weights(given, label, 0)
    assert 0.5 < short[0] < long[0] < free[0] <= 1
    assert mix(given, np.array([1.0, 0.0])) == pytest.approx(truth)


def test_a_pool_on_the_log_odds_learns_as_slowly_and_lets_one_member_hold_back_another():
    stream = np.random.default_rng(2)
    truth = stream.uniform(0.02, 0.6, 600)
    label = (stream.random(600) < truth).astype(float)
    given = np.column_stack([truth, np.full(600, 0.3)])
    short, long, free = (log_pool_weights(given[:20], label[:20]), log_pool_weights(given, label), log_pool_weights(given, label, 1e-9))
    assert 0.5 < short[0] < long[0] < free[0] <= 1
    assert log_pool_weights(np.empty((0, 3)), np.empty(0)).tolist() == pytest.approx([1 / 3] * 3)
    assert log_pool(given, np.array([1.0, 0.0])) == pytest.approx(truth)
    doubtful = np.array([[0.4, 0.001]])
    assert log_pool(doubtful, np.array([0.5, 0.5]))[0] < mix(doubtful, np.array([0.5, 0.5]))[0] / 5


def test_the_weights_of_a_pool_on_the_log_odds_are_the_best_on_the_simplex():
    stream = np.random.default_rng(5)
    given = stream.uniform(0.05, 0.95, (300, 2))
    label = (stream.random(300) < log_pool(given, np.array([0.7, 0.3]))).astype(float)

    def worth(first: float) -> float:
        weights = np.array([first, 1 - first])
        said = log_pool(given, weights)
        return float(np.log(np.where(label == 1, said, 1 - said)).sum() + 10 / 2 * np.log(weights).sum())

    best = max(np.linspace(0.001, 0.999, 999), key=worth)
    assert log_pool_weights(given, label, 10.0)[0] == pytest.approx(best, abs=0.01)


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


def test_the_larger_of_two_forecasts_is_scored_against_onsets_of_the_year(rows, rounds, clone):
    published = published_risks(table_of(risks(country_rows())), "foos")
    cases = forecasts_of(rows, rounds, clone, published)
    larger = larger_of_two(rows, cases, published)
    at = dict(zip(zip(cases.codes, cases.years, strict=True), cases.probabilities["logit5"], strict=True))
    came = dict(zip(zip(rows.codes, rows.years, strict=True), rows.events, strict=True))
    for code, year, given, label in zip(larger.codes, larger.years, larger.probabilities["logit5"], larger.labels, strict=True):
        assert given == max(at[(code, year - 1)], at.get((code, year - 2), 0))
        assert label == came[(code, year)]
