"""A user's own list is understood by the names of its columns, and what is not understood is counted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tocsin.datasets import dataset
from tocsin.datasets.victim_list.crawler import script_of
from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect import Crawl, SourceFile

DAY = dt.date(2026, 11, 1)


def _crawl(**files: str) -> Crawl:
    one = dataset("victim_list")
    items = [SourceFile.of(name.replace("_csv", ".csv").replace("_yml", ".yml"), text.encode("utf-8"), DAY) for name, text in files.items()]
    crawl = Crawl(one.name, one.manifest, items, DAY, frozenset(("XSE",)))
    one.crawl(crawl)
    return crawl


def _persons(**files: str) -> list[dict]:
    return _crawl(**files).tables()["persons"].to_pylist()


def test_the_template_that_ships_is_read_whole():
    text = (Path(dataset("victim_list").folder) / "sample" / "template.csv").read_text("utf-8")
    crawl = _crawl(template_csv=text)
    rows = crawl.tables()["persons"].to_pylist()
    assert crawl.skipped == {}
    assert [(r["list"], r["record"], r["sex"], r["date_precision"]) for r in rows] == [
        ("example", "1", "m", "day"),
        ("example", "2", "f", "month"),
    ]
    assert rows[0]["name"] == "Invented Example Qarmul"


def test_other_names_of_columns_are_understood_and_each_file_is_a_list():
    rows = _persons(
        ours_csv="rec_id,first_name,surname,date_of_death,gender\n7,Invented,Qarmul,2025,Female\n8,Invented,Zar,2025-03-01,MALE\n",
        theirs_csv="id,full_name,dod,governorate\n7,Invented Qarmul,2025-03-01,XSE-01\n",
    )
    assert {(r["list"], r["record"]) for r in rows} == {("ours", "7"), ("ours", "8"), ("theirs", "7")}
    assert [r["sex"] for r in rows] == ["f", "m", None]
    assert rows[0]["date_precision"] == "year"


def test_a_mapping_names_columns_that_nobody_would_guess():
    rows = _persons(
        a_csv="x1,x2,x3\n5,Invented Qarmul,2025-03-01\n6,Invented Zar,2025-03-02\n", mapping_yml="record: x1\nname: x2\ndate: x3\n"
    )
    assert [r["record"] for r in rows] == ["5", "6"]


@pytest.mark.parametrize("mapping", ["shoe: x1\n", "record: nowhere\n", "- a\n- b\n"])
def test_a_wrong_mapping_is_refused(mapping):
    with pytest.raises(BadInput):
        _persons(a_csv="x1,name,date\n5,Invented,2025\n6,Other,2025\n", mapping_yml=mapping)


def test_columns_that_are_not_understood_are_counted():
    crawl = _crawl(a_csv="name,date,shoe_size,phone\nInvented,2025,43,1\nOther,2025,42,2\n")
    assert crawl.skipped == {"column not recognised: shoe_size, phone (a.csv)": 2}


def test_a_duplicate_and_consent_are_read_and_nobody_asked_is_no_consent():
    rows = _persons(a_csv="record,name,date,duplicate_of,consent\n1,Invented,2025,,Given\n2,Invented,2025,1,\n3,Other,2025,,refused\n")
    assert [(r["status"], r["duplicate_of"], r["consent"]) for r in rows] == [
        ("reported", None, "given"),
        ("duplicate", "1", None),
        ("reported", None, "refused"),
    ]


def test_another_word_for_consent_is_refused_and_not_taken_for_a_yes():
    with pytest.raises(BadInput, match="consent"):
        _persons(a_csv="name,date,consent\nInvented,2025,maybe\nOther,2025,\n")


FRENCH = "N°;Prénom;Nom de famille;Sexe;Âge;Date du décès;Lieu du décès\n"


def test_a_french_list_is_read_as_it_was_exported():
    rows = _persons(a_csv=FRENCH + "1;Éloi;Inventé;homme;7 ans;28/11/2019;Tarsa\n2;Ana;Autre;femme;6 mois;20 mars 2020;Velun\n")
    assert [(r["record"], r["name"], r["sex"], r["age"], str(r["date"]), r["place"]) for r in rows] == [
        ("1", "Éloi Inventé", "m", 7, "2019-11-28", "Tarsa"),
        ("2", "Ana Autre", "f", 0, "2020-03-20", "Velun"),
    ]


def test_a_date_or_an_age_that_says_nothing_keeps_its_person_and_is_counted():
    crawl = _crawl(a_csv="name,date,age\nInvented,soon,18-59\nOther,2025-02,30\nThird,2025,31\n")
    rows = crawl.tables()["persons"].to_pylist()
    assert [(r["date"], r["date_precision"], r["age"]) for r in rows] == [
        (None, "unknown", None),
        (dt.date(2025, 2, 1), "month", 30),
        (dt.date(2025, 1, 1), "year", 31),
    ]
    assert crawl.skipped == {"date that can't be read, taken as unknown": 1, "age that is no number of years, taken as unknown": 1}


def test_a_day_that_does_not_exist_is_refused_with_its_row():
    with pytest.raises(BadInput, match="is not a date"):
        _persons(a_csv="name,date\nInvented,2025-02-30\nOther,2025\n")


def test_a_column_of_dates_without_a_date_is_refused():
    with pytest.raises(BadInput, match="no date of the list"):
        _persons(a_csv="name,date\nInvented,soon\nOther,later\n")


def test_a_list_that_puts_the_month_first_says_so_by_its_numbers():
    rows = _persons(a_csv="name,date\nInvented,05/24/2025\nOther,01/02/2025\n")
    assert [str(r["date"]) for r in rows] == ["2025-05-24", "2025-01-02"]


def test_yes_is_no_consent_to_publish_and_the_message_says_what_is():
    with pytest.raises(BadInput, match="agreed that the name is published"):
        _persons(a_csv="nom;date;Consentement\nInventé;2025;oui\nAutre;2025;\n")


def test_what_linking_wrote_beside_the_lists_is_no_list():
    one = dataset("victim_list")
    files = {"a.csv": b"name,date\nInvented,2025\nOther,2025\n", "linked/pairs.parquet": b"PAR1", "linked/clusters.parquet": b"PAR1"}
    crawl = Crawl(one.name, one.manifest, [SourceFile.of(name, data, DAY) for name, data in files.items()], DAY, frozenset())
    one.crawl(crawl)
    assert crawl.tables()["persons"].num_rows == 2
    assert crawl.skipped == {"file that linking wrote, no list": 2}


def test_a_body_without_a_name_stays_a_victim():
    assert [r["name"] for r in _persons(a_csv="name,date\n,2025-03-01\nInvented,2025-03-01\n")] == [None, "Invented"]


def test_a_list_without_any_name_column_is_refused():
    with pytest.raises(DatasetChanged):
        _persons(a_csv="age,date\n3,2025\n4,2025\n")


@pytest.mark.parametrize(
    ("name", "script"),
    [("Qarmul", "Latn"), ("قرمول", "Arab"), ("Qarmul قرمول", "mixed"), ("123", None), (None, None), ("Élodie", "Latn")],
)
def test_the_script_of_a_name_is_told(name, script):
    assert script_of(name) == script
