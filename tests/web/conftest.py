"""A workspace with every table, and a client that reads its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web import factory
from web.browsing import browser, serving


@pytest.fixture(scope="session")
def pages_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that holds one finished run."""
    root = tmp_path_factory.mktemp("pages") / "workspace"
    factory.build(root)
    return root


@pytest.fixture
def site(pages_home: Path) -> Iterator[Any]:
    """Return a client for the pages of that workspace; nothing that people wrote is in it."""
    import django
    from django.conf import settings

    django.setup()
    from django.test import Client
    from django.utils import translation

    from tocsin.flow.explain import NOBODY
    from tocsin.web.public import frame, pages

    before, settings.HOME = settings.HOME, pages_home
    read = frame.read_records, frame.read_stamp, pages.public_people
    frame.read_records, frame.read_stamp, pages.public_people = (lambda: {}), (lambda: ""), (lambda: NOBODY)
    frame.shelf.cache_clear()
    yield Client()
    translation.deactivate()
    settings.HOME = before
    frame.read_records, frame.read_stamp, pages.public_people = read
    frame.shelf.cache_clear()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Return a headless browser; its driver runs an event loop here, beside which fixtures use the database."""
    with browser() as found:
        yield found


@pytest.fixture
def visitor(records: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return a client without an account, on a small workspace in which people can act."""
    from django.test import Client

    from tocsin.web.public import frame, pages
    from tocsin.web.public.kept import Kept

    monkeypatch.setattr(pages, "_kept", Kept(50))
    monkeypatch.setattr("tocsin.flow.read.published.Shelf.FRESH", 0.0)
    frame.shelf.cache_clear()
    yield Client()
    frame.shelf.cache_clear()


@pytest.fixture
def address(visitor: Any, records: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve that workspace on a free port of this computer, its demo users among it."""
    from django.conf import settings

    monkeypatch.setattr(settings, "LISTEN", "127.0.0.1")
    with serving() as found:
        yield found
