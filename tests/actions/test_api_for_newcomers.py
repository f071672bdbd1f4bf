"""Who opens the API for the first time is led on: the root, and a token that ended."""

from __future__ import annotations

import pytest
from people import DRAFT


@pytest.fixture
def client(records):
    from django.test import Client

    return Client()


def test_the_root_leads_to_the_documentation(client):
    answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/docs")
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.1").status_code == 404, "as the documentation, on this computer only"


def test_a_token_that_is_not_known_is_told_apart_from_none(client):
    where = f"/api/v1/drafts/{DRAFT}/signatures"
    none = client.post(where, {}, "application/json").json()
    wrong = client.post(where, {}, "application/json", HTTP_AUTHORIZATION="Bearer tocsin_wrong").json()
    assert none["got"] == "neither"
    assert wrong["got"] == "a token that is not known or has ended"
