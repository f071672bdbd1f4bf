from __future__ import annotations

import pyarrow as pa
import pytest

from tocsin.model.dates import read_date
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages.link.columns import recognise
from tocsin.stages.link.prepare import prepare


def test_columns_are_recognised_by_the_names_that_lists_use():
    assert recognise(["unique_id", "first_name", "surname", "dob", "city", "sex"]) == {
        "record": "unique_id", "given": "first_name", "family": "surname", "born": "dob", "sex": "sex", "place": "city",
    }  # fmt: skip
    assert recognise(["fname_c1", "lname_c1", "by", "bm", "bd"])["born_day"] == "bd"
    assert recognise([" given_name", " family_name", " suburb", " gender", "source_dataset"])["list"] == "source_dataset"


def test_the_truth_is_never_a_feature():
    assert "name" not in recognise(["name", "first_name"], never=["name"])
    assert set(recognise(["cluster", "given"], never=["given"])) == set()


def test_overrides_win_and_wrong_ones_are_refused():
    assert recognise(["x", "surname"], {"family": "x"})["family"] == "x"
    assert "family" not in recognise(["surname", "given"], {"family": ""})
    with pytest.raises(WrongUse):
        recognise(["x"], {"nose": "x"})
    with pytest.raises(WrongUse):
        recognise(["x"], {"given": "y"})


@pytest.mark.parametrize(
    ("written", "precision", "text"),
    [
        ("2012-05-07", "day", "20120507"),
        ("19081209", "day", "19081209"),
        ("07/05/2012", "day", "20120507"),
        ("٢٠١٢-٠٥-٠٧", "day", "20120507"),
        ("2012-05", "month", None),
        ("2012", "year", None),
        ("2012-00-00", "year", None),
        ("1860-85-30", "impossible", "18608530"),
        ("2013-02-30", "impossible", "20130230"),
    ],
)
def test_dates_keep_their_precision(written, precision, text):
    date = read_date(written)
    assert (date.precision, date.text) == (precision, text)


def test_what_is_no_date_is_missing():
    assert read_date("unknown") is None
    assert read_date(None) is None


def _table(**columns):
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def test_fewer_than_two_records_are_refused():
    for count in (0, 1):
        with pytest.raises(BadInput, match="at least two records"):
            prepare(_table(given=["Ada"] * count), {"given": "given"})


def test_records_without_anything_to_compare_are_refused():
    with pytest.raises(BadInput, match="no field can tell persons apart"):
        prepare(_table(given=[None, "", "nan"], sex=["m", "f", "m"]), {"given": "given", "sex": "sex"})


def test_repeated_ids_are_kept_apart_and_counted():
    persons = prepare(_table(id=["a", "a", "b"], given=["Ada", "Ida", "Eva"]), {"record": "id", "given": "given"})
    assert sorted(persons.record_ids) == ["a", "a#2", "b"]
    assert persons.skipped["repeated ids inside a list, kept apart as #2, #3"] == 1


def test_ids_shared_by_lists_carry_the_list():
    persons = prepare(_table(id=["1", "1"], list=["x", "y"], given=["Ada", "Ida"]), {"record": "id", "list": "list", "given": "given"})
    assert sorted(persons.record_ids) == ["x/1", "y/1"]


def test_impossible_dates_are_counted_and_mixed_scripts_noted():
    persons = prepare(_table(given=["Ada", "محمد"], died=["2012-13-45", "2012-01-01"]), {"given": "given", "died": "died"})
    assert persons.skipped["dates that do not exist, compared by their digits only"] == 1
    assert any("more than one script" in note for note in persons.notes)
