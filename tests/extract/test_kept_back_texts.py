"""Texts of kinds that users hold, of forms that no rule was written from: what is right is read, and what is no count is left out."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin.flow.texts import read_text

CHRONOLOGY = """CHRONOLOGY OF EVENTS - CÔTE D'IVOIRE

28 Nov. 2010   Second round of the presidential election.
16 Dec. 2010   Security forces open fire on a march; at least 20 dead.
17 March 2011  Shelling of a market kills between 25 and 30, wounds more than 40 (UNOCI).
29 March 2011  Massacre in the west: ICRC says at least 800 killed; Caritas: 1,000 dead or missing.
Toll           About 3,000 killed, 1 million displaced, 100,000 refugees in Liberia.
"""
SITUATION_REPORT = """DEMOCRATIC REPUBLIC OF THE CONGO
North Kivu: Situation Report No. 12
As of 31/01/2025

HIGHLIGHTS
• 2,880 injured since 26 January (WHO)
• Killed: 412. Injured: 1,204. Missing: 3.

TABLE 1. CASUALTIES BY HEALTH ZONE
Health zone | Killed | Injured | Displaced
Goma        | 412    | 1,204   | 120,000

NEEDS
OCHA: 21.2 million people in need, of whom 11 million targeted. Funding: US$ 2.54 billion required, 3% received.
Phone: +243 81 234 5678
"""
RELEASE = """Libya: unlawful killings in Derna
Human Rights Observatory, 15 September 2023

TRIPOLI - The death toll in Derna rose to 11,300. In the 2011 war, about twenty-five thousand people lost their lives.
"""


def figures(text):
    return [found.figure for found in read_text("a.txt", text).figures]


def read(sentence):
    return [(f.value, f.low, f.high, f.qualifier, f.kind) for f in figures(f"Report\n10 May 2024\n\n{sentence}\n")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Every day, 30 people are killed.",
        "On average, 12 people were killed each day.",
        "An average of 12 civilians a day were killed in March 2023.",
        "Some 400 people are displaced per week.",
        "Three quarters of the 2.4 million inhabitants were displaced.",
        "Two thirds of the 90,000 residents fled.",
        "500 houses were damaged.",
        "If the violence returns, thousands could be killed.",
    ],
)
def test_a_pace_a_share_and_harm_of_another_kind_are_no_count(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("100 people were detained, of whom 40 were released.", [(100, None, None, "exact", "detained")]),
        ("OCHA counts 21.2 million people in need, of whom 11 million targeted.", [(21.2e6, None, None, "exact", "in_need")]),
        ("Militants killed between 300 and 500 civilians.", [(400, 300, 500, "about", "killed")]),
        ("Shelling kills between 25 and 30.", [(27.5, 25, 30, "about", "killed")]),
        ("Estimates range from 3,000 to 30,000 dead.", [(16_500, 3_000, 30_000, "about", "killed")]),
        ("Eleven soldiers and one civilian were killed.", [(11, None, None, "exact", "killed"), (1, None, None, "exact", "killed")]),
        ("Police said 3 officers and 17 protesters died.", [(3, None, None, "exact", "killed"), (17, None, None, "exact", "killed")]),
        ("The raid killed 3 officers and 17 protesters.", [(3, None, None, "exact", "killed"), (17, None, None, "exact", "killed")]),
        ("The raid killed 3 officers and 17 protesters were arrested.", [(3, None, None, "exact", "killed"), (17, None, None, "exact", "detained")]),
        ("The raid killed 40 civilians and 12 soldiers surrendered.", [(40, None, None, "exact", "killed")]),
        ("The convoy carried 40 civilians and 3 soldiers died.", [(3, None, None, "exact", "killed")]),
        ("At least 34,000 people, 70 per cent of them women, have been killed.", [(34_000, 34_000, None, "at_least", "killed")]),
        ("40 people were killed a day after the truce.", [(40, None, None, "exact", "killed")]),
        ("Three fishermen were beheaded.", [(3, None, None, "exact", "killed")]),
        ("Deaths: 45. Injured: 120.", [(45, None, None, "exact", "killed"), (120, None, None, "exact", "injured")]),
        ("1,000 people are dead or missing.", [(1000, None, None, "about", "casualties")]),
    ],
)  # fmt: skip
def test_each_number_is_read_with_what_it_counts(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "first", "last", "precision"),
    [
        ("12 people were killed in the town.", "2024-05-10", "2024-05-10", "as_of"),
        ("Last Tuesday, 12 people were killed.", "2024-05-10", "2024-05-10", "as_of"),
        ("On 03/04/2024, 12 people were killed.", "2024-01-01", "2024-12-31", "year"),
        ("On 25/12/2023, 12 people were killed.", "2023-12-25", "2023-12-25", "day"),
        ("On 2024-05-02, 12 people were killed.", "2024-05-02", "2024-05-02", "day"),
        ("12 people have been killed since 7 October 2023.", "2023-10-07", "2024-05-10", "approximate"),
        ("12 people were killed, compared with 30 in 2020.", "2024-05-10", "2024-05-10", "as_of"),
        ("12 deaths were reported, down from 30 in 2020.", "2024-05-10", "2024-05-10", "as_of"),
        ("A 2019 report said 12 people died.", "2019-01-01", "2019-12-31", "as_of"),
        ("12 people were killed in 2007-08.", "2007-01-01", "2008-12-31", "approximate"),
    ],
)
def test_no_figure_takes_the_day_of_something_else(sentence, first, last, precision):
    found = figures(f"Report\n10 May 2024\n\n{sentence}\n")[0]
    assert (str(found.first), str(found.last), found.precision) == (first, last, precision)


def test_a_forecast_beside_what_happened_before_keeps_each_its_own():
    text = "Kenya, 20 July 2023\n\nUp to 600,000 people could be displaced, as in 2007, when 1,133 people were killed.\n"
    ahead, before = figures(text)
    assert (ahead.qualifier, ahead.kind, ahead.precision) == ("forecast", "displaced", "as_of")
    assert (before.qualifier, before.value, before.first) == ("exact", 1133, dt.date(2007, 1, 1))


def test_a_chronology_dates_each_line_by_itself_and_has_no_day_of_its_own():
    found = read_text("a.txt", CHRONOLOGY)
    assert found.date is None
    rows = [(f.value, f.kind, f.territory, str(f.first) if f.first else None, f.said_by) for f in figures(CHRONOLOGY)]
    assert rows == [
        (20, "killed", "CIV", "2010-12-16", None),
        (27.5, "killed", "CIV", "2011-03-17", "UNOCI"),
        (800, "killed", "CIV", "2011-03-29", "ICRC"),
        (1000, "casualties", "CIV", "2011-03-29", None),
        (3000, "killed", "CIV", None, None),
        (1_000_000, "displaced", "CIV", None, None),
        (100_000, "refugees", "LBR", None, None),
    ]


def test_a_situation_report_gives_its_counts_and_nothing_of_its_tables_and_telephone():
    rows = [(f.value, f.kind, f.territory, f.said_by) for f in figures(SITUATION_REPORT)]
    assert rows == [
        (2880, "injured", "COD", "WHO"),
        (412, "killed", "COD", None),
        (1204, "injured", "COD", None),
        (3, "missing", "COD", None),
        (21.2e6, "in_need", "COD", None),
    ]


def test_the_line_with_the_date_is_no_part_of_the_first_sentence():
    toll, war = figures(RELEASE)
    assert (toll.value, toll.place, str(toll.first), toll.precision) == (11_300, "Derna", "2023-09-15", "as_of")
    assert (war.value, war.qualifier, str(war.first), war.precision) == (25_000, "about", "2011-01-01", "year")


@pytest.mark.parametrize(
    ("sentence", "territory"),
    [
        ("1.2 million people fled to Chad.", None),
        ("There are 450,000 IDPs in 23 camps and 120,000 refugees from South Sudan in Sudan.", "SDN"),
    ],
)
def test_a_country_that_people_fled_to_is_not_the_one_they_fled(sentence, territory):
    assert figures(sentence)[0].territory == territory
