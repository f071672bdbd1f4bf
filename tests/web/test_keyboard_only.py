"""Everything that two people do at the desk, with Tab, Enter and arrow keys alone; the focus is drawn and on the screen at each stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import people
import pytest

from web.browsing import NEEDS_BROWSER, Keyboard

pytestmark = NEEDS_BROWSER
HEADLINE = "The harbor road is closed"
PAIRS = 12
#: Stops of the Tab key from the page that follows a judgement to its first answer: the reason, then the answer.
NEAR = 3


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with a dozen pairs of records to judge."""
    root = tmp_path / "workspace"
    people.build_workspace(root, pairs=PAIRS)
    monkeypatch.setenv("TOCSIN_HOME", str(root))
    return root


@pytest.fixture
def keys(address: str, chromium: Any) -> Iterator[Keyboard]:
    """Return a keyboard at the door of the desk."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(address + "/desk/")
    yield Keyboard(page)
    context.close()


def come_in(keys: Keyboard, role: str) -> None:
    keys.to(role, action="/desk/login/demo")
    keys.enter()
    assert "login" not in keys.page.url


def leave(keys: Keyboard) -> None:
    keys.to("Sign out")
    keys.enter()
    if "/desk/login" not in keys.page.url:
        keys.page.goto(keys.page.url.split("/", 3)[0] + "//" + keys.page.url.split("/")[2] + "/desk/")


def test_an_alert_from_draft_to_acknowledgement_and_an_edition(keys):
    come_in(keys, "Analyst")
    keys.to("draft alerts wait")
    keys.enter()
    keys.to(href=f"/desk/drafts/{people.DRAFT}")
    keys.enter()
    keys.to(id="headline")
    keys.write(HEADLINE)
    keys.to("Sign off this text")
    keys.enter()
    assert "Your signature is on it." in keys.page.inner_text("main")
    leave(keys)

    come_in(keys, "Editor")
    keys.to("Alerts", href="/desk/alerts")
    keys.enter()
    keys.to(HEADLINE)
    keys.enter()
    keys.to("Sign this text as it stands")
    keys.enter()
    keys.to(id="audience")
    keys.choose("public")
    keys.to("Issue the alert")
    keys.enter()
    keys.to(id="state")
    keys.choose("acknowledged")
    keys.to("Record this step")
    keys.enter()
    assert "cknowledged" in keys.page.inner_text("main")

    keys.to("Editions", href="/desk/editions")
    keys.enter()
    keys.to("Sign for release")
    keys.enter()
    assert "released" in keys.page.inner_text("main").lower()


def test_ten_pairs_with_one_taken_back(keys):
    come_in(keys, "Analyst")
    keys.to("pairs of records wait")
    keys.enter()
    seen = set()
    for number in range(10):
        pair = keys.page.locator("form[action$='/judge']").get_attribute("action")
        assert pair not in seen, "each pair is asked for once"
        seen.add(pair)
        before = keys.stops
        keys.to(id="why")
        keys.page.keyboard.type(f"Reason {number}")
        answer = ("Same", "Two", "Unsure")[number % 3]
        keys.to(answer, tag="button")
        if number:
            assert keys.stops - before <= NEAR + number % 3, "the answer is a few keys away from the last one"
        keys.enter()
        assert "Your judgement is on record." in keys.page.inner_text("main")
    keys.to("Undo your last")
    keys.enter()
    assert "taken back" in keys.page.inner_text("main")
    assert keys.page.locator("form[action$='/judge']").get_attribute("action") == pair
    keys.to("Unsure", tag="button")
    keys.enter()
    keys.page.reload()
    assert "10 pairs of this run are judged" in keys.page.inner_text("main")


def test_the_letters_judge_too_and_do_nothing_in_a_field(keys):
    come_in(keys, "Analyst")
    keys.to("pairs of records wait")
    keys.enter()
    keys.page.keyboard.press("r")
    assert keys.here()["id"] == "why"
    keys.page.keyboard.type("saddest")
    assert keys.page.input_value("#why") == "saddest"
    keys.page.keyboard.press("Escape")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("d")
    assert "Your judgement is on record." in keys.page.inner_text("main")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("z")
    assert "taken back" in keys.page.inner_text("main")


def test_a_figure_card_opens_by_keyboard_and_closes_by_escape_on_a_public_page(keys):
    keys.page.goto(keys.page.url.split("/desk")[0] + "/")
    first = keys.tab()
    assert first["text"] == "Skip to the content"
    keys.page.keyboard.press("Enter")
    keys.to(tag="a", href="/situations/")
    assert keys.page.locator(".fig:focus-within .fig__card").is_visible()
    keys.page.keyboard.press("Escape")
    assert not keys.page.locator(".fig:focus-within .fig__card").is_visible()
