"""Measures: asked for, taken, warned of; and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin import reference
from tocsin.flow.texts import gazetteer
from tocsin.stages.extract.measures import KINDS, read_measures

DAY = dt.date(2031, 3, 14)


def read(text, heading=None):
    found = read_measures(text, (0, len(text)), gazetteer(), heading, DAY)
    return [(m.kind, m.role, m.actor, m.territory, str(m.first)[:4]) for m in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Security Council should impose financial sanctions on Selmora.", ("targeted_sanctions", "recommendation", "Security Council", "XSE", "2031")),
        ("In 2030 the African Union imposed an arms embargo on Selmora.", ("arms_embargo", "measure", "African Union", "XSE", "2030")),
        ("The General Assembly established a commission of inquiry for Selmora.", ("commission_of_inquiry", "measure", "General Assembly", "XSE", "2031")),
        ("The Envoy warned of new attacks in Selmora.", ("warning_statement", "warning", None, "XSE", "2031")),
        ("The Government of Selmora is manifestly failing to protect its people.", ("manifest_failure_finding", "warning", "Government of Selmora", "XSE", "2031")),
        ("Neighbors should not forcibly return refugees to Selmora.", ("non_refoulement", "recommendation", None, "XSE", "2031")),
        ("We call for a no-fly zone over Selmora.", ("no_fly_zone", "recommendation", None, "XSE", "2031")),
    ],
)  # fmt: skip
def test_a_measure_is_read_with_who_about_whom_and_when(sentence, expected):
    assert expected in read(sentence)


def test_an_ask_that_names_earlier_cases_gives_each_of_them():
    found = read(
        "The Security Council should refer Selmora to the International Criminal Court, as it did Sudan in 2005 and Libya in 2011."
    )
    assert [(role, place, year) for _, role, _, place, year in found] == [
        ("recommendation", "XSE", "2031"), ("measure", "SDN", "2005"), ("measure", "LBY", "2011"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "An arms embargo is a tool.",
        "The Council did not impose an arms embargo.",
        "Early warning signs of trouble were few.",
        "The Council refused to adopt an arms embargo.",
    ],
)
def test_a_measure_only_named_or_refused_is_left_out(sentence):
    assert read(sentence) == []


def test_every_kind_is_in_the_toolbox():
    known = {measure.id for measure in reference.toolbox().measures}
    assert set(KINDS) | {"warning_statement", "manifest_failure_finding"} <= known
