"""The page of alerts: what was issued to the public, with what was answered, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq
import pytest
from people import DRAFT, REAL_DRAFT, TODAY

from web.reading import read

SECRET = "Rise in attacks on civilians"


def text(**changes: Any) -> Any:
    from tocsin.flow.actions.alert_text import AlertText

    due = TODAY + dt.timedelta(days=9)
    made = AlertText("The harbor road is closed", "Regional council", "Open the harbor road", due, "reasonable_grounds_to_suspect")
    return replace(made, description="Nobody gets through.", **changes)


def issued(person: Any, draft: str = DRAFT, audience: str = "public") -> str:
    from tocsin.flow.actions import issue_alert, sign_alert

    one, two = person("analyst"), person("editor")
    alert = sign_alert(one, draft, text())
    sign_alert(two, alert.id)
    issue_alert(two, alert.id, audience)
    return str(alert.id)


def words(response: Any) -> str:
    return " ".join(" ".join(read(response).text).split())


def test_before_anything_is_issued_the_page_says_so_and_counts_the_drafts(visitor):
    said = words(visitor.get("/alerts"))
    assert "0 alerts were issued here" in said and "3 drafts wait for signatures" in said
    assert "No alert has been issued to the public yet." in said


def test_an_issued_alert_stands_with_addressee_ask_day_and_silence(visitor, person):
    issued(person)
    page = visitor.get("/alerts").content.decode()
    for expected in (
        "The harbor road is closed",
        "Regional council",
        "Open the harbor road",
        "Nobody gets through.",
        "No answer is on record.",
    ):
        assert expected in page
    assert f'datetime="{TODAY + dt.timedelta(days=9)}"' in page
    assert "Reasonable grounds to suspect" in page


def test_what_was_answered_stands_below_the_ask(visitor, person):
    from tocsin.flow.actions import record_decision
    from tocsin.flow.actions.record_decision import Step

    alert = issued(person)
    official = person("official")
    record_decision(official, alert, Step("acknowledged", "Council secretariat", TODAY))
    refused = record_decision(official, alert, Step("refused", "Regional council", TODAY, "Nobody can be spared."))
    page = visitor.get("/alerts").content.decode()
    assert "Council secretariat" in page and "Nobody can be spared." in page and "Refused" in page
    assert "No answer is on record." not in page
    for identifier in (alert, refused.id):
        opened = visitor.get(f"/explain/{identifier}")
        assert opened.status_code == 200
    assert "Nobody can be spared." in visitor.get(f"/explain/{alert}").content.decode()


def test_whatever_followed_a_public_alert_opens_too(visitor, person):
    alert = issued(person)
    links = [link for link in read(visitor.get(f"/explain/{alert}")).links if link.startswith("/explain/")]
    assert {link.split("/")[2][:3] for link in links} >= {"ask", "sgn", "dsp"}
    assert [link for link in links if visitor.get(link).status_code != 200] == []


def test_an_alert_to_its_addressee_alone_is_counted_and_never_shown(visitor, person):
    alert = issued(person, audience="addressee")
    page = visitor.get("/alerts")
    assert "1 alert was issued here" in words(page) and "1 went to its addressee alone" in words(page)
    assert b"harbor road" not in page.content
    assert visitor.get(f"/explain/{alert}").status_code == 404


@pytest.mark.parametrize("sign", [0, 1, 2])
def test_an_alert_about_a_real_country_is_on_no_public_page_until_it_is_issued_to_the_public(visitor, person, records, sign):
    from tocsin.flow.actions import sign_alert

    alert = REAL_DRAFT
    for role in ("analyst", "editor")[:sign]:
        alert = sign_alert(person(role), alert, text() if alert == REAL_DRAFT else None).id
    for address in (
        "/",
        "/alerts",
        "/situations/",
        "/publications",
        "/data",
        "/forecasts",
        "/toolbox",
        f"/explain/{REAL_DRAFT}",
        f"/explain/{alert}",
    ):
        response = visitor.get(address)
        assert response.status_code == (404 if address.startswith("/explain/") else 200), address
        for word in (
            SECRET,
            "harbor road",
            "Send an observer mission",
            "Regional council",
            "Regional early-warning desk",
            REAL_DRAFT,
            alert,
        ):
            assert word in address or word.encode() not in response.content, f"{address} says {word}"


def test_no_published_file_says_that_there_is_a_draft_about_a_real_country(records):
    drafts = pq.read_table(next(records.glob("6-warn/*/drafts.parquet"))).to_pylist()
    assert any(not draft["invented"] for draft in drafts)
    for path in records.glob("8-publish/*/files/**/*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(d["id"].encode() in content or d["headline"].encode() in content for d in drafts if not d["invented"]), path.name


def test_options_listed_for_a_real_draft_stay_in():
    import pyarrow as pa

    from tocsin.model import tables
    from tocsin.stages.publish import open_rows

    known = {f.name: None for f in tables.TABLES["options"]}
    rows = [
        {**known, "id": "opt-1", "inputs": ["dra-1"], "territory": "FIN", "invented": False},
        {**known, "id": "opt-2", "inputs": ["dra-2"], "territory": "XSE", "invented": True},
        {**known, "id": "opt-3", "inputs": ["sit-1"], "territory": "FIN", "invented": False},
    ]
    loose = pa.schema([f.with_nullable(True) for f in tables.TABLES["options"]])
    assert open_rows("options", pa.Table.from_pylist(rows, schema=loose)).column("id").to_pylist() == ["opt-2", "opt-3"]


def test_the_overview_counts_issued_alerts_and_drafts(visitor, person):
    def counted() -> list[str]:
        page = visitor.get("/").content.decode()
        return [re.search(rf"{label}: <span[^>]*><a[^>]*><bdi>(\d+)", page).group(1) for label in ("two signatures", "wait for signatures")]

    assert counted() == ["0", "3"]
    issued(person)
    assert counted() == ["1", "2"]


def test_at_the_desk_a_real_draft_opens_and_nobody_else_is_shown_that_page(visitor, person):
    from django.test import Client

    address = f"/explain/{REAL_DRAFT}"
    desk = Client()
    desk.force_login(person("analyst"))
    assert SECRET.encode() in desk.get(address).content
    other = Client()
    other.force_login(person("verifier"))
    assert visitor.get(address).status_code == other.get(address).status_code == 404
