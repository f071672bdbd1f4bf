"""A digest is read in the layouts that other lists use: other line ends, rules, dates, links, order, and what is missing."""

from __future__ import annotations

import re

import pytest

from tocsin.flow.texts import read_text
from tocsin.stages.extract.digest import digest_notes, read_digest

PLAIN = """7 June 2029 - Weekly bulletin

I. Horn of Varo
1. Kadima Times: Villages burnt in Orlu
2. Radio Varo: Peace talks stall
II. Lake region
1. Statement of the Lake Council on elections
III. Publications
1. Report: Children and war in Tamba

-----

I. Horn of Varo

1. Villages burnt in Orlu
Kadima Times
5 June 2029

At least 34 people were killed and 1,200 displaced in Orlu. (...)

Read full article: http://example.org/a

2. Peace talks stall
Mira Osei
Radio Varo
25/05/2029

Delegates left the table. (...)

Read full article: http://example.org/b

II. Lake region

1. Statement of the Lake Council on elections
Lake Council
June 3rd, 2029

The Council calls for calm.

Read full statement: http://example.org/c

III. Publications

1. Children and war in Tamba
Centre for Peace
May 2029

Over 4,000 children were recruited.

Read full report: http://example.org/d

--
To unsubscribe from this list write to the moderator. Copyright 2029, 100 people read this.
"""
HEAD = "Kadima Times\n5 June 2029"
VARIANTS = {
    "as it is": PLAIN,
    "Windows line ends": PLAIN.replace("\n", "\r\n"),
    "old Mac line ends": PLAIN.replace("\n", "\r"),
    "non-breaking spaces": PLAIN.replace("1. ", "1.\u00a0").replace("5 June 2029", "5\u00a0June\u00a02029"),
    "other order of sections": PLAIN.replace("Publications", "A").replace("Horn of Varo", "Publications"),
    "rule of stars": PLAIN.replace("-----", "* * *"),
    "rule of equals": PLAIN.replace("-----", "=========="),
    "no rule": PLAIN.replace("-----\n\n", ""),
    "rule above the contents": PLAIN.replace("bulletin\n", "bulletin\n-----\n", 1),
    "brackets after numerals": PLAIN.replace("I. ", "I) "),
    "sections by name": re.sub(r"^([IV]+)\. ", r"Section \1: ", PLAIN, flags=re.MULTILINE),
    "title in two lines": PLAIN.replace("Kadima Times: Villages burnt in Orlu", "Villages burnt in Orlu").replace(
        "\n1. Villages burnt in Orlu\nKadima", "\n1. Villages burnt\nin Orlu\nKadima"
    ),
    "headings in Markdown": PLAIN.replace("\nI. Horn of Varo\n\n1. ", "\n# I. Horn of Varo\n\n## 1. ").replace(
        "Read full article: http://example.org/a", "[Read full article](http://example.org/a)"
    ),
    "weekday": PLAIN.replace("5 June 2029", "Tuesday, 5 June 2029"),
    "ISO date": PLAIN.replace("5 June 2029", "2029-06-05"),
    "dotted date": PLAIN.replace("5 June 2029", "05.06.2029"),
    "5th of": PLAIN.replace("5 June 2029", "5th of June 2029"),
    "American date": PLAIN.replace("5 June 2029", "June 5, 2029"),
    "Published:": PLAIN.replace("5 June 2029", "Published: 5 June 2029"),
    "outlet, date": PLAIN.replace(HEAD, "Kadima Times, 5 June 2029"),
    "outlet – date": PLAIN.replace(HEAD, "Kadima Times – 5 June 2029"),
    "outlet (date)": PLAIN.replace(HEAD, "Kadima Times (5 June 2029)"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_items_come_out_of_every_layout(name):
    found = read_text("digest.txt", VARIANTS[name])
    assert found.kind == "digest"
    assert found.date is not None and found.date.day is not None and found.date.day.isoformat() == "2029-06-07"
    rows = [(p.section, p.title, p.author, p.outlet, p.date.day.isoformat(), p.date.precision, p.link_kind) for p in found.parts]
    assert rows == [
        ("I", "Villages burnt in Orlu", None, "Kadima Times", "2029-06-05", "day", "article"),
        ("I", "Peace talks stall", "Mira Osei", "Radio Varo", "2029-05-25", "day", "article"),
        ("II", "Statement of the Lake Council on elections", None, "Lake Council", "2029-06-03", "day", "statement"),
        ("III", "Children and war in Tamba", None, "Centre for Peace", "2029-05-01", "month", "report"),
    ]
    assert [(f.figure.value, f.figure.kind) for f in found.figures] == [(34, "killed"), (1200, "displaced")]


def test_an_item_without_outlet_has_none_and_a_date_that_can_be_read_two_ways_keeps_the_year_alone():
    found = read_text("digest.txt", PLAIN.replace("Kadima Times\n5", "5").replace("25/05/2029", "04/06/2029"))
    assert [p.outlet for p in found.parts] == [None, "Radio Varo", "Lake Council", "Centre for Peace"]
    assert (found.parts[1].date.day.year, found.parts[1].date.precision) == (2029, "year")


@pytest.mark.parametrize("name", ["as it is", "Windows line ends", "old Mac line ends"])
def test_spans_are_those_of_the_text_as_it_was_received(name):
    text = VARIANTS[name]
    for figure in read_text("digest.txt", text).figures:
        start, end = figure.figure.span
        assert text[start:end] in ("At least 34", "1,200")


def test_a_numbered_line_unlike_the_contents_list_is_no_item_and_the_missing_one_is_named():
    (section, *_rest) = read_digest(text := PLAIN.replace("2. Peace talks stall\nMira Osei", "2. They said no more.\nMira Osei"))
    assert [item.title for item in section.items] == ["Villages burnt in Orlu"]
    assert "section I, item 2: in the contents list but not in the body" in digest_notes(text, (section,))


def test_the_country_before_a_title_is_told_apart_from_the_title():
    heading = "1. Statement of the Lake Council on elections"
    found = read_digest(PLAIN.replace(heading, heading.replace("1. ", "1. Varo: ")))[1].items[0]
    assert (found.country, found.title) == ("Varo", "Statement of the Lake Council on elections")
