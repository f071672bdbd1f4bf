"""A whole of which a part is named, a number that somebody rejects, and those who did it are no victims; numbers as the world writes them."""

from __future__ import annotations

import pytest

from tocsin.flow.texts import read_text
from tocsin.stages.extract.numbers import find_numbers


def read(sentence):
    found = read_text("a.txt", f"Report\n10 May 2014\n\n{sentence}\n").figures
    return [(f.figure.value, f.figure.qualifier, f.figure.kind) for f in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("About one in ten of the city's 800,000 residents has been displaced.", []),
        ("A quarter of the town's 90,000 inhabitants fled.", []),
        ("Two thirds of the district's 2.4 million people were displaced.", []),
        ("Two of the five hostages were killed.", [(2, "exact", "killed")]),
        ("At least 3 of its 14 nurses were abducted.", [(3, "at_least", "abducted")]),
        ("120 of the village's 400 houses were burned down.", [(120, "exact", "homes_destroyed")]),
        ("12 of 19 prisoners were executed.", [(12, "exact", "killed")]),
        ("All but three of the 40 passengers died.", []),
        ("Not one of the 60 passengers was injured.", []),
        ("The children were 14 of the 40 dead.", [(40, "exact", "killed")]),
        ("Only 300,000 of the 1.5 million people in need were reached.", [(1.5e6, "exact", "in_need")]),
    ],
)
def test_of_a_part_and_its_whole_only_what_was_done_to_is_counted(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A force of 1,600 soldiers killed 12 rebels.", [(12, "exact", "killed")]),
        ("Some 300 fighters reportedly abducted another 40 villagers.", [(40, "exact", "abducted")]),
        ("The 60 villagers killed on Monday were buried.", [(60, "exact", "killed")]),
    ],
)
def test_those_who_killed_are_not_counted_as_killed(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Officials rejected a figure of 5,000 dead as fantasy.",
        "He dismissed estimates of 2,000 deaths.",
        "The toll of 700 dead was later found to be wrong.",
        "A claim that 1,500 had been killed cannot be confirmed.",
        "The ministry called the figure of 400 dead exaggerated.",
        "The government disputes the UN figure of 300 killed.",
        "Contrary to reports of 90 dead, the day was calm.",
        "Earlier reports of 90 dead proved wrong.",
        "Soldiers had orders to kill 50 villagers.",
        "300 deaths were prevented by the ceasefire.",
        "There were 120 more deaths than last year.",
        "The camp was built to hold 20,000 refugees.",
        "The camp has room for 5,000 displaced people.",
        "The state pledged to take in 10,000 refugees.",
    ],
)
def test_a_rejected_number_a_plan_a_difference_and_a_capacity_are_no_figures(sentence):
    assert read(sentence) == []


def test_a_part_said_aside_is_marked_as_a_part_of_the_whole():
    for sentence in ("Six people, two of them children, were killed.", "Six were killed, two of them children."):
        first, second = read_text("a.txt", sentence + "\n").figures
        assert (first.figure.value, second.figure.value) == (6, 2)
        assert first.relation is None and second.relation.name == "subset_of"


def test_those_injured_besides_keep_their_own_kind():
    said = "The shelling killed at least five people and injured 12 more, including two medics."
    assert read(said) == [(5, "at_least", "killed"), (12, "exact", "injured"), (2, "exact", "injured")]


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("200+ dead", 200, "at_least"),
        (">500 missing", 500, "at_least"),
        ("≥ 12 dead", 12, "at_least"),
        ("~300 families", 300, "about"),
        ("ca 50 women", 50, "about"),
        ("1,2 million people", 1_200_000, "exact"),
        ("1.3 M people", 1_300_000, "exact"),
        ("2 lakh people", 200_000, "exact"),
        ("1.5 crore people", 15_000_000, "exact"),
        ("١٬٢٠٠ people", 1_200, "exact"),
        ("Twelve thousand, three hundred and forty people", 12_340, "exact"),
    ],
)
def test_a_number_is_read_as_people_of_many_countries_write_it(text, value, qualifier):
    assert [(m.value, m.qualifier) for m in find_numbers(text)] == [(value, qualifier)]


def test_a_scale_said_once_is_that_of_both_ends_of_a_range_but_not_of_a_smaller_number_before_it():
    (found,) = find_numbers("between 1,2 and 1,5 million")
    assert (found.low, found.high) == (1.2e6, 1.5e6)
    assert [m.value for m in find_numbers("rose from 300 to 2 million")] == [300, 2e6]
