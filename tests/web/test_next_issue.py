"""The overview says what the newest publications hold, and when the next one is due."""

from __future__ import annotations

import datetime as dt

from people import EDITION, TODAY

from web.reading import read


def _said(client, address="/"):
    return " ".join(" ".join(read(client.get(address)).text).split())


def test_without_a_rhythm_no_day_is_announced(visitor):
    assert "Next issue no day announced" in _said(visitor) and "Next issue no day announced" in _said(visitor, "/publications")


def test_with_a_rhythm_the_next_digest_follows_the_newest_signed_one(visitor, person, monkeypatch):
    from django.conf import settings

    from tocsin.flow.actions import sign_edition
    from tocsin.web import words

    monkeypatch.setattr(settings, "ISSUE_DAYS", 14)
    assert "no issue is signed yet" in _said(visitor)
    sign_edition(person("editor"), EDITION)
    page = visitor.get("/publications").content.decode()
    due = TODAY + dt.timedelta(days=14)
    assert f'<time datetime="{due.isoformat()}">{words.day(due)}</time>' in page


def test_a_day_that_has_passed_says_so(visitor, person, monkeypatch):
    from django.conf import settings

    from tocsin.flow.actions import sign_edition
    from tocsin.web.public import front
    from tocsin.web.public.frame import published

    monkeypatch.setattr(settings, "ISSUE_DAYS", 7)
    sign_edition(person("editor"), EDITION)
    assert not front.next_one(published(), TODAY + dt.timedelta(days=7))["overdue"]
    assert front.next_one(published(), TODAY + dt.timedelta(days=8))["overdue"]


def test_the_newest_publication_names_its_items_and_each_opens(visitor):
    from tocsin.flow.read.issues import newest_issues
    from tocsin.web.public.frame import published

    issues = newest_issues(published())
    assert len({issue.edition.kind for issue in issues}) == len(issues) > 1
    digest = next(issue for issue in issues if issue.edition.kind == "digest")
    page = read(visitor.get("/"))
    assert digest.items > 0 and digest.titles
    for title in digest.titles:
        assert f"/explain/{title.id}" in page.links
        assert visitor.get(f"/explain/{title.id}").status_code == 200


def test_a_file_that_is_no_json_leaves_the_page_standing(site):
    assert "Newest publication" in _said(site)
