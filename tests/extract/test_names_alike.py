"""A name that holds a territory's name is not always that territory; soldiers of one state die in another; regions and capitals name theirs."""

from __future__ import annotations

import pytest

from tocsin.flow.texts import read_text


def places(text):
    return [(f.figure.territory, f.figure.place) for f in read_text("a.txt", f"Report\n10 May 2014\n\n{text}\n").figures]


@pytest.mark.parametrize(
    ("text", "territory", "place"),
    [
        ("In the Niger Delta, 40 people were killed.", "NGA", "Niger Delta"),
        ("Some 12 people were abducted in Benin City.", "NGA", "Benin City"),
        ("In New Mexico, 4 people were killed.", "USA", "New Mexico"),
        ("Fighters near Lake Chad killed 30 fishermen.", None, None),
        ("Pirates in the Gulf of Guinea abducted 12 sailors and 3 officers.", None, None),
        ("In Ethiopia's Somali Region 40 people were killed.", "ETH", None),
        ("In Darfur 40 people were killed.", "SDN", "Darfur"),
        ("Some 40 people were killed in Gaza.", "PSE", "Gaza"),
        ("About 3,000 people died in Beijing.", "CHN", "Beijing"),
        ("Jordan Pike said gunmen killed 25 villagers.", None, None),
        ("Mr. Chad said that 14 people were killed.", None, None),
        ("In Chad, Ellison said, 14 people were killed.", "TCD", None),
        ("Jordan Armed Forces said 14 people were killed.", "JOR", None),
    ],
)
def test_a_name_is_read_for_what_it_names(text, territory, place):
    assert places(text)[-1:] == [(territory, place)]


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Two French soldiers were killed in northern Mali.", "MLI"),
        ("In northern Mali, two Chadian soldiers died.", "MLI"),
        ("Mali buried the dead. Two Chadian peacekeepers were killed.", "MLI"),
        ("Two Chadian soldiers were killed.", "TCD"),
        ("Mali was calm. Kenyan police shot dead four protesters.", "KEN"),
        ("Jordan took in 600,000 refugees from Syria.", "SYR"),
    ],
)
def test_where_it_happened_goes_before_whose_people_they_were(text, territory):
    assert [code for code, _ in places(text)] == [territory]


def test_where_somebody_spoke_is_not_where_it_happened():
    assert places("The UN said in Geneva that 12 people were killed.") == [(None, None)]
    assert places("The envoy, speaking in Nairobi, said 12 people were killed.") == [(None, None)]


@pytest.mark.parametrize("people", ["Bosniaks", "Tutsis", "Rohingya", "Yazidis", "Fulani", "Baha’is", "Muslims", "monks", "volunteers"])
def test_people_attacked_for_what_they_are_are_people(people):
    found = read_text("a.txt", f"At least 40 {people} were killed.\n").figures
    assert [(f.figure.value, f.figure.kind) for f in found] == [(40, "killed")]
