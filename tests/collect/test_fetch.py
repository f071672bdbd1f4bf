"""The only door to the network opens for hosts in the manifest, and only by HTTPS."""

from __future__ import annotations

import httpx
import pytest

from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages.collect.fetch import fetch

HOSTS = ("data.example.org", "files.example.org")


def _client(answer) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def _never(request: httpx.Request) -> httpx.Response:
    raise AssertionError("the network was used")


def test_a_file_comes_with_its_name():
    got = fetch("https://data.example.org/a/list.csv?key=secret", HOSTS, _client(lambda r: httpx.Response(200, content=b"a,b\n")))
    assert (got.name, got.data) == ("list.csv", b"a,b\n")


@pytest.mark.parametrize(
    "url",
    [
        "http://data.example.org/x",
        "https://elsewhere.example.org/x",
        "https://127.0.0.1/x",
        "https://data.example.org.evil.example/x",
        "https://user:word@data.example.org/x",
        "https://data.example.org:8443/x",
        "file:///etc/hosts",
        "ftp://data.example.org/x",
    ],
)
def test_no_other_address_is_asked(url):
    with pytest.raises(WrongUse) as found:
        fetch(url, HOSTS, _client(_never))
    assert "word" not in str(found.value)


def test_a_redirection_is_followed_only_to_an_allowed_host():
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "data.example.org":
            return httpx.Response(302, headers={"location": "https://files.example.org/real.csv"})
        return httpx.Response(200, content=b"x")

    assert fetch("https://data.example.org/x", HOSTS, _client(answer)).name == "real.csv"
    away = _client(lambda r: httpx.Response(302, headers={"location": "https://169.254.169.254/latest"}))
    with pytest.raises(WrongUse):
        fetch("https://data.example.org/x", HOSTS, away)


def test_an_endless_redirection_ends():
    loop = _client(lambda r: httpx.Response(302, headers={"location": "https://data.example.org/x"}))
    with pytest.raises(BadInput, match="too often"):
        fetch("https://data.example.org/x", HOSTS, loop)


def test_too_large_an_error_and_silence_are_refused():
    with pytest.raises(BadInput, match="too large"):
        fetch("https://data.example.org/x", HOSTS, _client(lambda r: httpx.Response(200, content=bytes(100))), largest=99)
    with pytest.raises(BadInput, match="error"):
        fetch("https://data.example.org/x", HOSTS, _client(lambda r: httpx.Response(503)))

    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late", request=request)

    with pytest.raises(BadInput, match="could not be fetched"):
        fetch("https://data.example.org/x?key=secret", HOSTS, _client(silent))


def test_a_file_that_came_cut_short_is_refused():
    answer = httpx.Response(200, headers={"content-length": "9"}, content=b"a,b\n")
    with pytest.raises(BadInput, match="cut short"):
        fetch("https://data.example.org/list.csv", HOSTS, _client(lambda r: answer))
