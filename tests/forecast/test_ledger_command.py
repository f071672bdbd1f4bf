"""The commands of the ledger as a user meets them: seal, list, verify, and find a change."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from workspaces import tocsin

from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.storage import Workspace

#: A year that lies ahead on whatever day these tests are run.
YEAR = 2999


def finish(root: Path, year: int) -> Workspace:
    made = Workspace.create(root, demo=True)
    row = {
        "id": stable_id("fct", "AAA", year),
        "inputs": ["set-1"],
        "method": "logit",
        "target": "one_sided_25_ahead",
        "territory": "MLI",
        "origin": dt.date(2024, 12, 31),
        "horizon_months": 12,
        "window_from": dt.date(year, 1, 1),
        "window_to": dt.date(year, 12, 31),
        "issued_at": dt.date(2026, 11, 21),
        "model": "logit",
        "chosen": True,
        "probability": 0.4,
        "climatology": 0.1,
        "vintage": "as_known",
        "missing": ["population"],
        "why": json.dumps({"model": "logit", "inputs": [{"input": "population", "value": 5.0, "log_odds": 0.3}], "similar": []}),
    }
    folder = made.stage_folder(5, "forecast", "r1")
    made.write_stage(folder, {"forecasts": tables.from_rows("forecasts", [row])}, {}, {"run": "r1"})
    about = {"run": "r1", "as_of": "2026-11-21", "seed": 7, "code": "0.1+abc", "inputs": {}}
    made.finish_run({**about, "stages": {"forecast": folder.relative_to(made.root).as_posix()}})
    return made


@pytest.fixture
def home(tmp_path) -> Path:
    return finish(tmp_path / "workspace", YEAR).root


def test_what_was_sealed_is_listed_verified_and_any_change_is_named(home):
    sealed = json.loads(tocsin(home, "forecast", "seal", "--json").stdout)
    assert [line["window_from"] for line in sealed["sealed"]] == [f"{YEAR}-01-01"]
    listed = json.loads(tocsin(home, "forecast", "ledger", "--json").stdout)
    assert listed["end_of_ledger"] == sealed["end_of_ledger"] and [one["state"] for one in listed["seals"]] == ["ahead"]
    whole = tocsin(home, "verify", "--noted", sealed["end_of_ledger"], "--json")
    assert whole.returncode == 0 and json.loads(whole.stdout)["ledger"] == 1
    (kept,) = (home / "ledger" / "sealed").glob("*.json")
    kept.write_text(kept.read_text("utf-8").replace("0.4", "0.9"), "utf-8")
    broken = tocsin(home, "verify", "--json")
    assert broken.returncode == 1 and "not the ones that were sealed" in json.loads(broken.stdout)["problems"][0]


def test_a_window_that_has_begun_is_refused_with_what_to_do(tmp_path):
    root = finish(tmp_path / "workspace", 2020).root
    refused = tocsin(root, "forecast", "seal", "--json")
    said = json.loads(refused.stdout)
    assert refused.returncode == 1 and said["error"] == "Refused" and "begun" in said["what"] and said["todo"]
    assert not (root / "ledger").exists()


def test_the_reasons_of_a_forecast_are_found_by_id_and_by_name(home):
    by_name = json.loads(tocsin(home, "forecast", "why", "Mali", "--json").stdout)
    assert by_name[0]["missing"] == ["population"] and by_name[0]["inputs"][0]["log_odds"] == 0.3
    assert json.loads(tocsin(home, "forecast", "why", by_name[0]["id"], "--json").stdout) == by_name
    assert tocsin(home, "forecast", "why", "Nowhere").returncode == 1
