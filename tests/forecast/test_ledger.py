"""The forecast ledger: sealed before the window, scored after it, and no quiet change in between."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest

from tocsin.flow import ledger
from tocsin.flow.verify import broken_forecasts
from tocsin.model import tables
from tocsin.model.errors import BadInput, NotFound, Refused
from tocsin.model.ids import stable_id
from tocsin.stages.forecast.ledger import Made, fingerprint, score_sealed, seal, sealed_rows, wrong_in
from tocsin.storage import Workspace

BEFORE = dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC)
OPENED = dt.datetime(2027, 1, 1, 0, 0, tzinfo=dt.UTC)
PLACES = ("AAA", "BBB", "CCC", "DDD")
MADE = Made("r1", "0.1+abc", 7, {"ucdp_country_year": ["a" * 64]})


def forecast(place: str, probability: float, year: int = 2027, **more) -> dict:
    return {
        "id": stable_id("fct", place, year, more.get("target", "one_sided_25_ahead")),
        "inputs": ["set-1"],
        "method": "logit",
        "target": "one_sided_25_ahead",
        "territory": place,
        "origin": dt.date(2024, 12, 31),
        "horizon_months": 12,
        "window_from": dt.date(year, 1, 1),
        "window_to": dt.date(year, 12, 31),
        "issued_at": dt.date(2026, 11, 21),
        "model": "logit",
        "chosen": True,
        "probability": probability,
        "climatology": 0.2,
        "vintage": "as_known",
        **more,
    }


def counts(place: str) -> dict:
    return forecast(place, None, target="one_sided_count_ahead", model="bands", low=0.0, high=30.0, draws=[0, 10, 20, 30])


def forecasts() -> list[dict]:
    given = [forecast(place, p) for place, p in zip(PLACES, (0.9, 0.5, 0.1, 0.3), strict=True)]
    return [*given, *(counts(place) for place in PLACES), forecast("AAA", 0.4, year=2025, target="one_sided_25")]


def figure(place: str, year: int, value: float) -> dict:
    return {
        "id": f"fig-{place}-{year}",
        "dataset": "ucdp_country_year",
        "item": "a" * 64,
        "locator": "row",
        "indicator": "deaths_one_sided",
        "territory": place,
        "value": value,
        "period_to": dt.date(year, 12, 31),
        "invented": False,
    }


def finish(workspace: Workspace, run: str, as_of: str, figures: list[dict], rows: list[dict]) -> None:
    stages = {}
    for number, stage, content in (
        (1, "collect", {"figures": tables.from_rows("figures", figures)}),
        (5, "forecast", {"forecasts": tables.from_rows("forecasts", rows)}),
    ):
        folder = workspace.stage_folder(number, stage, run)
        workspace.write_stage(folder, content, {}, {"run": run})
        stages[stage] = folder.relative_to(workspace.root).as_posix()
    about = {"run": run, "as_of": as_of, "seed": 7, "code": "0.1+abc", "inputs": {"ucdp_country_year": ["a" * 64]}}
    workspace.finish_run({**about, "stages": stages})


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    made = Workspace.create(tmp_path / "workspace", demo=True)
    finish(made, "r1", "2026-11-21", [], forecasts())
    return made


def sealed(workspace: Workspace) -> dict:
    return dict(ledger.seal_run(workspace, workspace.snapshot(), BEFORE)[0])


LABELS = [figure("AAA", 2027, 80.0), figure("BBB", 2027, 3.0), figure("CCC", 2027, 0.0)]


def test_a_seal_names_the_forecast_the_code_the_data_and_the_window(workspace):
    line = sealed(workspace)
    assert (line["window_from"], line["window_to"], line["code"]) == ("2027-01-01", "2027-12-31", "0.1+abc")
    assert line["rows"] == 8 and line["files"] == {"ucdp_country_year": ["a" * 64]}
    assert all(len(line[name]) == 64 for name in ("forecast_sha256", "data_sha256", "seal_sha256", "hash"))
    assert broken_forecasts(workspace) == []


def test_only_windows_that_lie_ahead_are_sealed(workspace):
    assert {line["window_from"] for line in ledger.seal_run(workspace, workspace.snapshot(), BEFORE)} == {"2027-01-01"}


def test_once_the_window_has_begun_a_seal_is_refused(workspace):
    with pytest.raises(Refused, match="begun"):
        ledger.seal_run(workspace, workspace.snapshot(), OPENED)
    with pytest.raises(Refused, match="2027-01-01"):
        seal([forecast("AAA", 0.5)], MADE, OPENED)
    assert ledger.end_of_ledger(workspace) == (0, None)


def test_a_run_without_forecasts_has_nothing_to_seal(tmp_path):
    made = Workspace.create(tmp_path / "workspace", demo=True)
    finish(made, "r1", "2026-11-21", [], [])
    with pytest.raises(NotFound):
        ledger.seal_run(made, made.snapshot(), BEFORE)


def test_sealing_twice_adds_nothing(workspace):
    assert sealed(workspace) == sealed(workspace) and ledger.end_of_ledger(workspace)[0] == 1


def test_another_forecast_of_the_same_window_is_another_seal(workspace):
    first = sealed(workspace)
    finish(workspace, "r2", "2026-11-22", [], [forecast("AAA", 0.91)])
    second = sealed(workspace)
    assert first["id"] != second["id"] and second["previous"] == first["hash"]


def test_the_order_of_rows_does_not_change_a_seal_and_any_number_does():
    rows = forecasts()[:4]
    assert seal(rows, MADE, BEFORE)["id"] == seal(rows[::-1], MADE, BEFORE)["id"]
    assert seal(rows, MADE, BEFORE)["id"] != seal([*rows[:3], forecast("DDD", 0.30000000000000004)], MADE, BEFORE)["id"]


def test_a_seal_takes_one_window_and_finite_numbers():
    with pytest.raises(BadInput, match="one window"):
        seal([forecast("AAA", 0.5), forecast("AAA", 0.5, year=2028)], MADE, BEFORE)
    with pytest.raises(BadInput, match="not a finite number"):
        seal([forecast("AAA", math.nan)], MADE, BEFORE)


@pytest.mark.parametrize(("day", "fits"), [("2026-12-31", True), ("2027-01-01", False)])
def test_a_line_that_says_it_was_sealed_on_the_first_day_of_its_window_is_named(day, fits):
    rows = [forecast("AAA", 0.5)]
    line = {**seal(rows, MADE, BEFORE), "at": f"{day}T00:00:00+00:00"}
    assert wrong_in(line, sealed_rows(rows)) == ("" if fits else "it was sealed after its window had begun")


def test_exactly_as_many_deaths_as_asked_for_count_as_reached():
    line = {"window_from": "2027-01-01", "window_to": "2027-12-31"}
    rows = sealed_rows([forecast("AAA", 0.9), forecast("BBB", 0.5)])
    assert {s["events"] for s in score_sealed(line, rows, {("AAA", 2027): 25.0, ("BBB", 2027): 24.0})} == {1}


def test_counts_on_the_ends_of_an_interval_are_inside_it():
    line = {"window_from": "2027-01-01", "window_to": "2027-12-31"}
    known = {("AAA", 2027): 30.0, ("BBB", 2027): 0.0, ("CCC", 2027): 31.0}
    found = score_sealed(line, sealed_rows([counts(place) for place in PLACES[:3]]), known)
    assert next(s["value"] for s in found if s["metric"] == "coverage90") == pytest.approx(2 / 3)


def test_an_open_window_is_shown_as_open_and_has_no_score(workspace):
    sealed(workspace)
    assert ledger.settle(workspace, workspace.snapshot()) == 0
    assert [e.state for e in ledger.entries(workspace, dt.date(2026, 12, 1))] == ["ahead"]
    assert [e.state for e in ledger.entries(workspace, dt.date(2027, 1, 1))] == ["running"]
    assert [e.state for e in ledger.entries(workspace, dt.date(2027, 12, 31))] == ["running"]
    assert [e.state for e in ledger.entries(workspace, dt.date(2028, 1, 1))] == ["awaits labels"]


def test_a_window_over_without_figures_stays_open_and_is_not_calm(workspace):
    sealed(workspace)
    finish(workspace, "r2", "2028-03-01", [figure("AAA", 2026, 5.0)], forecasts())
    assert ledger.settle(workspace, workspace.snapshot()) == 0


def test_scores_arrive_with_the_figures_and_say_how_many_territories_are_open(workspace):
    sealed(workspace)
    finish(workspace, "r2", "2028-07-01", LABELS, forecasts())
    assert ledger.settle(workspace, workspace.snapshot()) == 1
    (entry,) = ledger.entries(workspace, dt.date(2028, 7, 1))
    assert entry.state == "scored"
    loss = next(s for s in entry.scores[0]["scores"] if s["metric"] == "log_loss")
    assert loss["value"] == pytest.approx(-(math.log(0.9) + math.log(0.5) + math.log(0.9)) / 3)
    assert (loss["rows"], loss["events"], loss["open"]) == (3, 1, 1)
    crps = next(s for s in entry.scores[0]["scores"] if s["metric"] == "crps")
    assert crps["target"] == "one_sided_count_ahead" and crps["value"] > 0


def test_the_first_score_stays_when_figures_are_revised(workspace):
    sealed(workspace)
    finish(workspace, "r2", "2028-07-01", LABELS, forecasts())
    ledger.settle(workspace, workspace.snapshot())
    assert ledger.settle(workspace, workspace.snapshot()) == 0
    finish(workspace, "r3", "2029-07-01", [LABELS[0], figure("BBB", 2027, 60.0), LABELS[2], figure("DDD", 2027, 0.0)], forecasts())
    assert ledger.settle(workspace, workspace.snapshot()) == 1
    (entry,) = ledger.entries(workspace, dt.date(2029, 7, 1))
    events = [next(s["events"] for s in score["scores"] if s["metric"] == "log_loss") for score in entry.scores]
    assert events == [1, 2] and broken_forecasts(workspace) == []


def test_a_territory_missing_one_year_of_its_window_is_unknown():
    line = {"window_from": "2027-01-01", "window_to": "2028-12-31"}
    rows = sealed_rows([forecast("AAA", 0.9), forecast("BBB", 0.5)])
    known = {("AAA", 2027): 30.0, ("AAA", 2028): 0.0, ("BBB", 2027): 0.0}
    assert {(s["rows"], s["open"]) for s in score_sealed(line, rows, known)} == {(1, 1)}
    assert score_sealed(line, rows, {}) == []


def change_line(workspace: Workspace, number: int, **changed) -> None:
    path = workspace.root / "ledger" / "chain.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[number].update(changed)
    path.write_text("".join(json.dumps(line, sort_keys=True) + "\n" for line in lines), "utf-8")


def change_rows(workspace: Workspace) -> None:
    (path,) = (workspace.root / "ledger" / "sealed").glob("*.json")
    rows = json.loads(path.read_text("utf-8"))
    rows[0]["probability"] = 0.05
    path.write_text(json.dumps(rows), "utf-8")


def cut_chain(workspace: Workspace) -> None:
    (workspace.root / "ledger" / "chain.jsonl").write_text("", "utf-8")


def lose_rows(workspace: Workspace) -> None:
    (path,) = (workspace.root / "ledger" / "sealed").glob("*.json")
    path.unlink()


def garble(workspace: Workspace) -> None:
    path = workspace.root / "ledger" / "chain.jsonl"
    path.write_text("not json\n" + path.read_text("utf-8"), "utf-8")


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (change_rows, "not the ones that were sealed"),
        (lambda w: change_line(w, 0, window_to="2026-12-31"), "the chain is broken"),
        (lambda w: change_line(w, 0, code="another"), "not the hash of what it names"),
        (lambda w: change_line(w, 0, at="2027-02-01T00:00:00+00:00"), "sealed after its window had begun"),
        (lambda w: change_line(w, 0, files={}), "the list of files"),
        (cut_chain, "the chain was cut"),
        (lose_rows, "missing"),
        (garble, "can't be read"),
    ],
)
def test_every_kind_of_tampering_is_found(workspace, tamper, said):
    sealed(workspace)
    tamper(workspace)
    assert any(said in problem for problem in broken_forecasts(workspace))


def test_a_changed_forecast_is_never_scored(workspace):
    sealed(workspace)
    change_rows(workspace)
    finish(workspace, "r2", "2028-07-01", LABELS, forecasts())
    assert ledger.settle(workspace, workspace.snapshot()) == 0


def test_a_line_cut_off_at_the_end_is_found_by_whoever_noted_the_end(workspace):
    end = sealed(workspace)["hash"]
    assert ledger.holds(workspace, end)
    for path in (workspace.root / "ledger").rglob("*.*"):
        path.unlink()
    assert broken_forecasts(workspace) == [] and not ledger.holds(workspace, end)


def test_the_hash_of_a_value_does_not_depend_on_how_it_was_written():
    rows = sealed_rows(forecasts()[:2])
    assert fingerprint(json.loads(json.dumps(rows))) == fingerprint(rows)
    assert wrong_in(json.loads(json.dumps(seal(forecasts()[:2], MADE, BEFORE))), json.loads(json.dumps(rows))) == ""
