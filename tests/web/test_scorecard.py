"""What a reader of the scorecard may rely on: every model, every window, the bad years too, and each number opens."""

from __future__ import annotations

import json

import pytest

from tocsin.flow.read import Published
from tocsin.flow.read.scorecard_windows import windows, years_of
from tocsin.flow.scorecard import scorecard_of, write_scorecard
from tocsin.storage import Workspace
from web import factory
from web.reading import read


@pytest.fixture
def run(pages_home) -> Published:
    workspace = Workspace.open(pages_home)
    return Published(workspace, workspace.snapshot(), {})


@pytest.fixture
def card(run) -> dict:
    return scorecard_of(run, factory.AS_OF)


def test_every_model_stands_against_every_baseline_in_every_window(card):
    for one in card["cards"]:
        if not one["windows"]:
            continue
        assert [w["origin"] for w in one["windows"]] == list(range(2008, 2024))
        for window in one["windows"]:
            for model in one["models"]:
                wanted = {f"log_score_gain:{b}" for b in card["baselines"] if b != model}
                assert wanted <= set(window["models"][model]), (window["origin"], model)
                assert all(s["low"] <= s["value"] <= s["high"] and s["id"].startswith("sco-") for s in window["models"][model].values())


def test_the_bad_year_is_kept_and_named(run, site):
    found = [w for w in windows(run, "one_sided_25", 12) if w.tested]
    sums = years_of(found, "stack", "climatology")
    assert (sums.windows, sums.better, sums.surely_better, sums.surely_worse) == (12, 11, 11, 1)
    assert sums.worst.window_from.year == 2018
    text = " ".join(read(site.get("/forecasts/scorecard")).text)
    assert "better in 11 of 12 test windows" in text and "below zero in 1. Worst window: 2018" in text


def test_windows_that_chose_the_model_prove_nothing_and_say_so(run, site):
    assert [w.origin for w in windows(run, "one_sided_25", 12) if not w.tested] == [2008, 2009, 2010, 2011]
    assert " ".join(read(site.get("/forecasts/scorecard")).text).count("helped to choose the model") == 8


def test_a_window_never_stands_for_the_whole(card):
    one = next(c for c in card["cards"] if c["target"] == "one_sided_25")
    assert one["window_from"] == "2000-01-01" and "log_score_gain:persistence" not in one["models"]["stack"]["metrics"]


def test_the_page_links_each_gain_to_its_origin(site, run):
    links = {link for link in read(site.get("/forecasts/scorecard")).links if link.startswith("/explain/sco-")}
    wanted = {w.models["stack"]["log_score_gain:climatology"].id for w in windows(run, "one_sided_25", 12)}
    assert {f"/explain/{identifier}" for identifier in wanted} <= links


def test_the_page_says_the_vintage_and_an_unknown_question_falls_back(site):
    assert "as revised later" in " ".join(read(site.get("/forecasts/scorecard?target=nothing&horizon=7")).text)


def test_the_json_of_the_page_is_that_of_the_command(site, card):
    assert json.loads(site.get("/forecasts/scorecard.json").content)["cards"] == json.loads(json.dumps(card["cards"]))


def test_the_file_stands_alone_and_holds_every_window(card, tmp_path):
    files = write_scorecard(card, tmp_path)
    assert [file.name for file in files] == ["scorecard.json", "scorecard.html"]
    text = files[1].read_text("utf-8")
    assert "<script" not in text and "http" not in text.replace("http-equiv", "")
    assert "vintage: final" in text and text.count("<tr") > 3 * 16 * 3
    assert "No forecast is sealed yet" in text


def test_a_site_without_seals_says_how_to_make_one(site):
    assert b"tocsin forecast seal" in site.get("/forecasts/scorecard").content


def test_the_page_says_the_same_limits_as_the_model_cards(site):
    from tocsin.stages.forecast.model_cards import common

    text = " ".join(read(site.get("/forecasts/scorecard")).text)
    assert all(limit in text for limit in common().limits) and "Model cards" in text
