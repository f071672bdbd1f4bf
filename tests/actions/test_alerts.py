"""From a machine's draft to an answer: two people, one ask, no open check, and silence on record."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from people import DRAFT, PASSWORD, REAL_DRAFT, STALE_DRAFT, TODAY, tamper

from tocsin.model.errors import BadInput, NotFound, NotPermitted, Refused


@pytest.fixture
def people(records, person):
    return person("analyst"), person("editor")


def text(**changes):
    from tocsin.flow.actions.alert_text import AlertText

    day = TODAY + dt.timedelta(days=9)
    return replace(AlertText("Headline", "A body", "One ask", day, "reasonable_grounds_to_suspect"), **changes)


def issued(people):
    from tocsin.flow.actions import issue_alert, sign_alert

    alert = sign_alert(people[0], DRAFT)
    sign_alert(people[1], alert.id)
    issue_alert(people[1], alert.id, "public")
    return alert


def step(state, why="because", by="Regional desk", on=TODAY):
    from tocsin.flow.actions.record_decision import Step

    return Step(state, by, on, why)


def test_one_person_can_not_sign_twice(people):
    from tocsin.flow.actions import sign_alert

    alert = sign_alert(people[0], DRAFT)
    with pytest.raises(Refused, match="a second person"):
        sign_alert(people[0], alert.id)


def test_an_alert_needs_two_people_before_it_is_issued(people):
    from tocsin.flow import records
    from tocsin.flow.actions import issue_alert, sign_alert

    alert = sign_alert(people[1], DRAFT)
    with pytest.raises(Refused, match="2 different people must sign; 1 did"):
        issue_alert(people[1], alert.id, "addressee")
    sign_alert(people[0], alert.id)
    issue_alert(people[1], alert.id, "addressee")
    assert records.state_of(records.alert_of(alert.id)) == "open"


def test_a_signature_counts_for_the_text_that_was_signed_alone(people):
    from tocsin.flow.actions import issue_alert, sign_alert

    alert = sign_alert(people[0], DRAFT)
    sign_alert(people[1], alert.id)
    tamper("UPDATE records_ask SET ask = 'Send something else'")
    with pytest.raises(Refused, match="2 different people must sign; 0 did"):
        issue_alert(people[1], alert.id, "addressee")


def test_the_day_by_which_an_answer_is_asked_must_lie_ahead_when_it_is_issued(people):
    from tocsin.flow.actions import sign_alert
    from tocsin.flow.actions.issue_alert import open_checks

    alert = sign_alert(people[0], DRAFT)
    sign_alert(people[1], alert.id)
    assert open_checks(alert, "addressee", alert.ask.due - dt.timedelta(days=1)) == []
    (said,) = open_checks(alert, "addressee", alert.ask.due)
    assert "has passed" in said


def test_an_alert_is_issued_once(people):
    from tocsin.flow.actions import issue_alert

    alert = issued(people)
    with pytest.raises(Refused, match="issued already"):
        issue_alert(people[1], alert.id, "public")


def test_what_was_issued_is_neither_signed_nor_corrected_any_more(people, person):
    from tocsin.flow.actions import sign_alert

    alert, third = issued(people), person("editor", "a-third")
    for change in (None, text(headline="Another headline")):
        with pytest.raises(Refused, match="was issued already"):
            sign_alert(third, alert.id, change)


@pytest.mark.parametrize(("after", "late"), [(0, False), (-1, True)])
def test_the_answer_may_be_asked_for_up_to_the_trigger_date_itself(people, after, late):
    from tocsin.flow.actions import sign_alert
    from tocsin.flow.actions.issue_alert import open_checks

    day = TODAY + dt.timedelta(days=9)
    alert = sign_alert(people[0], DRAFT, text(trigger_date=day + dt.timedelta(days=after)))
    sign_alert(people[1], alert.id)
    assert any("after the trigger date" in finding for finding in open_checks(alert, "addressee", TODAY)) == late


def test_a_correction_needs_both_signatures_again(people):
    from tocsin.flow import records
    from tocsin.flow.actions import issue_alert, sign_alert

    first = sign_alert(people[0], DRAFT)
    corrected = sign_alert(people[1], first.id, text(headline="Corrected"))
    assert corrected.supersedes == first.id
    assert records.state_of(records.alert_of(first.id)) == "superseded"
    with pytest.raises(Refused, match="took the place"):
        sign_alert(people[1], first.id)
    with pytest.raises(Refused, match="1 did"):
        issue_alert(people[1], corrected.id, "public")


def test_what_was_corrected_is_not_issued_any_more(people):
    from tocsin.flow.actions import issue_alert, sign_alert

    first = sign_alert(people[0], DRAFT)
    sign_alert(people[1], first.id)
    sign_alert(people[1], first.id, text(headline="Corrected"))
    with pytest.raises(Refused, match="a corrected alert took its place"):
        issue_alert(people[1], first.id, "public")


def test_a_draft_becomes_one_alert(people):
    from tocsin.flow.actions import sign_alert

    first = sign_alert(people[0], DRAFT)
    with pytest.raises(Refused, match="signed off already"):
        sign_alert(people[1], DRAFT)
    with pytest.raises(Refused, match="signed off already"):
        sign_alert(people[1], DRAFT, text(headline="Another"))
    assert first.signatures.count() == 1


@pytest.mark.parametrize("missing", ["headline", "addressee", "ask", "due", "standard_of_proof"])
def test_an_alert_without_an_obligatory_part_can_not_be_signed(people, missing):
    from tocsin.flow.actions import sign_alert
    from tocsin.records.models import Alert

    with pytest.raises(BadInput):
        sign_alert(people[0], DRAFT, text(**{missing: None if missing == "due" else " "}))
    assert Alert.objects.count() == 0


def test_an_alert_has_one_ask_and_time_to_answer(people):
    from tocsin.flow.actions import sign_alert

    with pytest.raises(BadInput, match="one ask"):
        sign_alert(people[0], DRAFT, text(ask="Send observers\nOpen the border"))
    with pytest.raises(BadInput, match="ahead"):
        sign_alert(people[0], DRAFT, text(due=TODAY))


@pytest.mark.parametrize(
    ("draft", "changes", "finding"),
    [
        (DRAFT, {"unresolved": ("a second source",)}, "unresolved: a second source"),
        (DRAFT, {"trigger_date": TODAY + dt.timedelta(days=2)}, "after the trigger date"),
        (DRAFT, {"standard_of_proof": "allegation"}, "an allegation alone is not published"),
        (STALE_DRAFT, {}, "window has begun"),
    ],
)
def test_an_open_check_keeps_an_alert_back(people, draft, changes, finding):
    from tocsin.flow.actions import issue_alert, sign_alert

    alert = sign_alert(people[0], draft, text(**changes))
    sign_alert(people[1], alert.id)
    with pytest.raises(Refused, match=finding):
        issue_alert(people[1], alert.id, "public")


def test_who_may_not_publish_an_allegation_is_told_that_the_addressee_may_have_it(people):
    from tocsin.flow.actions import issue_alert, sign_alert

    alert = sign_alert(people[0], DRAFT, text(standard_of_proof="allegation"))
    sign_alert(people[1], alert.id)
    with pytest.raises(Refused) as refused:
        issue_alert(people[1], alert.id, "public")
    assert "--audience addressee" in refused.value.todo
    assert issue_alert(people[1], alert.id, "addressee").audience == "addressee"


def test_who_signs_at_the_command_line_is_told_what_still_stands_in_the_way(people):
    from typer.testing import CliRunner

    from tocsin.cli.main import app
    from tocsin.flow.actions import sign_alert

    alert = sign_alert(people[0], STALE_DRAFT, text(standard_of_proof="allegation"))
    people[1].set_password(PASSWORD)
    people[1].save()
    words = ["alerts", "sign", alert.id, "--user", people[1].username, "--password-stdin"]
    said = CliRunner().invoke(app, words, input=PASSWORD + "\n").output.replace("\n", " ")
    assert "Open before it can be issued: it rests on a forecast whose window has begun or passed" in said
    assert "Open before it can be public: an allegation alone is not published" in said
    assert "different people must sign" not in said


def test_an_answer_moves_through_the_allowed_states_only(people):
    from tocsin.flow import records
    from tocsin.flow.actions import record_decision

    alert = issued(people)
    with pytest.raises(Refused, match="can't follow"):
        record_decision(people[0], alert.id, step("done"))
    for state in ("acknowledged", "decided", "acting", "done"):
        record_decision(people[0], alert.id, step(state))
        assert records.state_of(records.alert_of(alert.id)) == state
    with pytest.raises(Refused, match="the matter is closed"):
        record_decision(people[0], alert.id, step("refused"))


def test_silence_is_recorded_only_after_the_deadline(people):
    from tocsin.flow.actions import record_decision

    alert = issued(people)
    with pytest.raises(Refused, match="has not run out"):
        record_decision(people[0], alert.id, step("no_answer"))


@pytest.mark.parametrize(("after", "recorded"), [(0, False), (1, True)])
def test_the_last_day_to_answer_is_no_silence_yet(people, monkeypatch, after, recorded):
    from tocsin.flow import records
    from tocsin.flow.actions import record_decision

    alert = issued(people)
    day = alert.ask.due + dt.timedelta(days=after)
    monkeypatch.setitem(record_decision.__globals__, "today", lambda: day)
    if recorded:
        record_decision(people[0], alert.id, step("no_answer", on=day))
        assert records.state_of(records.alert_of(alert.id)) == "no_answer"
    else:
        with pytest.raises(Refused, match="has not run out"):
            record_decision(people[0], alert.id, step("no_answer", on=day))


def test_an_alert_is_acknowledged_once_also_after_a_silence(people, monkeypatch):
    from tocsin.flow.actions import record_decision

    alert = issued(people)
    record_decision(people[0], alert.id, step("acknowledged"))
    day = alert.ask.due + dt.timedelta(days=1)
    monkeypatch.setitem(record_decision.__globals__, "today", lambda: day)
    record_decision(people[0], alert.id, step("no_answer", on=day))
    with pytest.raises(Refused, match="acknowledged already"):
        record_decision(people[0], alert.id, step("acknowledged", on=day))


def test_a_refusal_needs_its_reason_and_a_day_that_can_be(people):
    from tocsin.flow.actions import record_decision

    alert = issued(people)
    with pytest.raises(BadInput, match="reason"):
        record_decision(people[0], alert.id, step("refused", why=" "))
    with pytest.raises(BadInput, match="outside the life"):
        record_decision(people[0], alert.id, step("refused", on=TODAY + dt.timedelta(days=1)))
    with pytest.raises(BadInput, match="outside the life"):
        record_decision(people[0], alert.id, step("refused", on=TODAY - dt.timedelta(days=1)))


def test_an_unissued_alert_can_not_be_answered(people):
    from tocsin.flow.actions import record_decision, sign_alert

    with pytest.raises(Refused, match="only an issued alert"):
        record_decision(people[0], sign_alert(people[0], DRAFT).id, step("acknowledged"))


def test_what_does_not_exist_is_not_found(people):
    from tocsin.flow.actions import issue_alert, sign_alert

    with pytest.raises(NotFound):
        sign_alert(people[0], "dra-0000000000000000")
    with pytest.raises(NotFound):
        issue_alert(people[1], "alr-0000000000000000", "public")


def test_demo_users_stay_in_the_invented_country(records, person):
    from tocsin.flow.actions import sign_alert

    visitor = person("analyst", demo=True)
    with pytest.raises(NotPermitted, match="invented country"):
        sign_alert(visitor, REAL_DRAFT)
    assert sign_alert(visitor, DRAFT).invented


def test_demo_users_neither_issue_nor_answer_a_real_alert(people, person):
    from tocsin.flow.actions import issue_alert, record_decision, sign_alert

    visitor = person("editor", demo=True)
    alert = sign_alert(people[0], REAL_DRAFT)
    sign_alert(people[1], alert.id)
    with pytest.raises(NotPermitted, match="invented country"):
        sign_alert(visitor, alert.id)
    with pytest.raises(NotPermitted, match="invented country"):
        issue_alert(visitor, alert.id, "public")
    issue_alert(people[1], alert.id, "public")
    with pytest.raises(NotPermitted, match="invented country"):
        record_decision(visitor, alert.id, step("acknowledged"))


def test_the_evidence_leads_forward_from_the_draft(people):
    from tocsin.flow.records import audit_of, citing

    alert = issued(people)
    verbs = [entry["verb"] for entry in citing(DRAFT)]
    assert verbs == ["sign_alert", "sign_alert", "issue_alert"]
    assert {entry["id"] for entry in citing(DRAFT)} == {alert.id}
    assert [entry["verb"] for entry in audit_of(alert.id)] == verbs


def test_clock_points_come_from_what_was_recorded(people):
    from tocsin.flow.actions import record_decision
    from tocsin.flow.records import alert_of, open_alerts, view_of

    alert = issued(people)
    assert [view.id for view in open_alerts(TODAY)] == [alert.id]
    record_decision(people[0], alert.id, step("decided"))
    clock = view_of(alert_of(alert.id), TODAY).clock
    assert clock["t2"] == clock["t4"] == TODAY
    assert clock["t3"] is None
    assert open_alerts(TODAY) == []


def test_only_one_of_two_simultaneous_issuers_succeeds(both_engines, person):
    """Two people press the same button in the same moment: one alert goes out, and the chain stays whole."""
    from django.db import connections

    from tocsin.flow.actions import issue_alert, sign_alert
    from tocsin.records.models import Dispatch
    from tocsin.records.verification import broken_links

    editors = [person("editor") for _ in range(4)]
    alert = sign_alert(editors[0], DRAFT)
    ends, gate = [], threading.Barrier(4)

    def at_once(verb, *arguments):
        gate.wait()
        try:
            verb(*arguments)
            ends.append("done")
        except Refused:
            ends.append("refused")
        finally:
            connections.close_all()

    def together(verb, arguments):
        ends.clear()
        threads = [threading.Thread(target=at_once, args=(verb, *each)) for each in arguments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(ends)

    twice = [(editors[1], alert.id), (editors[1], alert.id), (editors[2], alert.id), (editors[3], alert.id)]
    assert together(sign_alert, twice) == ["done", "done", "done", "refused"]
    assert together(issue_alert, [(editor, alert.id, "public") for editor in editors]) == ["done", "refused", "refused", "refused"]
    assert Dispatch.objects.count() == 1
    assert list(broken_links()) == []
