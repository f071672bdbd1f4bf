"""What the desk's menu offers: every page that the role may open, and no other."""

from __future__ import annotations

import pytest
from people import DRAFT

from tocsin.accounts.roles import ROLES
from web.reading import read

DESKS = ("/desk/", "/desk/linkage", "/desk/assess", "/desk/alerts", "/desk/editions")


def client_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_of_each_role_leads_to_what_it_may_open_and_to_nothing_else(records, person, role):
    client = client_of(person(role))
    answers = {desk: client.get(desk).status_code for desk in DESKS}
    offered = [link for link in read(client.get("/desk/")).links if link in DESKS]
    assert sorted(set(offered)) == sorted(desk for desk, status in answers.items() if status == 200)
    assert set(answers.values()) <= {200, 403}


@pytest.mark.parametrize("role", ["reporter", "reader", "administrator"])
def test_who_has_no_desk_is_told_so_and_not_turned_away(records, person, role):
    response = client_of(person(role)).get("/desk/")
    assert response.status_code == 200
    assert "Nothing waits" in " ".join(read(response).text)


def test_a_closed_page_names_the_roles_that_may_open_it(records, person):
    response = client_of(person("editor")).get("/desk/linkage")
    said = " ".join(read(response).text)
    assert response.status_code == 403
    assert "You are signed in as: Editor." in said and "Verifier" in said and "Analyst" in said


def test_a_draft_lies_under_alerts_in_the_menu(records, person):
    page = client_of(person("analyst")).get(f"/desk/drafts/{DRAFT}").content.decode()
    assert '<a href="/desk/alerts" aria-current="page">' in page
    assert page.count('aria-current="page"') == 1


def test_who_may_only_read_a_draft_gets_no_button_to_sign_it(records, person):
    official = client_of(person("official")).get(f"/desk/drafts/{DRAFT}").content.decode()
    analyst = client_of(person("analyst")).get(f"/desk/drafts/{DRAFT}").content.decode()
    assert "Sign off this text" in analyst and "Sign off this text" not in official


def test_a_problem_of_a_form_is_tied_to_its_field(records, person):
    client = client_of(person("analyst"))
    form = {"headline": "Rise", "addressee": "A body", "ask": "", "due": "2999-01-01", "standard_of_proof": "allegation"}
    page = client.post(f"/desk/drafts/{DRAFT}/sign", form).content.decode()
    assert 'name="ask" rows="2" maxlength="500" required aria-invalid="true" aria-describedby="problem"' in page
    assert '<a href="#ask">' in page and page.count("aria-invalid") == 1
