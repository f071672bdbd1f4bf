"""The files of an edition and of an estimate are laid out for a reader: short windows, ended situations apart, named tables."""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files

import pytest

from tocsin.stages.publish.compose import Material, _window
from tocsin.stages.publish.monitor import compose_monitor
from tocsin.stages.publish.writers import monitor as writer

TEMPLATES = (
    ("tocsin.stages.publish", "digest.html.j2"),
    ("tocsin.stages.publish", "monitor.html.j2"),
    ("tocsin.stages.estimate", "report.html.j2"),
    ("tocsin.stages.forecast", "scorecard.html.j2"),
    ("tocsin.stages.forecast", "counts.html.j2"),
)


def situation(slug, started, ended, *, invented=False):
    return {
        "id": f"sit-{slug}", "slug": slug, "title": slug.title(), "territory": "XSE", "started": started, "started_precision": "day",
        "ended": ended, "level": None, "summary": "A summary.", "invented": invented,
    }  # fmt: skip


@pytest.fixture
def page():
    rows = [
        situation("running", dt.date(2023, 10, 1), None),
        situation("over", dt.date(2010, 6, 10), dt.date(2010, 6, 14)),
        situation("undated", None, None),
    ]
    material = Material(edition=dt.date(2026, 11, 21), names={}, documents=[], figures=[], estimates=[], forecasts=[], signals=0, drafts=0)
    return writer.html(compose_monitor(material, rows, "draft")).decode()


def test_a_situation_that_ended_is_not_called_under_watch(page):
    watched, _, rest = page.partition('id="ended"')
    assert "Running" in watched and "Undated" in watched and "Over" not in watched
    assert "Over" in rest and "10 June 2010 to 14 June 2010" in rest


def test_an_unknown_beginning_is_not_a_since(page):
    assert "since 1 October 2023" in page and "since date unknown" not in page and "date unknown" in page


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (dt.date(2027, 1, 1), dt.date(2027, 12, 31), "2027"),
        (dt.date(2025, 1, 1), dt.date(2026, 12, 31), "2025 to 2026"),
        (dt.date(2027, 3, 1), dt.date(2028, 2, 29), "1 March 2027 to 29 February 2028"),
    ],
)
def test_a_window_is_said_as_short_as_it_is(first, last, said):
    assert _window(first, last) == said


@pytest.mark.parametrize(("package", "name"), TEMPLATES)
def test_every_table_of_a_file_that_leaves_has_a_caption(package, name):
    text = files(package).joinpath("templates", name).read_text(encoding="utf-8")
    assert len(re.findall(r"<table", text)) == len(re.findall(r"<table[^>]*><caption>", text))
    assert 'style="' not in text
