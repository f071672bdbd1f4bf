"""Every page is light, and works where no script runs: forms submit, lists open, the map has its table."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from people import PAIR

from web.addresses import PAGES
from web.browsing import NEEDS_BROWSER, browser, serving

#: Bytes of a page with its styles and scripts, as packed for the way: some seconds on a slow phone network.
HEAVIEST = 300_000
_STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def _packed(client: Any, address: str) -> int:
    response = client.get(address, headers={"accept-encoding": "gzip"})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200, address
    return len(body) if response.headers.get("Content-Encoding") else min(len(body), len(gzip.compress(body)))


@pytest.mark.parametrize("address", ["/?rows=all", *PAGES])
def test_a_page_with_all_it_loads_is_light(site, address):
    assets = set(_STATIC.findall(site.get(address).content.decode()))
    assert assets, "styles are files of this house"
    assert _packed(site, address) + sum(_packed(site, one) for one in assets) < HEAVIEST


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Return a headless browser."""
    with browser() as found:
        yield found


@pytest.fixture
def plain(chromium: Any) -> Iterator[Any]:
    """Return a page in which no script runs."""
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


class TestWithoutScripts:
    """What a reader without scripts can do."""

    pytestmark = NEEDS_BROWSER

    def test_forms_submit_and_lists_open(self, site, plain):
        with serving() as address:
            plain.goto(address + "/search")
            plain.fill("#sq", "kenya")
            plain.get_by_role("button", name="Search").click()
            assert plain.get_by_role("link", name="Kenya").count() > 0
            plain.goto(address + "/toolbox")
            plain.fill("#days", "3")
            plain.get_by_role("button", name="Show the measures").click()
            assert "days=3" in plain.url and plain.locator("#tools-table tbody tr").count() > 0
            plain.goto(address + "/framework")
            plain.fill("#state", "KEN")
            plain.get_by_role("button", name="Show its answers").click()
            assert "Kenya" in plain.inner_text("#checklist")
            plain.locator("details.fact summary").first.click()
            assert plain.locator("details.fact .finds").first.is_visible()
            plain.goto(address + "/?q=kenya")
            assert plain.locator("#rank-table tbody tr:visible").count() == 1
            plain.goto(address + "/")
            assert plain.locator(".map svg").is_visible() and plain.locator("#rank-table tbody tr:visible").count() == 12

    def test_the_desk_judges_a_pair(self, visitor, records, plain, monkeypatch):
        from django.conf import settings

        monkeypatch.setattr(settings, "LISTEN", "127.0.0.1")
        with serving() as address:
            plain.goto(address + "/desk/linkage")
            plain.get_by_role("button", name="Analyst").click()
            plain.goto(f"{address}/desk/linkage/{PAIR}")
            plain.fill("#why", "the fathers differ")
            plain.get_by_role("button", name="Two").click()
            assert "Your judgement is on record." in plain.inner_text("main")
            plain.get_by_role("button", name="Undo your last").click()
            assert "taken back" in plain.inner_text("main")
