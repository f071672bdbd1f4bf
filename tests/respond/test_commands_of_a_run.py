"""`tocsin warn`, `respond` and `publish` on the bundled run."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from workspaces import command, fingerprint

pytestmark = pytest.mark.xdist_group("bundled")


def answer(home: Path, *arguments: object) -> object:
    done = command(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def test_warn_gives_the_signals_and_drafts_that_the_run_kept(bundled, summary):
    found = answer(bundled, "warn")
    assert len(found["signals"]) == summary["rows"]["signals"] and len(found["drafts"]) == summary["rows"]["drafts"]
    identifier = found["drafts"][0]["id"]
    assert command(bundled, "explain", identifier).returncode == 0


def test_warn_with_other_thresholds_shows_what_they_would_give_and_keeps_nothing(bundled):
    before = fingerprint(bundled)
    usual, eager = answer(bundled, "warn"), answer(bundled, "warn", "--level", "one_sided_100=0.2", "--drafts", 20)
    assert eager["thresholds"]["level"]["one_sided_100"] == 0.2
    assert {s["id"] for s in usual["signals"]} != {s["id"] for s in eager["signals"]}
    assert sum(not d["invented"] for d in eager["drafts"]) > sum(not d["invented"] for d in usual["drafts"])
    assert all(s["value"] >= s["threshold"] for s in eager["signals"] if s["trigger"] == "forecast_level")
    assert fingerprint(bundled) == before


def test_warn_reads_a_territory_by_any_of_its_names(bundled):
    by_name, by_code = answer(bundled, "warn", "--territory", "Selmora"), answer(bundled, "warn", "--territory", "XSE")
    assert by_name == by_code and {s["territory"] for s in by_name["signals"]} == {"XSE"}


def test_options_of_a_situation_put_force_last_and_say_what_comes_too_late(bundled):
    rows = answer(bundled, "respond", "options", "libya-2011")
    assert [row["coercive"] for row in rows] == sorted(row["coercive"] for row in rows)
    assert all(row["harm_check"] for row in rows if row["coercive"])
    fitting = answer(bundled, "respond", "options", "libya-2011", "--fitting")
    assert {row["measure"] for row in rows} - {row["measure"] for row in fitting} == {r["measure"] for r in rows if r["fits"] == "no"}


def test_fewer_days_leave_fewer_options():
    from tocsin.flow.respond import options_within

    day = dt.date(2026, 11, 21)
    fits = [{row["measure"] for row in options_within(None, days, day) if row["fits"] in ("yes", "perhaps")} for days in (0, 5, 30, 2000)]
    assert fits[0] == set() and fits[0] < fits[1] < fits[2] < fits[3]


def test_the_gap_of_a_situation_counts_days_and_never_takes_unknown_for_zero(bundled):
    rows = {row["situation"]: row for row in answer(bundled, "respond", "gap")}
    assert {"selmora", "libya-2011"} <= set(rows)
    one = answer(bundled, "respond", "gap", "selmora")[0]
    assert one == rows["selmora"]
    points = one["points"]
    for name, (a, b) in {"alert_to_decision": ("t2", "t4"), "decision_to_measure": ("t4", "t5")}.items():
        assert (one[name] is None) == (points[a]["date"] is None or points[b]["date"] is None)


@pytest.mark.parametrize("kind", ["digest", "monitor", "open-data"])
def test_publish_writes_the_draft_of_the_run(bundled, tmp_path, kind):
    files = answer(bundled, "publish", kind, "--out", tmp_path / "out")["files"]
    assert files
    for file in files:
        assert file["state"] == "draft" and file["signature"] is None
        assert hashlib.sha256(Path(file["written"]).read_bytes()).hexdigest() == file["sha256"]
    assert "draft, not signed" in command(bundled, "publish", kind).stdout


def test_publish_writes_the_signed_files_where_somebody_signed(copied, tmp_path):
    from tocsin.cli.django import ready

    ready(copied)
    from django.db import connections

    from tocsin.accounts.models import User
    from tocsin.flow.actions import sign_edition

    draft = answer(copied, "publish", "digest")["files"][0]
    signature = sign_edition(User.objects.create(username="e", role="editor"), draft["id"])[0].id
    files = answer(copied, "publish", "digest", "--out", tmp_path / "out")["files"]
    assert {file["signature"] for file in files} == {signature}
    text = (tmp_path / "out" / "digest" / "digest.txt").read_text("utf-8")
    assert signature in text and "not signed" not in text
    connections.close_all()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("warn", "--level", "one_sided_7=0.1"), 2, "no such target"),
        (("warn", "--level", "one_sided_25=many"), 2, "not a number"),
        (("warn", "--rise", "1.5"), 2, "not a probability"),
        (("warn", "--drafts", "-1"), 2, "negative"),
        (("warn", "--territory", "Atlantis"), 1, "no territory"),
        (("respond", "options"), 2, "name a situation"),
        (("respond", "options", "--days", "-3"), 2, "negative"),
        (("respond", "options", "atlantis"), 1, "no such situation"),
        (("respond", "gap", "atlantis"), 1, "no such situation"),
        (("publish", "brief"), 2, "no such edition"),
    ],
)
def test_what_can_not_be_answered_says_why_and_changes_nothing(bundled, arguments, code, said):
    before = fingerprint(bundled)
    done = command(bundled, *arguments)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
    problem = json.loads(command(bundled, *arguments, "--json").stdout)
    assert said in problem["what"]
    assert fingerprint(bundled) == before


def test_publish_never_writes_over_another_file(bundled, tmp_path):
    (tmp_path / "digest").mkdir()
    (tmp_path / "digest" / "digest.txt").write_text("mine")
    done = command(bundled, "publish", "digest", "--out", tmp_path)
    assert done.returncode == 2 and "another file" in done.stderr
    assert (tmp_path / "digest" / "digest.txt").read_text() == "mine" and not (tmp_path / "digest" / "digest.html").exists()


@pytest.mark.parametrize("arguments", [("warn",), ("respond", "gap"), ("publish", "digest")])
def test_a_workspace_without_a_run_says_what_to_do(tmp_path, arguments):
    assert command(tmp_path / "new", "init", "--empty").returncode == 0
    done = command(tmp_path / "new", *arguments)
    assert done.returncode == 1 and "tocsin run" in done.stderr


@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_a_table_goes_out_through_the_release_gate(bundled, tmp_path, form, summary):
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    target = tmp_path / f"forecasts.{form}"
    assert answer(bundled, "export", form, "forecasts", "--out", target)["rows"] == summary["rows"]["forecasts"]
    rows = {
        "csv": lambda: pa_csv.read_csv(target).num_rows,
        "parquet": lambda: pq.read_table(target).num_rows,
        "json": lambda: len(json.loads(target.read_text("utf-8"))),
    }[form]()
    assert rows == summary["rows"]["forecasts"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("csv", "persons"), "does not leave"),
        (("csv", "drafts"), "does not leave"),
        (("xlsx", "figures"), "no such format"),
        (("csv",), "the table is not named"),
        (("records", "figures"), "records go out whole"),
    ],
)
def test_what_may_not_leave_stays(bundled, tmp_path, arguments, said):
    done = command(bundled, "export", *arguments, "--out", tmp_path / "file")
    assert done.returncode == 2 and said in done.stderr
    assert not (tmp_path / "file").exists()
