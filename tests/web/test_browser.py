"""Pages in a real browser: no barrier, no sideways scrolling, keyboard, filter as you type. Skipped where Chromium is absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from web.addresses import ESTIMATE, FIGURE, FORECAST
from web.browsing import NEEDS_BROWSER, serving

pytestmark = NEEDS_BROWSER
PAGES = (
    "/", "/situations/", "/situations/libya-2011", "/situations/selmora", "/forecasts", "/framework", "/framework/selmora", "/toolbox",
    "/publications", "/data", "/casualties", "/alerts", "/forecasts/SYR", "/forecasts/scorecard",
    "/about/method", "/about/licences", f"/explain/{FIGURE}", f"/explain/{FORECAST}", f"/explain/{ESTIMATE}", "/search?q=kenya", "/nothing",
)  # fmt: skip


@pytest.fixture
def address(site: Any) -> Iterator[str]:
    """Serve the pages of the fixture workspace on a free port of this computer."""
    with serving() as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(address, chromium, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(address + path)
        found += [(path, rule["id"], rule["nodes"][0]["html"][:120]) for rule in Axe().run(page).response["violations"]]
    context.close()
    assert found == []


@pytest.mark.parametrize(
    ("language", "width"),
    [*((language, width) for language in ("en", "ar") for width in (320, 390, 1040, 1280)), ("es", 390), ("fr", 390)],
)
def test_no_page_scrolls_sideways_or_breaks_the_policy(address, chromium, language, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale=language)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    wide = []
    for path in PAGES[:-1]:
        page.goto(address + path)
        if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    context.close()
    assert wide == [] and said == []


def test_the_table_is_filtered_as_you_type_and_the_csv_follows(address, chromium):
    page = chromium.new_page()
    page.goto(address + "/")
    page.fill("#q", "norway")
    rows = page.locator("#rank-table tbody tr:visible")
    assert rows.count() == 1 and "Norway" in rows.first.inner_text()
    assert "q=norway" in page.get_attribute("a[data-follows]", "href")
    page.fill("#q", "")
    assert page.locator("#rank-table tbody tr:visible").count() == 12
    page.close()


def test_the_keyboard_reaches_a_figure_and_escape_closes_its_card(address, chromium):
    page = chromium.new_page()
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    figure = page.locator("h1 .fig").first
    figure.locator("a").focus()
    assert figure.locator(".fig__card").is_visible()
    page.keyboard.press("Escape")
    assert not figure.locator(".fig__card").is_visible()
    page.close()


def test_pages_can_be_read_without_javascript(address, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/?q=kenya")
    assert page.locator("#rank-table tbody tr").count() == 1
    assert page.locator(".map path.m4, .map path.m3").count() > 0
    context.close()


def test_print_is_light_and_without_the_navigation(address, chromium):
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + "/situations/libya-2011?print=figures")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".nav").is_visible() and not page.locator("#risk").is_visible()
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
