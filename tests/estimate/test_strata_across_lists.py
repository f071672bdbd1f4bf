"""Lists that call one thing by other names are estimated by it all the same: place, sex, year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.flow.given_files import read_table
from tocsin.flow.linked_records import linked_records
from tocsin.model.errors import BadInput

FILES = {
    "nord.csv": "id;nom complet;Sexe;Lieu du décès;Date du décès\na;Ana Inventée;femme;Port-Ombre;28/11/2019\nb;Éloi Autre;homme;;vers 2020\n",
    "town.csv": "id,name,gender,city,date_of_death\nc,Ana Inventee,F,PORT-OMBRE ,2019-11\n",
}


def _read(folder: Path, *strata: str) -> list[dict[str, str | None]]:
    paths = [folder / name for name in FILES]
    for path in paths:
        path.write_text(FILES[path.name], "utf-8")
    (folder / "clusters.csv").write_text("record_id,cluster_id,draw\na,1,0\nb,2,0\nc,1,0\n", "utf-8")
    rows = linked_records(paths, [read_table(path, None) for path in paths], folder / "clusters.csv", strata)
    return rows.records.to_pylist()


def test_place_sex_and_year_are_found_under_every_name(tmp_path):
    rows = _read(tmp_path, "place", "sex", "year")
    assert [(r["place"], r["sex"], r["year"]) for r in rows] == [
        ("port-ombre", "f", "2019"),
        (None, "m", None),
        ("port-ombre", "f", "2019"),
    ]


def test_a_stratum_that_no_column_holds_names_what_there_is(tmp_path):
    with pytest.raises(BadInput) as error:
        _read(tmp_path, "village_cluster")
    assert "place, sex, year" in error.value.expected
