"""What the reasons behind a forecast promise."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from forecast.yearly import figure

from tocsin.stages.forecast import TARGETS, build_panel, issue_forecasts, rolling
from tocsin.stages.forecast.features import FEATURES
from tocsin.stages.forecast.why import Shown, moved_by, natural, reasons

ISSUED = dt.date(2016, 7, 1)
PLACES = [f"Y{chr(65 + n)}A" for n in range(16)]
TARGET = TARGETS[0]


def figures(last: int = 2015) -> list[dict]:
    draws = np.random.default_rng(3)
    rows = []
    for number, place in enumerate(PLACES):
        for year in range(1996, last + 1):
            values = {kind: float(draws.negative_binomial(0.4, 0.4 / (0.4 + 20 * (number % 5) ** 2 + 1))) for kind in KINDS}
            if place != "YBA":
                values["population"] = 1e6 * (number + 1)
            rows += [figure(place, year, indicator, value) for indicator, value in values.items()]
    return rows


KINDS = ("deaths_one_sided", "deaths_state_based", "deaths_non_state")


@pytest.fixture(scope="module")
def shown() -> Shown:
    panel = build_panel(figures(), ISSUED)
    rounds = rolling(panel, TARGET, 1)
    return Shown(panel, TARGET, rounds[-1], rounds[-2], "logit", 1)


@pytest.fixture(scope="module")
def why(shown) -> list[dict]:
    return reasons(shown)


def test_the_contributions_of_a_linear_model_are_its_coefficients_times_the_distance():
    def ask(inputs: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(0.5 + inputs @ np.array([2.0, -1.0]))))

    moved = moved_by(ask, np.array([[1.0, 3.0], [0.0, np.nan]]), np.array([[0.0, 1.0], [1.0, 1.0]]))
    assert moved[0].tolist() == pytest.approx([2.0, -2.0]) and moved[1, 1] == 0.0


def test_inputs_are_listed_by_how_much_they_move_with_their_values(why, shown):
    for one in why:
        sizes = [abs(part["log_odds"]) for part in one["inputs"]]
        assert sizes == sorted(sizes, reverse=True) and {part["input"] for part in one["inputs"]} <= set(FEATURES)
    place = PLACES[4]
    row = next(w for w, p in zip(why, shown.last.rows, strict=True) if shown.panel.territories[p] == place)
    last = next(part for part in row["inputs"] if part["input"] == FEATURES[0])
    assert last["value"] == pytest.approx(shown.panel.values["deaths_one_sided"][PLACES.index(place), -1])


def test_a_missing_input_moves_nothing_and_is_named(shown):
    issue = issue_forecasts(figures(), ISSUED, seed=1)
    row = next(r for r in issue.forecasts.to_pylist() if r["chosen"] and r["territory"] == "YBA" and r["why"])
    assert "population" in row["missing"]
    assert "population" not in {part["input"] for part in json.loads(row["why"])["inputs"]}


def test_what_changed_adds_up_for_the_logit(why):
    for one in why:
        changed = one["changed"]
        parts = sum(part["log_odds"] for part in changed["inputs"]) + changed["refit"]
        assert changed["log_odds"] == pytest.approx(parts, abs=0.05)
        assert all(part["before"] != part["now"] for part in changed["inputs"])


def test_similar_cases_are_past_ones_of_other_territories_and_say_what_followed(why, shown):
    for one, place in zip(why, shown.last.rows, strict=True):
        names = [case["territory"] for case in one["similar"]]
        assert shown.panel.territories[place] not in names and len(set(names)) == len(names) == 3
        for case in one["similar"]:
            column = shown.panel.years.index(case["year"] + 1)
            assert case["deaths_after"] == shown.panel.values["deaths_one_sided"][PLACES.index(case["territory"]), column]
        assert 0 <= one["followed"]["events"] <= one["followed"]["cases"] == len(PLACES) - 1


def test_inputs_are_said_on_the_scale_that_people_know():
    assert natural("one-sided deaths in the last year", float(np.log1p(120.0))) == 120.0
    assert natural("population", float(np.log(3.0e6))) == 3.0e6
    assert natural("years with at least 25 one-sided deaths in ten", 4.0) == 4.0
    assert natural("population", float("nan")) is None
