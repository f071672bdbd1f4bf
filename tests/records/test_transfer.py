"""Records that leave one database and enter another are the same records."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from people import DRAFT, EDITION, PAIR, TODAY, build_workspace, vouch
from workspaces import command


@pytest.fixture
def written(records, person):
    """Return a workspace in which people judged, signed, issued, answered and released, and its export."""
    from tocsin.flow.actions import issue_alert, judge_pair, record_decision, sign_alert, sign_edition
    from tocsin.flow.actions.record_decision import Step

    one, two = person("analyst", "first"), person("editor", "second")
    vouch()
    judge_pair(one, PAIR, "positive", "same father — والد — and town")
    alert = sign_alert(one, DRAFT)
    sign_alert(two, alert.id)
    issue_alert(two, alert.id, "addressee")
    record_decision(two, alert.id, Step("acknowledged", "Desk", TODAY))
    record_decision(two, alert.id, Step("refused", "Desk", TODAY, "no"))
    sign_edition(two, EDITION)
    file = records.parent / "records.jsonl"
    done = command(records, "export", "records", "--out", file, "--json")
    assert done.returncode == 0, done.stderr
    return file, json.loads(done.stdout)


def content():
    from tocsin.accounts.models import User
    from tocsin.records.transfer import rows_out

    rows = [row for row in rows_out() if row["model"] != "citation"]
    cited = sorted((r["row"]["entry_id"], r["row"]["cited"]) for r in rows_out() if r["model"] == "citation")
    return rows, cited, list(User.objects.order_by("uid").values("username", "uid", "role", "demo", "is_active", "password", "created_at"))


def _into_new(tmp_path: Path, file: Path, **variables: str):
    home = tmp_path / "other"
    build_workspace(home)
    return home, command(home, "import", "records", file, "--json", **variables)


def test_what_comes_in_is_what_went_out(written, tmp_path):
    file, said = written
    before = content()
    home, done = _into_new(tmp_path, file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {key: said[key] for key in ("format", "entries", "accounts", "end_of_chain")}
    assert content() == before
    whole = json.loads(command(home, "verify", "--noted", said["end_of_chain"], "--json").stdout)
    assert whole["end_of_chain"] == said["end_of_chain"]
    assert [p for p in whole["problems"] if "released file" not in p] == []


@pytest.mark.postgres
def test_records_move_from_sqlite_to_postgresql(written, tmp_path, postgres_url):
    file, said = written
    before = content()
    url = postgres_url()
    _, done = _into_new(tmp_path, file, DATABASE_URL=url)
    assert done.returncode == 0, done.stdout + done.stderr
    from django.db import connection

    assert connection.vendor == "postgresql"
    assert content() == before and json.loads(done.stdout)["end_of_chain"] == said["end_of_chain"]


def test_people_go_on_where_they_were(written, tmp_path):
    from tocsin.accounts.models import User
    from tocsin.flow.actions import judge_pair

    _into_new(tmp_path, written[0])
    judge_pair(User.objects.get(username="first"), PAIR, "negative", "another town")
    from tocsin.records.verification import broken_links

    assert list(broken_links()) == []


def test_an_import_into_records_that_exist_changes_nothing(written, records):
    before = content()
    done = command(records, "import", "records", written[0])
    assert done.returncode == 1 and "already" in done.stderr
    assert content() == before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: [], "the file is empty"),
        (lambda lines: ["not json", *lines[1:]], "not JSON"),
        (lambda lines: ["[1]", *lines[1:]], "not a JSON object"),
        (lambda lines: [lines[0].replace('"version": 1', '"version": 9'), *lines[1:]], "another version"),
        (lambda lines: lines[:-1], "not whole"),
        (lambda lines: [line for line in lines if '"decision"' not in line], "not whole"),
        (lambda lines: [line.replace("same father", "same mother") for line in lines], "not whole"),
        (lambda lines: [*lines, '{"model": "user", "row": {}}'], "not a row of records"),
        (lambda lines: [*lines, lines[-1]], "does not fit"),
        (lambda lines: [lines[0].replace('"role": "editor"', '"role": "king"'), *lines[1:]], "not an account"),
        (lambda lines: [lines[0].replace('"role": "analyst"', '"role": "editor"'), *lines[1:]], "not those of the chain"),
    ],
)
def test_an_export_that_was_changed_is_refused_and_nothing_of_it_stays(written, tmp_path, spoil, said):
    file = tmp_path / "spoilt.jsonl"
    file.write_text("\n".join(spoil(written[0].read_text("utf-8").splitlines())), "utf-8")
    _, done = _into_new(tmp_path, file)
    assert done.returncode == 1 and said in json.loads(done.stdout)["what"], done.stdout + done.stderr
    assert content() == ([], [], [])


def test_a_backup_brings_released_files_and_records_together(written, records, tmp_path):
    assert command(records, "backup", tmp_path / "b.zip").returncode == 0
    assert command(records, "restore", tmp_path / "b.zip", tmp_path / "back").returncode == 0
    problems = json.loads(command(tmp_path / "back", "verify", "--json").stdout)["problems"]
    assert problems == []
    shutil.rmtree(tmp_path / "back" / "9-released")
    problems = json.loads(command(tmp_path / "back", "verify", "--json").stdout)["problems"]
    assert len(problems) == 5 and all("missing" in problem for problem in problems)


def test_the_file_is_for_its_owner_alone_and_never_written_over(written, records):
    assert written[0].stat().st_mode & 0o077 == 0
    done = command(records, "export", "records", "--out", written[0])
    assert done.returncode == 2 and "already" in done.stderr
