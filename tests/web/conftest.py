"""A workspace with every table, and a client that reads its pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web import factory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tocsin.web.settings")


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

    from tocsin.web.public import frame, pages

    before, settings.HOME = settings.HOME, pages_home
    read = frame.read_records, frame.read_stamp, pages.citing
    frame.read_records, frame.read_stamp, pages.citing = (lambda: {}), (lambda: ""), (lambda _: [])
    frame.shelf.cache_clear()
    yield Client()
    translation.deactivate()
    settings.HOME = before
    frame.read_records, frame.read_stamp, pages.citing = read
    frame.shelf.cache_clear()
