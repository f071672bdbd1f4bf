"""Publications: what a visitor is offered before and after an editor signs."""

from __future__ import annotations

import json
from typing import Any

from people import EDITION, EDITION_TEXT

from web.reading import read


def _files(visitor: Any) -> list[str]:
    return [link for link in read(visitor.get("/publications")).links if link.startswith("/publications/")]


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_signed_edition_takes_the_place_of_its_draft(visitor, person):
    from tocsin.flow.actions import sign_edition

    before = _files(visitor)
    assert any(EDITION in link for link in before)
    released = {release.id for release in sign_edition(person("editor"), EDITION)}
    after = [link for link in _files(visitor) if "digest" in link]
    assert {link.split("/")[2] for link in after} == released
    for link in after:
        response = visitor.get(link)
        assert response["X-Tocsin-State"] == "signed" and b"not signed" not in _body(response).lower()


def test_the_draft_of_a_signed_edition_is_for_the_desk(visitor, person):
    from django.test import Client

    from tocsin.flow.actions import sign_edition

    link = next(link for link in _files(visitor) if EDITION in link)
    editor = person("editor")
    sign_edition(editor, EDITION)
    _files(visitor)
    assert visitor.get(link).status_code == 404
    desk = Client()
    desk.force_login(editor)
    assert b"not signed" in _body(desk.get(link)).lower()


def test_without_the_invented_country_a_visitor_is_offered_no_draft(visitor, person, records):
    from django.test import Client

    from tocsin.flow.actions import sign_edition

    link = f"/publications/{EDITION_TEXT}/digest.txt"
    (records / "workspace.json").write_text(json.dumps({"format": 1, "demo": False}))
    assert _files(visitor) == [] and visitor.get(link).status_code == 404
    assert visitor.get("/").status_code == 200
    editor = Client()
    editor.force_login(person("editor"))
    assert editor.get(link).status_code == 200
    sign_edition(person("editor"), EDITION)
    assert len(_files(visitor)) == 5


def test_an_edition_stays_published_when_a_later_run_made_another_draft(visitor, person, records):
    from tocsin.flow.actions import sign_edition
    from tocsin.storage import Workspace

    signature = sign_edition(person("editor"), EDITION)[0].id
    workspace = Workspace.open(records)
    manifest = dict(workspace.snapshot().manifest)
    workspace.finish_run({**manifest, "run": "r2", "stages": {"link": manifest["stages"]["link"]}})
    links = _files(visitor)
    assert len(links) == 5
    assert signature.encode() in _body(visitor.get(links[0]))
