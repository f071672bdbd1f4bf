"""Whole documents: the four layouts, their parts, and texts that are none of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.texts import BOOKLET, DIGEST, EVENTS, REPORT
from tocsin.flow.texts import document_rows, figure_rows, gazetteer, measure_rows, read_text
from tocsin.model import tables
from tocsin.stages.extract import extract_document

ORIGIN = {"dataset": "documents", "item": "0" * 64, "available_at": None, "first_seen": None, "invented": True}


def parts(text, kind="item"):
    return [p for p in read_text("one.txt", text).parts if p.kind == kind]


def test_a_digest_is_read_back_into_sections_and_items():
    found = [(p.section, p.number, p.title, p.author, p.outlet, str(p.date.day) if p.date else None, p.link_kind) for p in parts(DIGEST)]
    assert found == [
        ("I", 1, "The Network opens a new series on its blog", None, None, None, "post"),
        ("II", 1, "Time to Refer", "Ada Lune", "The Vesh Observer", "2031-03-12", "article"),
        ("II", 2, "Do not send them back", None, "Lantern Watch", "2031-03-11", "article"),
        ("II", 3, "Statement of the Envoy on the situation in Selmora", None, "Office of the Envoy for Selmora", "2031-03-01", "statement"),
        ("III", 1, "After the Flood", "Bo Arden and Cy Marl", "Open Door International", "2031-02-02", "report"),
    ]  # fmt: skip


def test_a_month_alone_stays_a_month():
    assert [p.date.precision for p in parts(DIGEST) if p.date] == ["day", "day", "month", "day"]


def test_the_lead_summary_is_a_part_of_its_own():
    (summary,) = parts(DIGEST, "section_summary")
    assert (summary.section, summary.territory) == ("II", "XSE")


def test_a_heading_run_into_the_item_before_it_is_read_and_noted():
    assert "section II, item 3: the heading is run into the end of the item before it" in read_text("one.txt", DIGEST).notes


def test_figures_of_a_digest_carry_their_traps():
    found = [(f.figure.kind, f.figure.value, f.figure.qualifier, f.figure.territory) for f in read_text("one.txt", DIGEST).figures]
    assert found == [
        ("killed", 11_873, "exact", "XSE"),
        ("in_need", 200_000, "about", "XSE"),
        ("in_need", 900_000, "about", "XSE"),
        ("crowd", 2_000, "crowd", "XSE"),
        ("killed", 12_000, "rounded", "XSE"),
        ("killed", 30_000, "forecast", "XSE"),
        ("idps", 4_000, "at_least", "XSE"),
        ("displaced", 9_000, "about", "XSE"),
    ]


def test_measures_say_who_is_asked_what():
    found = {(m.measure.kind, m.measure.role, m.measure.actor) for m in read_text("one.txt", DIGEST).measures}
    assert ("icc_referral_unsc", "recommendation", "Security Council") in found
    assert ("non_refoulement", "recommendation", "Countries hosting refugees") in found


@pytest.mark.parametrize(
    ("text", "kind", "titles"),
    [
        (BOOKLET, "booklet", ["LANTERN SOCIETY OF SELMORA", "OPEN DOOR INTERNATIONAL", "RIVER COURT ASSOCIATION"]),
        (EVENTS, "event_summary", ["What the River Took", "Counting the Missing"]),
        (REPORT, "report_digest", ["KEY POINTS", "SECTIONS I AND II", "WHAT STATES OWE", "CONCLUSION"]),
        ("It rained in Vesh.\n\nNothing else was said.", "text", []),
    ],
)
def test_each_layout_is_known_by_its_form(text, kind, titles):
    found = read_text("one.txt", text)
    assert (found.kind, [p.title for p in found.parts]) == (kind, titles)


def test_an_event_has_hosts_and_a_day():
    assert [(p.outlet, str(p.date.day)) for p in parts(EVENTS)] == [
        ("Lantern Society, Open Door International", "2031-04-03"),
        ("River Court", "2031-04-09"),
    ]


def test_figures_of_a_booklet_name_the_land_and_the_month():
    found = [(f.figure.kind, f.figure.value, f.figure.place, str(f.figure.first)) for f in read_text("one.txt", BOOKLET).figures]
    assert found == [("killed", 400, "southern Selmora", "2030-06-01"), ("homes_destroyed", 2600, "southern Selmora", "2030-06-01")]


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "\x00\x01\x02", "---", "I\n\n---\n\nI", "1. [x](#)\n\n---\n\n1. x", "#" * 5000, "**" * 5000]
)
def test_an_empty_or_broken_text_gives_nothing_and_no_error(text):
    found = extract_document("one.txt", text, gazetteer())
    assert (found.figures, found.measures) == ((), ())


@pytest.mark.parametrize("cut", range(0, len(DIGEST), 157))
def test_a_digest_cut_short_still_gives_rows_with_an_origin(cut):
    found = read_text("one.txt", DIGEST[:cut])
    rows = document_rows(found, ORIGIN)
    assert all(0 <= p.span[0] <= p.span[1] <= cut for p in found.parts)
    tables.from_rows("documents", rows)
    tables.from_rows("figures", figure_rows(found, ORIGIN, "doc-x"))
    tables.from_rows("measures", measure_rows(found, ORIGIN))


@settings(max_examples=60)
@given(st.permutations(DIGEST.split("\n\n")))
def test_paragraphs_in_any_order_break_nothing(paragraphs):
    text = "\n\n".join(paragraphs)
    found = read_text("one.txt", text)
    tables.from_rows("documents", document_rows(found, ORIGIN))
    tables.from_rows("figures", figure_rows(found, ORIGIN, "doc-x"))
    assert all(0 <= p.span[0] <= p.span[1] <= len(text) for p in found.parts)


def test_an_excerpt_is_short_and_marks_its_cut():
    excerpts = [p.excerpt for p in parts(DIGEST) if p.excerpt]
    assert excerpts
    assert all(len(e) <= 300 for e in excerpts)


def test_every_relation_names_a_figure_of_the_same_document():
    rows = figure_rows(read_text("one.txt", DIGEST), ORIGIN, "doc-x")
    ids = {row["id"] for row in rows}
    assert {row["related"] for row in rows if row["related"]} <= ids
    assert [row["relation"] for row in rows if row["relation"]] == ["rounded_of", "subset_of"]


def test_the_same_text_gives_the_same_rows():
    one, two = (json.dumps(figure_rows(read_text("one.txt", DIGEST), ORIGIN, "doc-x"), default=str) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("What happened in April 2031\n\nDate: 4 May 2031\n\n", "2031-05-04"),
        ("Rain over Vesh\n\n4 May 2031\n\n", "2031-05-04"),
        ("What happened in April 2031\n\n", "2031-04-01"),
        ("Ce qui s'est passé en avril 2031\n\nPublié le 4 mai 2031\n\n", "2031-05-04"),
    ],
)
def test_the_date_line_of_a_text_goes_before_a_date_in_its_title(head, day):
    assert str(read_text("one.txt", head + "In Selmora 40 people were killed.").date.day) == day
