"""The permission matrix: every role, every verb, through the function, a page, the API and the command line.

Generated from `ACTIONS` and the table of roles: a new verb fails here until it can be reached all four ways.
"""

from __future__ import annotations

import pytest
from people import DRAFT, EDITION, EVENT, PAIR, PASSWORD, TODAY

from tocsin.accounts.roles import PERMISSIONS, ROLES

VERBS = ("judge_pair", "undo_judgement", "sign_alert", "issue_alert", "record_decision", "sign_edition", "rate_indicator")
RATING = {"answer": "present", "confidence": "medium", "standard_of_proof": "allegation", "rationale": "Reported twice"}
STEP = {"state": "acknowledged", "by": "Regional desk", "on": TODAY.isoformat(), "why": ""}


@pytest.fixture
def alert(records, person):
    """Return an alert that two people signed: ready to be issued, and issued where the verb needs it."""
    from tocsin.flow.actions import sign_alert

    made = sign_alert(person("analyst", "first"), DRAFT)
    sign_alert(person("editor", "second"), made.id)
    return made


def issue(alert):
    from tocsin.accounts.models import User
    from tocsin.flow.actions import issue_alert

    issue_alert(User.objects.get(username="second"), alert.id, "public")


def call(verb, user, alert):
    from tocsin.flow import actions
    from tocsin.flow.actions.rate_indicator import RatingText
    from tocsin.flow.actions.record_decision import Step

    arguments = {
        "judge_pair": (PAIR, "unsure"),
        "undo_judgement": (PAIR,),
        "sign_alert": (alert.id,),
        "issue_alert": (alert.id, "public"),
        "record_decision": (alert.id, Step("acknowledged", "Regional desk", TODAY)),
        "sign_edition": (EDITION,),
        "rate_indicator": ("selmora", "7.14", RatingText(**RATING, evidence=(EVENT,))),
    }
    getattr(actions, verb)(user, *arguments[verb])


def through_function(verb, user, alert):
    from tocsin.model.errors import NotPermitted

    try:
        call(verb, user, alert)
    except NotPermitted:
        return False
    return True


def through_page(verb, user, alert):
    from django.test import Client

    client = Client(raise_request_exception=False)
    client.force_login(user)
    address, form = {
        "judge_pair": (f"/desk/linkage/{PAIR}/judge", {"j": "unsure"}),
        "undo_judgement": (f"/desk/linkage/{PAIR}/undo", {}),
        "sign_alert": (f"/desk/alerts/{alert.id}/sign", {}),
        "issue_alert": (f"/desk/alerts/{alert.id}/issue", {"audience": "public"}),
        "record_decision": (f"/desk/alerts/{alert.id}/decide", STEP),
        "sign_edition": (f"/desk/editions/{EDITION}/sign", {}),
        "rate_indicator": ("/desk/assess/selmora/7.14/rate", {**RATING, "evidence": EVENT}),
    }[verb]
    status = client.post(address, form).status_code
    assert status in (302, 403)
    return status == 302


def through_api(verb, user, alert):
    from django.test import Client

    from tocsin.accounts.tokens import new_token

    address, body = {
        "judge_pair": (f"/api/v1/pairs/{PAIR}/judgements", {"judgement": "unsure"}),
        "undo_judgement": (f"/api/v1/pairs/{PAIR}/judgements/undo", {}),
        "sign_alert": (f"/api/v1/alerts/{alert.id}/signatures", {}),
        "issue_alert": (f"/api/v1/alerts/{alert.id}/dispatch", {"audience": "public"}),
        "record_decision": (f"/api/v1/alerts/{alert.id}/decisions", STEP),
        "sign_edition": (f"/api/v1/publications/{EDITION}/releases", {}),
        "rate_indicator": ("/api/v1/situations/selmora/ratings", {**RATING, "indicator": "7.14", "evidence": [EVENT]}),
    }[verb]
    headers = {"Authorization": f"Bearer {new_token(user)}"}
    response = Client().post(address, body, content_type="application/json", headers=headers)
    assert response.status_code in (201, 403)
    if response.status_code == 403:
        assert set(response.json()) == {"error", "what", "where", "expected", "got", "todo"}
    return response.status_code == 201


def through_command(verb, user, alert):
    from typer.testing import CliRunner

    from tocsin.cli.main import app
    from tocsin.model.errors import NotPermitted

    user.set_password(PASSWORD)
    user.save()
    words = {
        "judge_pair": ["judge", PAIR, "unsure"],
        "undo_judgement": ["judge", PAIR, "undo"],
        "sign_alert": ["alerts", "sign", alert.id],
        "issue_alert": ["alerts", "issue", alert.id, "--audience", "public"],
        "record_decision": ["alerts", "decide", alert.id, "acknowledged", "--by", "Regional desk"],
        "sign_edition": ["editions", "sign", EDITION],
        "rate_indicator": ["rate", "selmora", "7.14", "present", "--why", "Reported twice", "--evidence", EVENT],
    }[verb]
    result = CliRunner().invoke(app, [*words, "--user", user.username, "--password-stdin"], input=PASSWORD + "\n")
    assert result.exit_code == 0 or isinstance(result.exception, NotPermitted), result.output
    return result.exit_code == 0


WAYS = [through_function, through_page, through_api, through_command]


def test_the_matrix_covers_every_verb(records):
    from tocsin.flow.actions import ACTIONS

    assert tuple(action.__name__ for action in ACTIONS) == VERBS


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role, verb, way, alert, person):
    from tocsin.records.models import AuditEntry

    if verb == "record_decision":
        issue(alert)
    user = person(role, f"the-{role}")
    expected = verb in PERMISSIONS[role]
    if verb == "undo_judgement" and expected:
        call("judge_pair", user, alert)
    before = AuditEntry.objects.count()
    assert way(verb, user, alert) is expected
    assert AuditEntry.objects.count() == before + expected
    if expected:
        assert AuditEntry.objects.order_by("-sequence").first().verb == verb


@pytest.mark.parametrize("verb", VERBS)
def test_a_closed_account_may_do_nothing(verb, alert, person):
    user = person("editor", "closed")
    user.is_active = False
    assert not through_function(verb, user, alert)


def test_no_role_may_do_everything_alone():
    assert all(not set(VERBS) <= permissions for permissions in PERMISSIONS.values())
