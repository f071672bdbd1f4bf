"""Numbers that are denied, feigned, meant or a share are no figures; ranges, short scales and asides are read whole."""

from __future__ import annotations

import pytest

from tocsin.flow.texts import read_text


def read(sentence: str) -> list[tuple[float, float | None, float | None, str, str]]:
    return [
        (f.figure.value, f.figure.low, f.figure.high, f.figure.qualifier, f.figure.kind)
        for f in read_text("a.txt", sentence + "\n").figures
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army denied that 40 villagers were killed in the raid.",
        "The ministry rejected reports that 120 people had been killed.",
        "There is no evidence that 300 people died in the camp.",
        "Reports that 500 people were killed could not be verified.",
        "Rumours that 70 people were shot dead are false.",
        "It was unclear whether 20 people had been killed.",
        "The raid did not kill 30 people as first reported.",
        "40 people were not killed in the raid, the mayor said.",
        "He threatened to kill 100 hostages.",
        "The exercise simulated an attack in which 500 people died.",
        "The patrol averted an attack that would have killed 200 people.",
        "Peacekeepers prevented the killing of 200 villagers.",
        "More than half of the 30,000 inhabitants fled.",
        "One in five households has been displaced.",
        "If the dam breaks, 20,000 people could die.",
        "Tens of thousands of people fled the town.",
    ],
)
def test_what_is_denied_feigned_meant_or_a_share_is_no_figure(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels denied responsibility for the attack that killed 40 people.",
        "Rebels denied carrying out the attack that killed 40 people.",
        "The president dismissed the governor after 40 people were killed.",
        "In an attempt to seize the town, militants killed 40 people.",
        "Police did not intervene when 40 people were killed.",
    ],
)
def test_to_deny_the_deed_is_not_to_deny_the_count(sentence):
    assert read(sentence) == [(40, None, None, "exact", "killed")]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Between 200 and 300 people were killed.", (250, 200, 300, "about", "killed")),
        ("3,000-4,000 people were displaced from the valley.", (3500, 3000, 4000, "about", "displaced")),
        ("On 3-5 May 2031, 12-16 people were killed.", (14, 12, 16, "about", "killed")),
        ("About 1.5 to 2 million people are displaced.", (1.75e6, 1.5e6, 2e6, "about", "displaced")),
        ("An estimated 2.5m people need humanitarian aid.", (2.5e6, None, None, "about", "in_need")),
        ("At least 35k people have been displaced.", (35_000, 35_000, None, "at_least", "displaced")),
        ("At least two dozen people were killed.", (24, 24, None, "at_least", "killed")),
        ("Over one and a half million people have fled.", (1.5e6, 1.5e6, None, "at_least", "displaced")),
        ("No fewer than 45 villagers died.", (45, 45, None, "at_least", "killed")),
        ("Six hundred thousand people remain without access to aid.", (600_000, None, None, "about", "not_reached")),
        ("Agencies expect 120,000 refugees to arrive by winter.", (120_000, None, None, "forecast", "refugees")),
    ],
)
def test_ranges_short_scales_and_bounds_are_read_as_they_are_meant(sentence, figure):
    assert read(sentence) == [figure]


def test_an_aside_about_a_part_does_not_hide_the_whole():
    assert [row[0] for row in read("Twenty-two people, including nine children, were killed.")] == [22, 9]
    assert [row[0] for row in read("The strike killed at least 13 members of one family, among them 6 children.")] == [13, 6]


def test_both_ends_of_a_change_are_read():
    assert [row[0] for row in read("The death toll rose from 60 to 87.")] == [60, 87]


def test_who_claims_a_number_stands_beside_it():
    found = read_text("a.txt", "The Selmora Liberation Front claimed that 60 soldiers were killed.\n").figures
    assert [(f.figure.value, f.figure.said_by) for f in found] == [(60, "Selmora Liberation Front")]
