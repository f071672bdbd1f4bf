"""What a reader may rely on in forecasts: no look ahead, stated windows, fair scores."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from forecast.yearly import figure as row
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.errors import BadInput
from tocsin.model.targets import YEAR_AHEAD
from tocsin.stages.forecast import TARGETS, build_panel, issue_forecasts, labels, rolling
from tocsin.stages.forecast.ahead import ahead_targets
from tocsin.stages.forecast.backtest import training_rows
from tocsin.stages.forecast.band_scores import _Past
from tocsin.stages.forecast.counts import count_draws
from tocsin.stages.forecast.evaluation import auc, brier, crps_of_draws, log_losses
from tocsin.stages.forecast.features import features_at
from tocsin.stages.forecast.judge import EVALUATE_FROM, choose

YEARS = range(1995, 2016)
PLACES = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(24)]


def figures(seed: int = 1, last: int = 2015) -> list[dict]:
    draws = np.random.default_rng(seed)
    rows = []
    for number, place in enumerate(PLACES):
        for year in YEARS:
            if year > last:
                continue
            for indicator in ("deaths_one_sided", "deaths_state_based", "deaths_non_state"):
                value = float(draws.negative_binomial(0.3, 0.3 / (0.3 + 12 * (number % 6) ** 2 + 0.5)))
                rows.append(row(place, year, indicator, value))
            rows.append(row(place, year, "population", 1e6 * (number + 1)))
    return rows


@pytest.fixture(scope="module")
def issue():
    return issue_forecasts(figures(), dt.date(2016, 7, 1), seed=1)


def test_every_territory_gets_every_target_with_probability_interval_and_baseline(issue):
    shown = [r for r in issue.forecasts.to_pylist() if r["chosen"] and r["probability"] is not None]
    wanted = (*TARGETS, *ahead_targets(dt.date(2015, 12, 31), dt.date(2016, 7, 1)))
    assert {(r["territory"], r["target"], r["horizon_months"]) for r in shown} == {(p, t.name, t.months) for p in PLACES for t in wanted}
    for r in shown:
        assert 0 < r["low"] <= r["probability"] <= r["high"] < 1 and r["climatology"] is not None and r["why"]


def test_a_window_that_has_begun_is_stale_and_says_what_to_collect(issue):
    usual = [r for r in issue.forecasts.to_pylist() if not r["target"].endswith(YEAR_AHEAD)]
    assert usual and all(r["stale"] and r["renew"].startswith("tocsin collect ucdp") for r in usual)


def test_there_is_always_a_forecast_whose_window_has_not_begun(issue):
    ahead = [r for r in issue.forecasts.to_pylist() if r["target"].endswith(YEAR_AHEAD)]
    assert {r["territory"] for r in ahead} == set(PLACES) and not any(r["stale"] for r in ahead)
    assert {(r["window_from"], r["window_to"]) for r in ahead} == {(dt.date(2017, 1, 1), dt.date(2017, 12, 31))}


def test_a_year_ahead_learns_only_from_windows_that_were_over():
    panel = build_panel(figures(), dt.date(2016, 7, 1))
    target = ahead_targets(dt.date(2015, 12, 31), dt.date(2017, 7, 1))[0]
    assert target.lead == 2 and np.isnan(labels(panel, 2013, target)).all() and not np.isnan(labels(panel, 2012, target)).any()
    inputs = {year: features_at(panel, year) for year in panel.years}
    assert len(training_rows(panel, inputs, target, 2015, 1).labels) == len(PLACES) * (2015 - 3 - 1995 + 1)


def test_a_forecast_made_before_its_window_is_not_stale():
    rows = [{**r, "available_at": dt.date(2015, 12, 31)} for r in figures()]
    made = issue_forecasts(rows, dt.date(2015, 12, 31), seed=1)
    assert not any(r["stale"] or r["renew"] for r in made.forecasts.to_pylist())


def test_the_order_of_the_figures_changes_nothing(issue):
    again = issue_forecasts(figures()[::-1], dt.date(2016, 7, 1), seed=1)
    assert again.forecasts.equals(issue.forecasts) and again.scores.equals(issue.scores)


def test_what_happened_after_an_origin_never_changes_the_forecast_made_there():
    honest, corrupted = figures(), figures()
    for r in corrupted:
        if r["period_to"].year > 2010:
            r["value"] = r["value"] * 7 + 1000
    target = TARGETS[1]
    for before, after in zip(*(rolling(build_panel(rows, dt.date(2016, 7, 1)), target, 1) for rows in (honest, corrupted)), strict=True):
        if before.year <= 2010:
            assert all(np.array_equal(before.probabilities[m], after.probabilities[m]) for m in before.probabilities)


def test_a_figure_the_world_could_not_know_is_refused():
    with pytest.raises(BadInput, match="not yet known"):
        issue_forecasts(figures(), dt.date(2016, 3, 1), seed=1)


def test_a_figure_that_stands_twice_is_refused():
    with pytest.raises(BadInput, match="two figures"):
        issue_forecasts([*figures(), row(PLACES[0], 2015, "deaths_one_sided", 3.0)], dt.date(2016, 7, 1), seed=1)


def test_an_unresolved_window_is_unknown_and_not_zero():
    panel = build_panel(figures(), dt.date(2016, 7, 1))
    two_years = next(t for t in TARGETS if t.years == 2)
    assert np.isnan(labels(panel, 2014, two_years)).all() and not np.isnan(labels(panel, 2013, two_years)).any()


def test_the_shown_model_is_chosen_without_the_evaluation_years():
    target = TARGETS[0]
    rounds = rolling(build_panel(figures(), dt.date(2016, 7, 1)), target, 1)
    assert choose(rounds) == choose([r for r in rounds if r.year < EVALUATE_FROM])


def test_one_class_only_gives_the_base_rate_and_no_crash():
    calm = [{**r, "value": 0.0} if r["indicator"].startswith("deaths") else r for r in figures()]
    made = issue_forecasts(calm, dt.date(2016, 7, 1), seed=1)
    assert max(r["probability"] for r in made.forecasts.to_pylist() if r["probability"] is not None) < 0.05


def test_no_figures_give_no_forecast():
    assert issue_forecasts([], dt.date(2016, 7, 1), seed=1).forecasts.num_rows == 0


@pytest.mark.parametrize("last", [1995, 2000, 2005])
def test_a_day_by_which_too_little_was_known_gives_no_forecast_and_no_crash(last):
    early = issue_forecasts(figures(last=last), dt.date(last + 1, 7, 1), seed=1)
    assert early.forecasts.num_rows == early.scores.num_rows == 0


@pytest.mark.parametrize("day", [dt.date(2031, 7, 1), dt.date(2999, 1, 1)])
def test_long_after_the_data_only_the_window_right_after_them_is_forecast_and_it_is_stale(day):
    late = issue_forecasts(figures(), day, seed=1).forecasts.to_pylist()
    assert late and all(r["stale"] for r in late)
    assert not any(r["target"].endswith(YEAR_AHEAD) for r in late)


def test_draws_agree_with_the_probabilities_they_come_from():
    panel = build_panel(figures(), dt.date(2016, 7, 1))
    draws = count_draws(panel, np.array([[0.5, 0.3, 0.0]]), 1, np.array([5]), seed=3)
    assert abs((draws >= 25).mean() - 0.5) < 0.06 and abs((draws >= 100).mean() - 0.3) < 0.06 and (draws < 1000).all()


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=20), st.floats(0.01, 0.99))
def test_telling_the_truth_is_the_best_policy(forecasts, truth):
    """A proper score: the expected score is best for the true probability."""
    for score in (log_losses, brier):

        def expected(p: float, score=score) -> float:
            given_p = np.array([p])
            return float(truth * score(given_p, np.array([1.0]))[0] + (1 - truth) * score(given_p, np.array([0.0]))[0])

        assert all(expected(truth) <= expected(p) + 1e-12 for p in forecasts)


def test_equal_forecasts_order_nothing():
    assert auc(np.full(6, 0.3), np.array([0, 1, 0, 1, 1, 0.0])) == 0.5


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12), st.integers(0, 60))
def test_the_score_of_draws_equals_its_definition(draws, observed):
    x = np.array(draws, dtype=float)
    definition = np.abs(x - observed).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2
    assert crps_of_draws(x[None, :], np.array([float(observed)]))[0] == pytest.approx(definition)


def test_yearly_counts_are_scored_window_by_window_and_together(issue):
    rows = [r for r in issue.scores.to_pylist() if r["target"] == "one_sided_count"]
    rows = [r for r in rows if json.loads(r["parameters"])["horizon_months"] == 12]
    assert len({r["id"] for r in rows}) == len(rows)
    found: dict = {}
    for r in rows:
        origin = json.loads(r["parameters"]).get("origin")
        found.setdefault(origin, {})[r["model"], r["metric"], r["baseline"]] = r
    whole = found.pop(None)
    assert sorted(found) == list(range(2005, 2015))
    for origin, scores in found.items():
        assert scores["bands", "crps", None]["window_from"] == dt.date(origin + 1, 1, 1)
        assert json.loads(scores["bands", "crps", None]["parameters"])["role"] == ("test" if origin >= EVALUATE_FROM else "choice")
    tested = [found[origin] for origin in found if origin >= EVALUATE_FROM]
    for model in ("bands", "stack", "persistence"):
        key, base = (model, "crps", None), ("climatology", "crps", None)
        assert whole[key]["value"] == pytest.approx(np.mean([one[key]["value"] for one in tested]))
        skill = whole[model, "crps_skill", "climatology"]
        assert skill["value"] == pytest.approx(1 - whole[key]["value"] / whole[base]["value"])
        assert skill["low"] <= skill["value"] <= skill["high"]
        assert whole[model, "crps_gain", "climatology"]["skill"] == pytest.approx(skill["value"])


def test_the_windows_of_counts_do_not_move_when_later_years_are_corrupted(issue):
    changed = [{**one, "value": 9e4 - one["value"]} if one["period_to"].year == 2015 else one for one in figures()]
    after = issue_forecasts(changed, dt.date(2016, 7, 1), seed=1)

    def known(given):
        rows = [r for r in given.scores.to_pylist() if r["target"] == "one_sided_count" and '"origin"' in r["parameters"]]
        return {r["id"]: r["value"] for r in rows if r["window_to"].year < 2015}

    assert known(issue) == known(after) and known(issue)


def test_bands_are_filled_from_windows_that_were_over_at_the_origin():
    before, after = (build_panel([{**one, "value": one["value"] + more} if one["period_to"].year == 2012 else one for one in figures()],
                                 dt.date(2016, 7, 1)) for more in (0.0, 70_000.0))  # fmt: skip
    for years, changed in ((1, 2012), (2, 2012)):
        early = [_Past.until(panel, changed - 1, years) for panel in (before, after)]
        assert np.array_equal(early[0].values, early[1].values) and np.array_equal(early[0].seen, early[1].seen)
        late = [_Past.until(panel, changed, years).values for panel in (before, after)]
        assert late[1].max() > late[0].max()
