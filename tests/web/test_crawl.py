"""Opens every link inside the site, from the first page on, as a visitor and as each role: none leads nowhere."""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from web.reading import read

#: Every role: each may open the first page of the desk.
DESK_ROLES = ("reporter", "verifier", "analyst", "editor", "official", "reader", "administrator")
#: The trees behind numbers are thousands and built alike: so many of each kind of id are opened.
EXPLAINED = 4
#: Filters make endless addresses out of one page: so many of each path.
FILTERED = 6
#: Addresses that end the visit or leave the language.
LEFT_OUT = ("/desk/logout", "/language/")


@pytest.fixture(scope="module")
def filled(pages_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with every table in which people can act."""
    return Path(shutil.copytree(pages_home, tmp_path_factory.mktemp("crawl") / "workspace"))


@pytest.fixture
def served(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make that workspace the current one."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TOCSIN_HOME", str(filled))
    from tocsin.cli.django import ready

    ready(filled)
    from django.db import connections

    from tocsin.web.public import frame, pages
    from tocsin.web.public.kept import Kept

    monkeypatch.setattr(pages, "_kept", Kept(50))
    frame.shelf.cache_clear()
    yield filled
    frame.shelf.cache_clear()
    connections.close_all()


def crawl(client: Any, start: str) -> dict[str, int]:
    """Return the status of every address reached from `start`."""
    found: dict[str, int] = {}
    waiting, seen, kinds = deque([start]), {start}, Counter()
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        found[address] = response.status_code
        html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        links = [urljoin(address, link) for link in read(response).links] if html else []
        if response.status_code in (301, 302):
            links = [urljoin(address, response["Location"])]
        response.close()
        for link in links:
            target = urlsplit(link)._replace(fragment="").geturl()
            if not target.startswith("/") or target.startswith(LEFT_OUT) or target in seen or not _wanted(target, kinds):
                continue
            seen.add(target)
            waiting.append(target)
    return found


def _wanted(target: str, kinds: Counter[str]) -> bool:
    parts = urlsplit(target)
    if parts.path.startswith("/explain/"):
        kind, most = parts.path[:13], EXPLAINED
    elif parts.query:
        kind, most = parts.path, FILTERED
    else:
        return True
    kinds[kind] += 1
    return kinds[kind] <= most


def broken(found: dict[str, int]) -> dict[str, int]:
    """Return the addresses that lead nowhere, or to a page that the reader may not open."""
    return {address: status for address, status in found.items() if status not in (200, 301, 302)}


def test_a_visitor_finds_every_link_open(served):
    from django.test import Client

    found = crawl(Client(), "/")
    assert broken(found) == {}
    assert {"/alerts", "/publications", "/forecasts", "/toolbox", "/data", "/about/method", "/situations/"} <= set(found)


@pytest.mark.parametrize("role", DESK_ROLES)
def test_each_role_finds_every_link_of_the_desk_open(served, person, role):
    from django.test import Client

    client = Client()
    client.force_login(person(role, f"{role}-crawl"))
    found = crawl(client, "/desk/")
    assert broken(found) == {}
    assert "/" in found, "the desk leads back to the public pages"


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_a_demo_user_finds_every_link_open(served, person, role):
    from django.test import Client

    client = Client()
    client.force_login(person(role, f"demo-{role}", demo=True))
    assert broken(crawl(client, "/desk/")) == {}
