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
                gain = "crps_gain" if one["target"].startswith("one_sided_count") else "log_score_gain"
                wanted = {f"{gain}:{b}" for b in card["baselines"] if b != model}
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


def test_counts_have_windows_by_year_and_a_skill_with_its_interval(site, card):
    one = next(c for c in card["cards"] if c["target"] == "one_sided_count")
    assert (
        "count_mixture, beat the base rate in 12 of 12 test windows" in one["summary"]
        and "worst +2.300, window from 2018" in one["summary"]
    )
    skill = one["models"]["count_mixture"]["metrics"]["crps_skill:climatology"]
    assert skill["value"] == pytest.approx(1 - 9.3 / 12.0) and skill["low"] < skill["value"] < skill["high"]
    text = " ".join(read(site.get("/forecasts/scorecard?target=one_sided_count&horizon=12")).text)
    assert "Gain in CRPS of" in text and "Gain in log score of" not in text
    assert "This run holds no scores by window" not in text
    assert "+0.225" in text and "+0.125 to +0.325" in text
    assert text.count("helped to choose the model") == 8


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


def test_monthly_counts_have_a_card_with_every_model_against_every_baseline_and_each_year(card, site):
    (one,) = card["counts"]
    pairs = {(row["model"], row["baseline"]) for row in one["against"]}
    models = set(one["all_years"]["models"])
    assert pairs == {(m, b) for m in models for b in one["baselines"] if m != b} and len(models) == 5
    assert [year["window_from"][:4] for year in one["years"]] == ["2023", "2024"] and len(one["pit"]["count_mixture"]) == 10
    reader = read(site.get("/forecasts/scorecard"))
    text = " ".join(reader.text)
    assert "2 calendar years, the newest that a run scores" in text and "Worst year" in text
    assert "places with a death in the ten years before" in text and "No year is left out." in text
    shown = {link for link in reader.links if link.startswith("/explain/sco-")}
    own = {f"/explain/{score['id']}" for found in one["all_years"]["models"].values() for name, score in found.items() if ":" not in name}
    assert f"/explain/{one['all_years']['models']['count_mixture']['crps']['id']}" in shown & own
    assert site.get(next(iter(shown & own))).status_code == 200
    assert "Models of deaths by month" in text
    assert "half-life" in site.get("/forecasts/scorecard").content.decode()


def test_the_file_tells_of_monthly_counts_and_says_so_where_there_are_none(card, tmp_path):
    page, bare = (write_scorecard({**card, "counts": counts}, tmp_path)[1].read_text("utf-8") for counts in (card["counts"], []))
    assert "Deaths by month: one-sided, events of ucdp_ged" in page and "places with a death in the ten years before" in page
    assert "Probability integral transform" in page and "Each year: gain in CRPS over own last twelve months" in page
    assert "No monthly counts were scored in this run" in bare
