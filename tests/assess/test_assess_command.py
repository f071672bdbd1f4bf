"""What `tocsin assess` and `tocsin indices` say on the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.model.errors import BadInput, NotFound, WrongUse


def run(*words):
    return CliRunner().invoke(app, list(words))


def answer(*words):
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_every_situation_is_listed_and_a_row_that_is_missing_is_unknown(home):
    found = {one["situation"]: one for one in answer("assess")}
    assert set(found) == {"selmora", "finland-2020"}
    coverage = found["selmora"]["coverage"]
    assert coverage["present"] == coverage["absent"] == 0 and coverage["unknown"] == 141 and coverage["share"] == 0


def test_a_profile_has_factors_crimes_sets_and_no_score(home):
    one = answer("assess", "selmora")
    assert [factor["number"] for factor in one["factors"]] == list(range(1, 15))
    assert [crime["crime"] for crime in one["crimes"]] == ["genocide", "crimes_against_humanity", "war_crimes"]
    assert [group["framework"].split("/")[0] for group in one["sets"]] == ["gender-sensitive", "armed-groups", "inhibiting-capacities-2014"]
    assert not {"score", "total", "sum"} & {key for part in (one, *one["factors"], *one["crimes"]) for key in part}


def test_the_text_for_people_says_how_much_was_looked_at(home):
    result = run("assess", "selmora")
    assert result.exit_code == 0 and "0% covered" in result.output


def test_what_is_not_there_is_named(home):
    assert isinstance(run("assess", "atlantis").exception, NotFound)
    assert isinstance(run("assess", "checklist", "ZZZ").exception, NotFound)
    assert isinstance(run("assess", "checklist").exception, WrongUse)
    assert isinstance(run("assess", "put").exception, WrongUse)
    assert isinstance(run("assess", "selmora", "finland-2020").exception, WrongUse)


def test_a_government_is_answered_from_facts_with_their_source_and_else_unknown(records):
    items = {item["id"]: item for part in answer("assess", "checklist", "AUS") for item in part["items"]}
    assert len(items) == 16
    assert items["K10"]["answer"] == "present" and items["K10"]["source"]
    assert items["K12"]["answer"] == "unknown" and not items["K12"]["source"]


def test_one_rater_answers_no_item_of_the_checklist_and_two_do(records, person):
    from people import EVENT

    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.actions.rate_indicator import RatingText

    text = RatingText("present", "medium", "A fund stands in the budget", "allegation", (EVENT,))
    rate_indicator(person("analyst"), "state-fin", "K12", text)

    def fund():
        return next(i for part in answer("assess", "checklist", "FIN") for i in part["items"] if i["id"] == "K12")

    assert (fund()["answer"], fund()["waiting"]) == ("unknown", 1)
    rate_indicator(person("editor"), "state-fin", "K12", text)
    assert (fund()["answer"], len(fund()["ratings"])) == ("present", 2)


def test_the_index_prints_the_keys_that_others_rely_on(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("territory,year,A,B,C,D,E,F,G,H,I,J,peoples\nXSE,2020,5,2,1,0.1,9,9,-1,-2,-1,,River people\n", encoding="utf-8")
    (row,) = answer("indices", "put", "--data", str(path))
    assert {"territory", "year", "score", "low", "high", "rank", "missing"} <= set(row)
    assert row["score"] is None and row["missing"] == ["J"] and row["peoples"] == "River people"


@pytest.mark.parametrize("words", [("indices", "put", "--data", "nowhere.csv"), ("forecast", "anomalies", "--data", "nowhere.csv")])
def test_a_file_that_is_not_there_is_bad_input(words):
    assert isinstance(run(*words).exception, BadInput)


def test_risers_of_the_index_are_named_with_how_sure_that_is(tmp_path):
    head = "territory,year,A,B,C,D,E,F,G,H,I,J"
    before = ["SOM,2020,4,2,1,.2,8.9,10,-1.8,-2.4,-2.2,7", "NGA,2020,3,2,1,.01,8,9.9,-.3,-2,-.9,6"]
    after = ["SOM,2021,4,2,1,.2,8.9,10,-1.8,-2.4,-2.2,7", "NGA,2021,5,2,1,.3,9.9,9.9,-1.9,-2.9,-2.2,7"]
    path = tmp_path / "put.csv"
    path.write_text("\n".join([head, *before, *after]), encoding="utf-8")
    result = CliRunner().invoke(app, ["indices", "put", "--data", str(path)])
    assert "Risers since 2020: Nigeria +1 (in" in result.output and result.output.count("Risers") == 1
