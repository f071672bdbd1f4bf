"""Pages for what went wrong are pages of this house: in the reader's language, with what to do, under the strict policy."""

from __future__ import annotations

import pytest

from web.reading import read


def _text_of_ours(response, status):
    """Return the words of a page of error, after seeing that it is a page of this house."""
    assert response.status_code == status
    text = " ".join(read(response).text)
    assert "What to do" in text and "Search" in text
    assert b"<style" not in response.content and "unsafe" not in response["Content-Security-Policy"]
    assert read(response).inline == []
    return text


def test_an_address_that_leads_nowhere(site):
    assert "Nothing is here" in _text_of_ours(site.get("/nothing"), 404)


def test_a_form_without_its_token_says_that_nothing_changed_and_what_to_do(visitor):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/desk/login", {"name": "a", "password": "b"})
    assert "Nothing was changed." in _text_of_ours(response, 403)


def test_another_name_of_the_server(site):
    assert "This request was not understood" in _text_of_ours(site.get("/", headers={"host": "elsewhere.example"}), 400)


def test_an_error_of_ours_names_nothing_of_the_inside(site, monkeypatch):
    from tocsin.web.public import front

    def broken(*_):
        raise RuntimeError("inside")

    monkeypatch.setattr(front, "context", broken)
    monkeypatch.setattr("tocsin.web.public.pages._kept", type("None_", (), {"get": lambda self, key, make: make()})())
    site.raise_request_exception = False
    response = site.get("/")
    assert "This page could not be made" in _text_of_ours(response, 500)
    assert b"inside" not in response.content


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_in_the_readers_language(site, language):
    site.cookies["django_language"] = language
    assert f'<html lang="{language}"'.encode() in site.get("/nothing").content
