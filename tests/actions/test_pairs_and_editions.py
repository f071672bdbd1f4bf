"""Judgements on pairs, and the release of editions."""

from __future__ import annotations

import hashlib
import re
import sys

import pytest
from people import EDITION, EDITION_TEXT, OPEN_EDITION, PAIR, REAL_EDITION, REAL_PAIR

from tocsin.model.errors import BadInput, NotPermitted, Refused

MARK = re.compile(rb"draft, not signed|\"state\": \"draft\"", re.IGNORECASE)


def test_a_judgement_supersedes_the_same_persons_earlier_one(records, person):
    from tocsin.flow.actions import judge_pair
    from tocsin.flow.records import judgements_of, read_records

    one, two = person("analyst"), person("verifier")
    judge_pair(one, PAIR, "unsure")
    last = judge_pair(one, PAIR, "positive", "same father and town")
    other = judge_pair(two, PAIR, "negative", "the ages differ by 30 years")
    assert set(read_records()["judgements"].column("id").to_pylist()) == {last.id, other.id}
    assert len(judgements_of(PAIR)) == 3


def test_a_judgement_can_be_taken_back_once(records, person):
    from tocsin.flow.actions import judge_pair, undo_judgement
    from tocsin.flow.records import judgements_of, read_records

    analyst = person("analyst")
    with pytest.raises(Refused, match="take back"):
        undo_judgement(analyst, PAIR)
    judge_pair(analyst, PAIR, "unsure")
    undo_judgement(analyst, PAIR)
    assert read_records()["judgements"].num_rows == 0
    assert [row.judgement for row in judgements_of(PAIR)] == ["unsure", "withdrawn"]
    with pytest.raises(Refused, match="take back"):
        undo_judgement(analyst, PAIR)


def test_nobody_takes_back_what_another_said(records, person):
    from tocsin.flow.actions import judge_pair, undo_judgement

    judge_pair(person("analyst"), PAIR, "unsure")
    with pytest.raises(Refused, match="take back"):
        undo_judgement(person("verifier"), PAIR)


def test_same_and_two_need_a_reason(records, person):
    from tocsin.flow.actions import judge_pair

    with pytest.raises(BadInput, match="reason"):
        judge_pair(person("analyst"), PAIR, "positive", "  ")
    with pytest.raises(BadInput, match="not a judgement"):
        judge_pair(person("analyst"), PAIR, "maybe", "because")


def test_left_and_right_do_not_depend_on_the_order_of_the_pair(records, person):
    from tocsin.flow.actions import judge_pair

    judged = judge_pair(person("analyst"), PAIR, "unsure")
    assert judged.left < judged.right


def test_demo_users_judge_invented_pairs_only(records, person):
    from tocsin.flow.actions import judge_pair

    visitor = person("analyst", demo=True)
    assert judge_pair(visitor, PAIR, "unsure").invented
    with pytest.raises(NotPermitted):
        judge_pair(visitor, REAL_PAIR, "unsure")


def test_an_edition_is_released_with_all_its_files(records, person):
    from tocsin.flow.actions import sign_edition
    from tocsin.flow.records import citing, read_records

    signed = sign_edition(person("editor"), EDITION)
    released = read_records()["releases"].to_pylist()
    assert {EDITION, EDITION_TEXT} < {row["publication"] for row in released} and len(released) == 5
    assert {row["signature"] for row in released} == {signed[0].id}
    assert citing(EDITION_TEXT)[0]["verb"] == "sign_edition"
    with pytest.raises(Refused, match="released already"):
        sign_edition(person("editor"), EDITION)


def test_a_correction_stands_in_every_file_and_names_the_edition_that_was_wrong(records, person, monkeypatch):
    from tocsin.flow.actions import sign_edition
    from tocsin.flow.records import read_records

    editor, said = person("editor"), "El Fasher: 31 were killed, not <23>."
    with pytest.raises(Refused, match="no edition of this kind was signed yet"):
        sign_edition(editor, EDITION, said)
    invented = bool(read_publication(records, EDITION)["invented"])
    earlier = [{"kind": "digest", "invented": invented, "signature": "rel-0000000000000000", "draft_sha256": None}]
    monkeypatch.setattr(sys.modules["tocsin.flow.actions.sign_edition"], "releases", lambda: earlier)
    with pytest.raises(Refused, match="too long"):
        sign_edition(editor, EDITION, "x" * 501)
    signature = sign_edition(editor, EDITION, said)[0].id
    files = {p.name: p.read_text("utf-8") for p in (records / "9-released" / signature).rglob("*") if p.is_file()}
    for name, text in files.items():
        assert "Correction of the edition with signature rel-0000000000000000" in text, name
    assert said in files["digest.txt"] and "not &lt;23&gt;" in files["digest.html"]
    assert set(read_records()["releases"].column("corrects").to_pylist()) == {"rel-0000000000000000"}


def read_publication(home, identifier):
    from tocsin.storage import Workspace

    rows = Workspace.open(home).snapshot().rows("publications")
    return next(row for row in rows if row["id"] == identifier)


def test_a_signed_edition_stands_without_the_watermark_in_every_format_and_the_draft_is_kept(records, person):
    from tocsin.flow.actions import sign_edition

    drafts = {p.name: p.read_bytes() for p in records.glob("8-publish/*/files/digest/*")}
    signature = sign_edition(person("editor"), EDITION)[0].id
    released = {p.name: p.read_bytes() for p in (records / "9-released" / signature).rglob("*") if p.is_file()}
    assert set(released) == set(drafts) == {"digest.html", "digest.txt", "digest.md", "digest.json", "digest.rss"}
    for name, data in released.items():
        assert MARK.search(drafts[name]), name
        assert not MARK.search(data), name
        assert signature.encode() in data, name
        assert b"A report on Selmora II" in data, name
    assert {p.name: p.read_bytes() for p in records.glob("8-publish/*/files/digest/*")} == drafts


def test_the_record_holds_the_hash_of_what_went_out_and_of_what_was_read(records, person):
    from tocsin.flow.actions import sign_edition
    from tocsin.flow.records import read_records

    sign_edition(person("editor"), EDITION)
    for row in read_records()["releases"].to_pylist():
        assert hashlib.sha256((records / "9-released" / row["path"]).read_bytes()).hexdigest() == row["sha256"]
        draft = next(records.glob(f"8-publish/*/files/{row['path'].partition('/')[2]}"))
        assert hashlib.sha256(draft.read_bytes()).hexdigest() == row["draft_sha256"]


def test_a_released_file_that_was_changed_breaks_verification(records, person):
    from tocsin.flow.actions import sign_edition
    from tocsin.flow.verify import broken_releases
    from tocsin.storage import Workspace

    sign_edition(person("editor"), EDITION)
    assert list(broken_releases(Workspace.open(records))) == []
    path = next(records.glob("9-released/*/digest/digest.txt"))
    path.write_bytes(b"other")
    assert [line for line in broken_releases(Workspace.open(records)) if "digest.txt" in line]


def test_an_edition_with_open_findings_is_not_released(records, person):
    from tocsin.flow.actions import sign_edition

    with pytest.raises(Refused, match="a cell of 2 persons"):
        sign_edition(person("editor"), OPEN_EDITION)
    assert not (records / "9-released").exists()


def test_an_edition_that_was_changed_on_disk_is_not_released(records, person):
    from tocsin.flow.actions import sign_edition

    path = next(records.glob("8-publish/*/files/digest/digest.txt"))
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(Refused, match="changed after it was made"):
        sign_edition(person("editor"), EDITION)


def test_a_draft_that_does_not_come_out_again_is_not_released(records, person, monkeypatch):
    from tocsin.flow.actions import sign_edition
    from tocsin.stages.publish import compose

    monkeypatch.setattr(compose, "QUALIFIER", {})
    monkeypatch.setattr(compose, "SECTIONS", tuple((numeral, title + "!") for numeral, title in compose.SECTIONS))
    with pytest.raises(Refused, match="does not come out again"):
        sign_edition(person("editor"), EDITION)
    assert not (records / "9-released").exists()


def test_demo_users_release_nothing_real(records, person):
    from tocsin.flow.actions import sign_edition

    with pytest.raises(NotPermitted):
        sign_edition(person("editor", demo=True), REAL_EDITION)


def judging(monkeypatch, *pairs):
    """Let the verb find these pairs of records in the run, and return it."""
    from tocsin.flow.actions import judge_pair

    found = {f"par-{left}{right}": {"id": f"par-{left}{right}", "entity": "person", "left": left, "right": right} for left, right in pairs}
    monkeypatch.setitem(judge_pair.__globals__, "row", lambda snapshot, table, identifier: found[identifier])
    return judge_pair


def test_a_judgement_that_contradicts_a_chain_of_others_is_refused_and_leaves_nothing(records, person, monkeypatch):
    from tocsin.records.models import Judgement

    judge_pair = judging(monkeypatch, ("a", "b"), ("b", "c"), ("a", "c"))
    one, two = person("analyst"), person("verifier")
    judge_pair(one, "par-ab", "positive", "same father")
    judge_pair(two, "par-bc", "positive", "same town")
    with pytest.raises(Refused, match="contradicts other judgements"):
        judge_pair(one, "par-ac", "negative", "another town")
    assert Judgement.objects.count() == 2
    judge_pair(one, "par-ac", "positive", "same father and town")


def test_a_pair_whose_records_can_not_be_found_counts_as_real(records, person, monkeypatch):
    judge_pair = judging(monkeypatch, ("per-gone", "per-lost"))
    with pytest.raises(NotPermitted, match="invented country"):
        judge_pair(person("analyst", demo=True), "par-per-goneper-lost", "unsure")
