"""What a number counts, where, when and by whom: sentences about Selmora, one rule each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.flow.texts import gazetteer
from tocsin.stages.extract.figures import read_figures
from tocsin.stages.extract.numbers import find_numbers
from tocsin.stages.extract.relations import relate

DAY = dt.date(2031, 3, 14)


def read(text, heading=None):
    return read_figures(text, (0, len(text)), gazetteer(), heading, DAY)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At least 40 civilians were killed in Vesh.", [("killed", 40)]),
        ("Shells killed 12 people and wounded 30 others.", [("killed", 12), ("injured", 30)]),
        ("The raid left 9 dead, 14 wounded and three missing.", [("killed", 9), ("injured", 14), ("missing", 3)]),
        ("Some 300 people were killed or injured.", [("casualties", 300)]),
        ("The death toll has reached 310.", [("killed", 310)]),
        ("The flood claimed the lives of 21 villagers.", [("killed", 21)]),
        ("More than 1,200 people lost their lives and over 5,000 fled their homes.", [("killed", 1200), ("displaced", 5000)]),
        ("Nearly 75,000 people have been displaced since June.", [("displaced", 75_000)]),
        ("There are 40,000 Selmoran refugees in the camp.", [("refugees", 40_000)]),
        ("More than 200,000 IDPs need food.", [("idps", 200_000)]),
        ("Some 90,000 people are in need of assistance.", [("in_need", 90_000)]),
        ("Convoys could not reach over 10,000 people in Vesh.", [("not_reached", 10_000)]),
        ("Soldiers burned 260 houses.", [("homes_destroyed", 260)]),
        ("About 260 homes were destroyed.", [("homes_destroyed", 260)]),
        ("Gunmen abducted 40 schoolgirls.", [("abducted", 40)]),
        ("In that year 830 women were reportedly raped.", [("raped", 830)]),
        ("Police arrested 31 activists.", [("detained", 31)]),
        ("A crowd of over 2000 stood at the mill.", [("crowd", 2000)]),
        ("The blast killed 40 people, including 12 children.", [("killed", 40), ("killed", 12)]),
        ("The number of people needing aid rose from 2 million in May to 4 million in June.", [("in_need", 2e6), ("in_need", 4e6)]),
        ("He and four other officers are on a sanctions list.", [("listed", 5)]),
        ("They found his brother, killing him.", [("killed", 1)]),
        # what is not counted
        ("The mayor, 57, was killed.", []),
        ("No one was killed.", []),
        ("Two dogs were seen; two dogs injured.", []),
        ("One of his aides wounded a guard.", []),
        ("The talks saved 100 lives.", []),
        ("They printed 40 posters and killed time.", []),
        ("The law has 40 articles; people died.", []),
        ("If 400 people were killed, who would know?", []),
        ("Dozens were killed and hundreds fled.", []),
    ],
)  # fmt: skip
def test_a_number_counts_what_the_words_say(sentence, expected):
    assert [(f.kind, f.value) for f in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("The war could claim another 30,000 lives.", "forecast"),
        ("Aid groups expect that 5,000 people may be displaced by the rains.", "forecast"),
        ("He said 5,000 people may have been displaced.", "about"),
        ("In May 5,120 people were displaced.", "exact"),
        ("Exactly 1,133 died.", "exact"),
        ("A crowd of 900 waited.", "crowd"),
        ("Almost 900 people died.", "about"),
        ("Over 900 people died.", "at_least"),
        ("600,000 people fled.", "about"),
    ],
)
def test_a_forecast_a_crowd_and_a_bound_are_said_as_such(sentence, qualifier):
    assert [f.qualifier for f in read(sentence)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "territory", "place"),
    [
        ("In Selmora, 40 people died.", "XSE", None),
        ("Some 40 Selmorans were killed.", "XSE", None),
        ("In Kenya, 40,000 Selmoran refugees wait.", "XSE", None),
        ("Kenya was calm. Selmora was not. At least 40 people were killed in Vesh.", "XSE", "Vesh"),
        ("Fighting in northern Selmora killed 40 people.", "XSE", "northern Selmora"),
        ("At least 40 people were killed near the town of Vesh in Selmora.", "XSE", "Vesh"),
        ("Some 40,000 Selmoran refugees fled to Kenya, Uganda and Chad.", "XSE", "Kenya; Uganda; Chad"),
        ("The Office for the Coordination of River Affairs in Selmora counted 40 dead.", "XSE", None),
        ("At least 40 people were killed.", None, None),
    ],
)
def test_a_figure_speaks_of_the_place_that_the_words_name(text, territory, place):
    figure = read(text)[-1]
    assert (figure.territory, figure.place) == (territory, place)


def test_the_heading_places_a_figure_where_the_words_do_not():
    assert read("At least 40 people were killed.", heading="XSE")[0].territory == "XSE"


@pytest.mark.parametrize(
    ("sentence", "first", "precision"),
    [
        ("Some 40 people died between 15 March 2029 and 30 November 2030.", "2029-03-15", "day"),
        ("In June 2030 some 40 people died.", "2030-06-01", "month"),
        ("On 7 January, the Office reported that 40 people had died.", "2031-01-07", "as_of"),
        ("Some 40 people died; the vote of 2035 is far.", "2031-03-14", "as_of"),
    ],
)
def test_a_figure_has_the_date_said_with_it_or_the_day_of_the_text(sentence, first, precision):
    (figure,) = read(sentence)
    assert (figure.first.isoformat(), figure.precision) == (first, precision)


def test_the_speaker_is_a_body_and_never_only_a_person():
    assert read("According to the Relief Office, 40 people died.")[0].said_by == "Relief Office"
    assert read("Ilan Dor said 40 people died.")[0].said_by is None
    assert read("Ilan Dor, the Regional Union envoy, said 40 people died.")[0].said_by == "Regional Union envoy"


def test_a_rounded_twin_and_a_part_are_never_added():
    figures = read(
        "In Selmora 11,873 people were killed. The dead in Selmora: over 12,000 dead. "
        "Some 9,000 people have been forced to flee Selmora. There are 4,000 Selmoran IDPs."
    )
    related = relate(figures, ["one"] * len(figures))
    assert [(f.kind, f.qualifier, r.name if r else None) for f, r in related] == [
        ("killed", "exact", None), ("killed", "rounded", "rounded_of"), ("displaced", "about", None), ("idps", "about", "subset_of"),
    ]  # fmt: skip


def test_a_line_broken_in_mid_sentence_or_word_is_read_through():
    (figure,) = read("The Office put the number of dead at more\n\nthan 12,000 in Sel-\n\nmora.")
    assert (figure.kind, figure.value, figure.qualifier) == ("killed", 12_000, "at_least")


WORDS = st.sampled_from(
    "40 1,200 nearly over people were killed fled in Selmora Vesh the of and , . ; from to \n\n - ** [x](#) (...) 2030 ten".split(" ")
)


@given(st.lists(WORDS, max_size=60))
def test_spans_lie_in_the_text_and_hold_the_number(words):
    text = " ".join(words)
    for figure in read(text):
        start, end = figure.span
        assert 0 <= start < end <= len(text)
        assert figure.value >= 0
        if "without a number" not in figure.definition:
            said = find_numbers(text[start:end].replace("**", "").replace("[x](#)", ""))
            assert said
            assert figure.value - said[0].value in (0, 1)


@pytest.mark.parametrize("unit", ["a", "40 ", "40 people were killed in Selmora and ", "(((", "[x](", "1,234,", "and of the ", "- "])
def test_one_endless_line_is_read_to_its_end(unit):
    text = unit * (300_000 // len(unit))
    assert all(0 <= f.span[0] < f.span[1] <= len(text) for f in read(text))
