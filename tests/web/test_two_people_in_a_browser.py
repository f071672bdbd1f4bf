"""Two people at the desk, in a real browser: draft, two signatures, issue, answer, edition, and what the public then sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from people import DRAFT, EDITION, REAL_DRAFT, TODAY

from web.browsing import NEEDS_BROWSER

pytestmark = NEEDS_BROWSER
HEADLINE, ASK, BODY = "The harbor road is closed", "Open the harbor road", "Regional council"
DUE = TODAY + dt.timedelta(days=9)


@pytest.fixture
def enter(address: str, chromium: Any) -> Iterator[Any]:
    """Return a function that signs in as one of the demo's users and gives their page; nothing may fail in its console."""
    contexts, said = [], []

    def come_in(role: str) -> Any:
        context = chromium.new_context()
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + "/desk/")
        page.get_by_role("button", name=role).click()
        assert "/desk/" in page.url and "login" not in page.url
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def public(address: str, chromium: Any) -> Iterator[Any]:
    """Return a function that reads a public page as a visitor: its status and its visible text."""
    context = chromium.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()

    def see(path: str) -> tuple[int, str]:
        response = page.goto(address + path)
        return response.status, page.inner_text("main")

    yield see
    context.close()


def test_from_a_draft_to_an_answer_that_the_public_reads(enter, public, address):
    analyst = enter("analyst")
    analyst.goto(f"{address}/desk/drafts/{DRAFT}")
    analyst.fill("#headline", HEADLINE)
    analyst.fill("#addressee", BODY)
    analyst.fill("#ask", ASK)
    analyst.fill("#due", DUE.isoformat())
    analyst.select_option("#standard_of_proof", "reasonable_grounds_to_suspect")
    analyst.get_by_role("button", name="Sign off this text").click()
    alert = analyst.url.rsplit("/", 1)[-1]
    assert alert.startswith("alr-") and "Your signature is on it." in analyst.inner_text("main")
    assert analyst.get_by_role("button", name="Sign this text").count() == 0, "one person signs once"
    assert HEADLINE not in public("/alerts")[1]

    editor = enter("editor")
    editor.goto(f"{address}/desk/alerts")
    editor.get_by_role("link", name=HEADLINE).first.click()
    editor.get_by_role("button", name="Sign this text").click()
    assert HEADLINE not in public("/alerts")[1], "two signatures alone publish nothing"
    editor.select_option("#audience", "public")
    editor.get_by_role("button", name="Issue the alert").click()
    status, said = public("/alerts")
    assert status == 200
    for expected in (HEADLINE, ASK, BODY, "No answer is on record."):
        assert expected in said

    editor.select_option("#state", "refused")
    editor.fill("#by", BODY)
    editor.fill("#why", "Nobody can be spared.")
    editor.get_by_role("button", name="Record this step").click()
    said = public("/alerts")[1]
    assert "Nobody can be spared." in said and "Refused" in said and "No answer is on record." not in said
    status, said = public(f"/explain/{alert}")
    assert status == 200 and HEADLINE in said


def test_an_edition_that_an_editor_signs_is_what_the_public_is_offered(enter, public, address):
    assert "draft, not signed" in public("/publications")[1]
    editor = enter("editor")
    editor.goto(f"{address}/desk/editions")
    editor.locator(f'form[action="/desk/editions/{EDITION}/sign"]').get_by_role("button").click()
    assert "/desk/editions" in editor.url and "released" in editor.inner_text("main").lower()
    page = editor.context.new_page()
    page.goto(f"{address}/publications")
    links = [link.get_attribute("href") for link in page.get_by_role("link", name="digest.").all()]
    assert len(links) == 5 and all(link.startswith("/publications/rel-") for link in links)
    text = page.request.get(address + next(link for link in links if link.endswith("digest.txt"))).text()
    assert "not signed" not in text.lower() and "Signature rel-" in text


def test_a_refusal_stands_beside_the_form_and_loses_nothing(enter, address):
    analyst = enter("analyst")
    analyst.goto(f"{address}/desk/drafts/{DRAFT}")
    analyst.fill("#headline", HEADLINE)
    analyst.fill("#due", (TODAY - dt.timedelta(days=1)).isoformat())
    analyst.get_by_role("button", name="Sign off this text").click()
    assert analyst.locator("[role=alert]").is_visible()
    assert analyst.input_value("#headline") == HEADLINE


def test_a_demo_user_signs_nothing_real(enter, public, address):
    analyst = enter("analyst")
    analyst.goto(f"{address}/desk/drafts/{REAL_DRAFT}")
    analyst.select_option("#standard_of_proof", "reasonable_grounds_to_suspect")
    analyst.get_by_role("button", name="Sign off this text").click()
    assert "invented country only" in analyst.locator("[role=alert]").inner_text()
    assert public("/alerts")[1].count("Rise in attacks") == 0
