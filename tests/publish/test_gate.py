"""The release gate: each reason that keeps a digest a draft, and the columns that never leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tocsin.model import tables
from tocsin.stages.publish import OPEN_TABLES, check_digest, open_rows
from tocsin.stages.publish.edition import Clash, Digest, Figure, Item, Section

FIGURE = Figure("fig-1", "at least 1,133", "people reported killed", "2008", "Coast Monitors", "documented")
ITEM = Item("doc-1", 1, "A title", "Field Office", "Harbor Bulletin", "1 November 2026", "Selmora", None, None, None)
SECTION = Section("II", "The crisis in focus", (FIGURE,), (ITEM,))
CLASH = Clash("deaths in Selmora", (FIGURE, replace(FIGURE, id="fig-2")))
DIGEST = Digest("Digest", dt.date(2026, 11, 21), "draft", True, (SECTION,), (CLASH,), (), None, 0, 0, None)


def with_summary(**changes) -> Digest:
    return replace(DIGEST, sections=(replace(SECTION, summary=(replace(FIGURE, **changes),)),))


def test_a_whole_digest_may_leave():
    assert check_digest(DIGEST) == []


@pytest.mark.parametrize(
    ("digest", "check", "about"),
    [
        (with_summary(said_by=""), "figure-has-a-source", "fig-1"),
        (with_summary(date=""), "figure-has-a-date", "fig-1"),
        (replace(DIGEST, sections=(replace(SECTION, items=(replace(ITEM, title="Without title"),)),)), "item-has-a-title", "doc-1"),
        (replace(DIGEST, clashes=(replace(CLASH, figures=(FIGURE,)),)), "clash-has-two-sides", "deaths in Selmora"),
        (replace(DIGEST, sections=()), "digest-has-items", "Digest"),
    ],
)
def test_each_slip_keeps_it_a_draft_and_says_where(digest, check, about):
    assert [(found.check, found.about) for found in check_digest(digest)] == [(check, about)]


@pytest.mark.parametrize("name", OPEN_TABLES)
def test_neither_draws_nor_the_hour_of_collecting_leave(name):
    left = set(open_rows(name, tables.empty(name)).column_names)
    assert "id" in left and left.isdisjoint({"draws", "first_seen"})
