"""Lists of persons in layouts that no code was written from: headers in four languages, dates as people write them, one file a list."""

from __future__ import annotations

import json

import pytest
from workspaces import command

from tocsin.model.dates import read_date
from tocsin.model.headers import bare_header, fold_header
from tocsin.stages.link import ROLES, day_before_month, months_first, recognise

HEADERS = {
    "First Name,Last Name,Date of Birth,Gender,Town": "given family born sex place",
    "PersonID,firstName,lastName,birthDate": "record given family born",
    "Nom,Prénom,Date de naissance,Sexe,Lieu": "family given born sex place",
    "primer_nombre,segundo_nombre,primer_apellido,segundo_apellido,Fecha de nacimiento,municipio": "given given2 family family2 born place",
    "الاسم الأول,اسم الأب,الكنية,تاريخ الولادة,الجنس,المحافظة": "given father family born sex region",
    "الاسم الكامل,العمر,تاريخ الوفاة": "name age died",
    "Victim Name,Age,Date of incident,Village,Province": "name age died place region",
    "Name,Surname": "given family",
    "nom,age": "name age",
    "N°,Prénom,Nom de famille,Nom du père,Sexe,Âge,Date du décès,Lieu du décès": "record given family father sex age died place",
    "identifiant,prenom,nom,genre,annee_naissance,date_deces,ville": "record given family sex born_year died place",
    "id,nom complet,date de mort,commune": "record name died place",
}


@pytest.mark.parametrize("header", HEADERS)
def test_headers_are_known_however_they_are_written(header):
    names = header.split(",")
    found = {column: role for role, column in recognise(names).items()}
    assert [found.get(name) for name in names] == HEADERS[header].split()


def test_every_known_name_stands_in_its_folded_form_and_means_one_thing():
    names = [name for known in ROLES.values() for name in known]
    assert [name for name in names if fold_header(name) != name] == []
    assert len(set(names)) == len(names)
    meant = {(bare_header(name), role) for role, known in ROLES.items() for name in known}
    assert len({bare for bare, _ in meant}) == len(meant), "without little words a name still means one thing"


@pytest.mark.parametrize("written", ["24 May 1971", "24-May-1971", "May 24, 1971", "24 mai 1971", "24/05/1971"])
def test_dates_with_the_name_of_the_month_are_whole(written):
    found = read_date(written)
    assert found is not None and (found.text, found.precision) == ("19710524", "day")


@pytest.mark.parametrize("written", ["24 Foo 1971", "5 people 1971", "soon"])
def test_words_that_name_no_month_are_no_date(written):
    assert read_date(written) is None


def test_a_file_that_puts_the_month_first_says_so_by_its_numbers():
    assert months_first(["05/24/1971", None, "01/02/1980"])
    assert not months_first(["24/05/1971", "05/24/1971"]), "both ways: nothing is turned"
    assert not months_first(["01/02/1980"]), "nothing tells"
    assert [day_before_month(one) for one in ("05/24/1971", "1971-05-24", None)] == ["24/05/1971", "1971-05-24", None]


def test_three_lists_that_write_names_and_dates_in_their_own_way_are_linked(tmp_path):
    people = [(f"Sera{chr(97 + i)}", f"Tolan{chr(122 - i)}", 1950 + i, 1 + i % 12, 13 + i % 12) for i in range(25)]
    english = ["First Name,Last Name,Date of Birth,key", *(f"{g},{f},{m:02}/{d:02}/{y},{i}" for i, (g, f, y, m, d) in enumerate(people))]
    french = ["nom;prenom;date_naissance;key", *(f"{f};{g};{d:02}.{m:02}.{y};{i}" for i, (g, f, y, m, d) in enumerate(people))]
    iso = ["given\tfamily\tborn\tkey", *(f"{g}\t{f}\t{y}-{m:02}-{d:02}\t{i}" for i, (g, f, y, m, d) in enumerate(people))]
    files = []
    for name, lines in (("english.csv", english), ("french.csv", french), ("iso.csv", iso)):
        (tmp_path / name).write_text("\n".join(lines) + "\n")
        files.append(tmp_path / name)
    done = command(tmp_path, "link", "persons", *files, "--truth", "key", "--draws", "2", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert (found["records"], found["clusters"], found["pairwise"]["f1"]) == (75, 25, 1.0)
    assert found["columns"]["born"] == "Date of Birth / date_naissance / born"


@pytest.mark.parametrize("columns", [["PersonID"] * 3, ["Numéro"] * 3, [None] * 3, [None, "id", "PersonID"], ["record_id", None, None]])
def test_what_was_linked_can_be_counted_whatever_the_column_of_ids_is_called(tmp_path, columns):
    files = []
    for number, (name, column) in enumerate(zip(("press", "clinic", "court"), columns, strict=True)):
        rows = [
            (f"0{number}{i}", f"Sera{chr(97 + i)}", f"Tolan{chr(122 - i)}", f"{1950 + i}-03-{i + 1:02}")
            for i in range(24)
            if (i + number) % 4
        ]
        lines = [f"{column or 'spare'},first_name,surname,dob", *(",".join(row) for row in rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
        files.append(tmp_path / f"{name}.csv")
    assert command(tmp_path, "link", "persons", *files, "--draws", "2", "--out", tmp_path / "linked", "--json").returncode == 0
    done = command(tmp_path, "estimate", *files, "--clusters", tmp_path / "linked", "--method", "chao", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert (found["documented"], [one["size"] for one in found["lists"]]) == (24, [18, 18, 18])
