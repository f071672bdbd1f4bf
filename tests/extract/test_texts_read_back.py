"""What an editor may rely on when texts are read: invented texts about Selmora, in the shape of the listserv."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.flow.texts import read_text

DIGEST = """14 March 2026 Web: [tocsin.example](#)

I

**[A new series on the work of members](#)**

II

**[Selmora: people flee the coast as over 400 are dead](#)**

1. Ana Field, Harbor Review - A duty to speak
2. Coast Monitors - Protect the fishing towns

### **III. Civil society work on country cases**

1. Selmora: River Watch - Ending the raids

---

**I. A new series on the work of members** *The series presents members and what they do, one each month.*

See
[full post](#)

II

## Selmora: people flee the coast as over 400 are dead

*On 2 March 2026 the Relief Office reported that 412 people were killed in Selmora since January. A crowd of over 900 gathered at
the harbor and was dispersed. About 12,500 people have been displaced along the coast of Selmora, and the office expects that another
5,000 people could be killed if the raids go on.*

## 1. A duty to speak

Ana Field

Harbor Review

11 March 2026

Nobody asked the towns. (...)

**Read [full article](#) . 2. Protect the fishing towns** Coast Monitors

March 2026

The towns of Selmora need protection. (...)

**Read**
[full statement](#)

### **III. Civil society work on country cases**

#### **1. Ending the raids**

River Watch

9 March 2026

Raids go on along the river. (...)

**Read**
[full report](#)
"""


@pytest.fixture(scope="module")
def found():
    return read_text("digest.txt", DIGEST)


def items(found) -> dict:
    return {(p.section, p.number): p for p in found.parts if p.kind == "item"}


def test_sections_and_items_are_read_back_from_the_body(found):
    assert found.kind == "digest" and list(items(found)) == [("I", 1), ("II", 1), ("II", 2), ("III", 1)]


def test_each_head_gives_title_author_outlet_and_a_date_as_exact_as_printed(found):
    first, glued = items(found)["II", 1], items(found)["II", 2]
    assert (first.title, first.author, first.outlet, str(first.date.day)) == ("A duty to speak", "Ana Field", "Harbor Review", "2026-03-11")
    assert (glued.title, glued.author, glued.outlet, glued.date.precision) == ("Protect the fishing towns", None, "Coast Monitors", "month")


def test_the_kind_of_link_follows_the_words_at_the_end(found):
    assert [p.link_kind for p in items(found).values()] == ["post", "article", "statement", "report"]


def test_the_editors_summary_stands_apart_from_the_items(found):
    assert [p.section for p in found.parts if p.kind == "section_summary"] == ["II"]


def test_an_excerpt_is_short_and_marks_its_cut(found):
    assert all(p.excerpt is None or (len(p.excerpt) <= 300 and p.excerpt.endswith("(...)")) for p in found.parts)


def figures(found) -> dict:
    return {(f.figure.kind, f.figure.value): f.figure for f in found.figures}


def test_a_count_of_the_dead_has_its_place_and_speaker(found):
    killed = figures(found)["killed", 412]
    assert (killed.qualifier, killed.territory) == ("exact", "XSE") and "Relief Office" in killed.said_by


def test_a_crowd_is_no_toll_and_a_forecast_is_no_count(found):
    read = figures(found)
    assert read["crowd", 900].qualifier == "crowd"
    assert all(f.qualifier == "forecast" for (kind, value), f in read.items() if value == 5000)
    assert ("killed", 900) not in read


def test_every_span_leads_back_to_the_number(found):
    for one in found.figures:
        start, end = one.figure.span
        digits = "".join(c for c in DIGEST[start:end] if c.isdigit())
        assert digits == str(int(one.figure.value))


def test_a_rounded_figure_is_tied_to_the_exact_one_and_never_stands_alone():
    text = "In Selmora 59,612 people were killed, the office said. Elsewhere in Selmora papers wrote that over 60,000 people were killed."
    read = read_text("a.txt", text).figures
    assert [(f.figure.qualifier, f.relation and (f.relation.name, f.relation.of)) for f in read] == [
        ("exact", None),
        ("rounded", ("rounded_of", 0)),
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "No number stands here.", "It cost $400 and took 30 per cent of 2013."])
def test_a_text_without_figures_gives_none(text):
    assert read_text("a.txt", text).figures == ()


def test_a_very_long_line_is_read_in_reasonable_steps():
    assert read_text("a.txt", "word 7 " * 20_000).figures == ()


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_spans_stay_inside(text):
    for one in read_text("a.txt", text).figures:
        start, end = one.figure.span
        assert 0 <= start < end <= len(text) and one.figure.value >= 0


def test_the_founding_digest_is_read_whole(shared):
    """Its 11 items and the lead summary in 4 sections; outlets and dates are facts of publication."""
    path = next((shared / "documents").glob("000_*.txt"))
    parts = read_text(path.name, path.read_text("utf-8")).parts
    found = [p for p in parts if p.kind == "item"]
    assert len(found) == 11 and len({p.section for p in found}) == 4
    assert [p.section for p in parts if p.kind == "section_summary"] == ["II"]
    assert sum(p.outlet is not None and p.date is not None for p in found) >= 10


def test_the_traps_of_the_founding_digest_never_come_out_as_deaths_counted(shared):
    path = next((shared / "documents").glob("000_*.txt"))
    for one in read_text(path.name, path.read_text("utf-8")).figures:
        if one.figure.value in (1000, 100_000, 60_000):
            assert (one.figure.kind, one.figure.qualifier) in {("crowd", "crowd"), ("killed", "forecast"), ("killed", "rounded")}


@pytest.mark.parametrize(
    ("number", "kind", "least"), [("000", "digest", 11), ("002", "booklet", 20), ("003", "event_summary", 4), ("004", "report_digest", 6)]
)
def test_each_founding_document_is_known_by_its_form_and_split_into_its_parts(shared, number, kind, least):
    path = next((shared / "documents").glob(f"{number}_*.txt"))
    found = read_text(path.name, path.read_text("utf-8"))
    assert found.kind == kind
    assert sum(part.kind == "item" for part in found.parts) >= least


def test_two_numbered_lists_of_one_text_are_no_digest():
    points = ("Reporting to the Council on early signs of violence", "Sending envoys of the Council to talk to both sides")
    text = "What the report asks for\n\n" + "\n".join(f"{n}. {point}" for n, point in enumerate(points, 1))
    text += "\n\nIt then says how.\n\n" + "\n\n".join(f"{n}. {point}, as before." for n, point in enumerate(points, 1)) + "\n"
    assert read_text("report.txt", text).kind != "digest"
