"""A sealed forecast opens: back to the preserved files it was made from, and a forecast leads on to its seal."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from workspaces import command

from tocsin.flow import ledger
from tocsin.storage import Workspace

pytestmark = pytest.mark.xdist_group("bundled")


@pytest.fixture
def sealed(copied: Path) -> tuple[Path, dict[str, object]]:
    """Return a workspace with the seal of its newest run."""
    place = Workspace.open(copied)
    snapshot = place.snapshot()
    assert snapshot is not None
    lines = ledger.seal_run(place, snapshot, dt.datetime.now(dt.UTC))
    return copied, dict(lines[0])


def test_a_seal_leads_back_to_the_files_behind_it_and_a_forecast_on_to_its_seal(sealed):
    home, line = sealed
    seal = json.loads(command(home, "explain", str(line["id"]), "--json").stdout)
    assert {file["sha256"] for file in seal["files"]} == {sha256 for files in line["files"].values() for sha256 in files}
    row = ledger.rows_of(Workspace.open(home), line)[0]
    forecast = json.loads(command(home, "explain", row["id"], "--json").stdout)
    assert line["id"] in {use["id"] for use in forecast["used_by"]}
    assert {file["sha256"] for file in forecast["files"]} <= {file["sha256"] for file in seal["files"]}


def test_a_seal_that_nobody_made_is_told_as_one(sealed):
    home, _ = sealed
    done = command(home, "explain", "sea-0000000000000000")
    assert done.returncode == 1 and "no record" in done.stderr
