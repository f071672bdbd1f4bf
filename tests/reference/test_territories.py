"""Territories: codes, numbers and names."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import reference
from tocsin.model.errors import NotFound
from tocsin.reference.names import fold, is_abbreviation

CODES = {t.code for t in reference.territories()}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DRC", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("Ivory Coast", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("CAR", "CAF"),
        ("Central African Republic", "CAF"),
        ("Syria", "SYR"),
        ("Syrian Arab Republic", "SYR"),
        ("سوريا", "SYR"),
        ("جمهورية الكونغو الديمقراطية", "COD"),
        ("République démocratique du Congo", "COD"),
        ("Южный Судан", "SSD"),
        ("DPRK", "PRK"),
        ("North Korea", "PRK"),
        ("Kosovo", "XKX"),
        ("State of Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("Western Sahara", "ESH"),
        ("South Sudan", "SSD"),
        ("Turkey", "TUR"),
        ("the Gambia", "GMB"),
        ("St. Lucia", "LCA"),
        ("Czechoslovakia", "CSK"),
        ("Selmora", "XSE"),
        ("سلمورا", "XSE"),
    ],
)
def test_names_that_reports_use_are_found(text, code):
    found = reference.find_territory(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["us", "car", "Congo", "Korea", "Atlantis", "", "and", "North"])
def test_words_and_ambiguous_names_find_nothing(text):
    assert reference.find_territory(text) is None


@given(st.sampled_from(sorted({n for t in reference.territories() for n in t.names if not is_abbreviation(n)})), st.booleans())
def test_case_does_not_matter_for_full_names(name, upper):
    found = reference.find_territory(name)
    again = reference.find_territory(name.upper() if upper else f"  {name.lower()} ")
    if fold(name) == fold(name.upper()) == fold(name.lower()) and not is_abbreviation(name.upper()):
        assert found is not None
        assert again == found


def test_no_name_stands_for_two_territories():
    owner: dict[str, str] = {}
    for one in reference.territories():
        for name in one.names:
            key = name if is_abbreviation(name) else fold(name)
            assert owner.setdefault(key, one.code) == one.code, name


def test_every_name_leads_back_to_its_territory():
    for one in reference.territories():
        for name in one.names:
            found = reference.find_territory(name)
            assert found is not None and found.code == one.code, name


def test_codes_that_are_referred_to_exist():
    for one in reference.territories():
        assert len(one.code) == 3 and one.code.isupper()
        assert set(one.successors) <= CODES
        assert one.predecessor is None or one.predecessor in CODES
        assert (one.ended is None) or one.successors, f"{one.code} ended without a successor"


def test_former_states_end_before_or_when_their_successors_begin():
    by_code = {t.code: t for t in reference.territories()}
    for state in by_code.values():
        for code in state.successors:
            child = by_code[code]
            if child.predecessor == state.code and child.started and state.ended and state.code in ("SUN", "SCG", "CSK"):
                assert (child.started - state.ended).days <= 200, (state.code, code)


@pytest.mark.parametrize(
    ("number", "year", "code"),
    [
        (345, 1991, "YUG"),
        (345, 2004, "SCG"),
        (345, 2024, "SRB"),
        (365, 1990, "SUN"),
        (365, 1991, "RUS"),
        (265, 1990, "DDR"),
        (680, 1990, "YMD"),
        (678, 2024, "YEM"),
        (626, 2011, "SSD"),
        (490, 1990, "COD"),
        (347, 2008, "XKX"),
    ],
)
def test_numbers_go_to_the_state_of_the_year(number, year, code):
    assert reference.territory_by_number("gw", number, year).code == code


def test_an_unknown_code_or_number_says_what_to_do():
    with pytest.raises(NotFound, match="find_territory"):
        reference.territory("XXX")
    with pytest.raises(NotFound, match="territories_extra"):
        reference.territory_by_number("gw", 626, 1999)


def test_the_list_of_codes_is_whole(shared):
    with (shared / "data/reference/country-codes.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(stream)}
    assert set(listed) <= CODES
    for code, row in listed.items():
        assert reference.territory(code).m49 == int(row["M49"] or row["ISO3166-1-numeric"])


def test_only_selmora_is_invented():
    assert [t.code for t in reference.territories() if t.invented] == ["XSE"]
