"""Mails that were passed on, digests without sections, situation reports with headings in capitals, and dates that are not the text's."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin.flow.texts import read_text

MAIL = """From: bounces@lists.example.org
To: weekly@lists.example.org
Subject: [weekly] Fwd: Weekly digest, Issue 12
Date: Mon, 25 Mar 2030 09:14:02 -0400

See below.

---------- Forwarded message ----------
From: Editor <editor@example.org>
Date: Fri, Mar 22, 2030 at 5:02 PM
Subject: Weekly digest, Issue 12

> In this issue:
>
> 1. Selmora: Call for an inquiry after the strike on Vesh (Open Desk, 19 March)
> 2. Kenya: Displacement grows on the coast (Relief Monitor, 20 March)
>
> ==============================
>
> 1. SELMORA: CALL FOR AN INQUIRY AFTER THE STRIKE ON VESH
> Open Desk
> 19 March 2030
>
> At least 57 people, among them 22 children, were killed on
> Sunday. A further 130 were wounded.
>
> Read full article: https://example.org/a1
>
> 2. KENYA: DISPLACEMENT GROWS ON THE COAST
> Relief Monitor
> 20 March 2030
>
> Another 40,000 people could flee if fighting reaches the port.
>
> Read full report: https://example.org/a2
"""
SITUATION = """SITUATION REPORT No. 17
Selmora: Humanitarian Update
As of 31 August 2030

HIGHLIGHTS OF THE WEEK
* 2 million people in need of humanitarian assistance

SITUATION OVERVIEW
Between 26 March and 19 August, clinics reported 413 deaths.

HUMANITARIAN RESPONSE
Health: 3 health workers were killed.

FUNDING AND COORDINATION
- US$1.6 billion required
"""


def figures(text):
    return [f.figure for f in read_text("a.txt", text).figures]


def test_a_digest_passed_on_in_a_quoted_mail_gives_its_items_and_its_own_day():
    found = read_text("mail.txt", MAIL)
    assert (found.kind, found.title, found.date.day) == ("digest", "Weekly digest, Issue 12", dt.date(2030, 3, 22))
    assert [(p.section, p.number, p.title, p.outlet, p.date.day, p.link_kind) for p in found.parts] == [
        (None, 1, "CALL FOR AN INQUIRY AFTER THE STRIKE ON VESH", "Open Desk", dt.date(2030, 3, 19), "article"),
        (None, 2, "DISPLACEMENT GROWS ON THE COAST", "Relief Monitor", dt.date(2030, 3, 20), "report"),
    ]
    read = [(f.figure.value, f.figure.kind, f.figure.qualifier, f.figure.territory) for f in found.figures]
    assert read == [
        (57, "killed", "at_least", "XSE"),
        (22, "killed", "exact", "XSE"),
        (130, "injured", "exact", "XSE"),
        (40_000, "displaced", "forecast", "KEN"),
    ]
    for one in found.figures:
        assert any(c.isdigit() for c in MAIL[slice(*one.figure.span)])


def test_two_lines_that_begin_with_a_sign_for_more_than_are_no_quotation():
    assert [(f.value, f.qualifier, f.kind) for f in figures("Report\n\n> 500 missing\n> 200 dead\n")] == [
        (500, "at_least", "missing"),
        (200, "at_least", "killed"),
    ]


def test_headings_in_capitals_over_lists_and_sentences_make_no_booklet():
    found = read_text("report.txt", SITUATION)
    assert (found.kind, found.parts) == ("text", ())
    assert found.date.day == dt.date(2030, 8, 31)
    (deaths,) = [f.figure for f in found.figures if f.figure.value == 413]
    assert (deaths.first, deaths.last) == (dt.date(2030, 3, 26), dt.date(2030, 8, 19))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("THE VIOLENCE HAS GROWN. 70,000 PEOPLE FLED SINCE FEBRUARY 2003.\n\nIn 2014 some 50 people died.", None),
        ("Vesh was calm until 4 May 2029, when a strike killed 40 people in the market.", None),
        ("Weekly bulletin\nIssue 44 | 11 Jan '13\n\nSome 50 people died.", "2013-01-11"),
        ("Vesh, 6 December 2030\n\nSome 50 people died.", "2030-12-06"),
    ],
)
def test_the_date_of_an_event_is_not_that_of_the_text(text, day):
    date = read_text("a.txt", text).date
    assert (str(date.day) if date else None) == day


@pytest.mark.parametrize(
    ("sentence", "first", "precision"),
    [
        ("Some 40 people died, the Office said on 7 January 2030.", "2030-01-07", "as_of"),
        ("The Office announced on 3 May 2030 that 40 people had died.", "2030-05-03", "as_of"),
        ("Some 40 people were reported killed on 7 January 2030.", "2030-01-07", "day"),
        ("Some 40 people died on 7 January 2030, the Office said.", "2030-01-07", "day"),
        ("On 23 Dec ’12 some 40 people died.", "2012-12-23", "day"),
    ],
)
def test_the_day_on_which_somebody_spoke_is_not_that_of_the_deed(sentence, first, precision):
    (figure,) = figures(sentence)
    assert (str(figure.first), figure.precision) == (first, precision)


def test_numbers_on_two_lines_are_not_drawn_into_one():
    assert [(f.value, f.kind) for f in figures("Missing: 9; captured: 3\n200 dead in the market of Vesh.\n")] == [
        (9, "missing"),
        (200, "killed"),
    ]
