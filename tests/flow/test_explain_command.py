"""`tocsin explain` on ids taken from each output of the bundled run, and on what people wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workspaces import command

from tocsin.model import tables
from tocsin.storage import Workspace

pytestmark = pytest.mark.xdist_group("bundled")
TABLES = tuple(name for name in tables.TABLES if name not in ("lineage", "indices", "monthly_forecasts"))
KEYS = {"id", "kind", "value", "from", "files", "used_by"}


def some(bundled: Path, name: str) -> list[str]:
    """Return the first, middle and last id of a table."""
    snapshot = Workspace.open(bundled).snapshot()
    assert snapshot is not None
    ids = snapshot.table(name).column("id").to_pylist()
    return list(dict.fromkeys([ids[0], ids[len(ids) // 2], ids[-1]]))


@pytest.mark.parametrize("name", TABLES)
def test_an_id_of_each_table_opens_as_json_down_to_preserved_files(bundled, name):
    for identifier in some(bundled, name):
        done = command(bundled, "explain", identifier, "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert set(found) >= KEYS and found["id"] == identifier and found["kind"] == name
        if name != "items":
            assert found["from"] and found["files"], identifier
            assert all(len(file["sha256"]) == 64 and file["name"] for file in found["files"])


@pytest.mark.parametrize("name", TABLES)
def test_an_id_of_each_table_opens_as_text(bundled, name):
    identifier = some(bundled, name)[0]
    done = command(bundled, "explain", identifier)
    assert done.returncode == 0, done.stderr
    assert identifier in done.stdout and "Rests on" in done.stdout and "Preserved files" in done.stdout
    assert "Used by" in done.stdout


def test_ids_of_the_summary_open(bundled, summary):
    ids = [row["id"] for part in ("top_risk", "estimates", "published") for row in summary[part]]
    assert len(ids) > 20
    for identifier in (ids[0], ids[len(ids) // 2], ids[-1]):
        assert command(bundled, "explain", identifier, "--json").returncode == 0


def test_the_summary_ranks_a_window_that_is_still_ahead(summary):
    begins, ends = summary["window"]
    assert begins > summary["issued_at"] and begins[5:] == "01-01" and ends[5:] == "12-31"
    assert not summary["stale"] and summary["origin"] < summary["issued_at"] and "collect" in summary["renew"]
    chances = [row["probability"] for row in summary["top_risk"]]
    assert chances == sorted(chances, reverse=True) and len(chances) == 10


def test_a_preserved_file_leads_forward_and_opens_by_its_hash(bundled):
    identifier = some(bundled, "items")[0]
    by_hash = json.loads(command(bundled, "explain", identifier.removeprefix("itm-"), "--json").stdout)
    assert by_hash["id"] == identifier and by_hash["used_by_total"] > 0 and by_hash["files"][0]["sha256"] == identifier[4:]


def test_a_locator_names_the_one_place_of_a_collected_row(bundled):
    for name in ("figures", "measures", "documents", "persons", "events"):
        (file,) = json.loads(command(bundled, "explain", some(bundled, name)[0], "--json").stdout)["files"]
        assert file["locator"], name


@pytest.mark.parametrize(
    ("identifier", "said"),
    [("fig-0000000000000000", "no row"), ("nonsense", "no table uses"), ("alr-0000000000000000", "no record"), ("0" * 64, "no row")],
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_unknown_id_ends_with_one_clear_message(bundled, identifier, said, options):
    done = command(bundled, "explain", identifier, *options)
    assert done.returncode == 1
    if options:
        problem = json.loads(done.stdout)
        assert said in problem["what"] and problem["todo"] and identifier[:40] in problem["where"]
    else:
        assert said in done.stderr and done.stderr.count("\n") <= 6 and "Traceback" not in done.stderr


@pytest.fixture
def acted(copied: Path) -> Iterator[dict[str, Any]]:
    """Return the ids of what two people did about Selmora: signed, issued, answered, released, judged."""
    from tocsin.cli.django import ready

    ready(copied)
    from django.db import connections

    from tocsin.accounts.models import User
    from tocsin.flow.actions import issue_alert, judge_pair, record_decision, sign_alert, sign_edition
    from tocsin.flow.actions.alert_text import AlertText
    from tocsin.flow.actions.record_decision import Step

    people = [User.objects.create(username=role, role=role) for role in ("analyst", "editor")]
    snapshot = Workspace.open(copied).snapshot()
    assert snapshot is not None
    today = dt.datetime.now(dt.UTC).date()
    draft = next(row["id"] for row in snapshot.rows("drafts") if row["invented"])
    text = AlertText("Roads are closed", "Regional council", "Open the road", today + dt.timedelta(days=9), "reasonable_grounds_to_suspect")
    alert = sign_alert(people[0], draft, text)
    second = sign_alert(people[1], alert.id)
    made: dict[str, Any] = {"draft": draft, "alert": alert.id, "dispatch": issue_alert(people[1], alert.id, "public").id, "same": second.id}
    made["decision"] = record_decision(people[1], alert.id, Step("refused", "Regional council", today, "Nobody can be spared.")).id
    pair = snapshot.table("pairs").column("id")[0].as_py()
    made["judgement"], made["pair"] = judge_pair(people[0], pair, "unsure").id, pair
    edition = next(row for row in snapshot.rows("publications") if row["kind"] == "digest")
    made["release"], made["edition"] = sign_edition(people[1], edition["id"])[0].id, edition["id"]
    yield made
    connections.close_all()


def test_what_people_did_leads_back_to_the_files_and_forward_to_the_answer(copied, acted):
    alert = json.loads(command(copied, "explain", acted["alert"], "--json").stdout)
    assert alert["kind"] == "record" and alert["value"] == "refused" and "Roads are closed" in alert["label"]
    assert acted["draft"] in {node["id"] for node in alert["from"]} and alert["files"]
    assert {acted["decision"], acted["dispatch"]} <= {use["id"] for use in alert["used_by"]}
    for key in ("decision", "dispatch", "release", "judgement"):
        found = json.loads(command(copied, "explain", acted[key], "--json").stdout)
        assert found["from"] and found["files"], key
    text = command(copied, "explain", acted["decision"]).stdout
    assert "Nobody can be spared." in text and acted["alert"] in text


def test_what_a_record_rests_on_leads_forward_to_it(copied, acted):
    for cited, record in (("draft", "alert"), ("edition", "release"), ("pair", "judgement")):
        found = json.loads(command(copied, "explain", acted[cited], "--json").stdout)
        assert acted[record] in {use["id"] for use in found["used_by"]}, cited


def test_no_person_is_named_by_what_they_did(copied, acted):
    from tocsin.accounts.models import User

    uids = list(User.objects.values_list("uid", flat=True))
    for key in ("alert", "decision", "release", "judgement"):
        said = command(copied, "explain", acted[key], "--json").stdout
        assert not any(uid in said for uid in uids)


def test_what_a_later_run_no_longer_holds_opens_as_the_earlier_run_made_it(copied):
    workspace = Workspace.open(copied)
    snapshot = workspace.snapshot()
    assert snapshot is not None
    identifier = snapshot.table("estimates").column("id")[0].as_py()
    stages = {name: path for name, path in snapshot.manifest["stages"].items() if name in ("collect", "extract", "link")}
    workspace.finish_run({**snapshot.manifest, "run": "r-later", "stages": stages})
    found = json.loads(command(copied, "explain", identifier, "--json").stdout)
    assert found["run"] == snapshot.run and found["files"]
