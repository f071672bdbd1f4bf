"""Files are read as UTF-8 and whole rows, or not at all, and the message says where."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin.model.errors import BadInput, DatasetChanged
from tocsin.stages.collect import SourceFile, read_csv


def _rows(data: bytes, required=()):
    return list(read_csv(SourceFile.of("list.csv", data), required))


def test_a_byte_order_mark_is_accepted():
    assert SourceFile.of("a.txt", b"\xef\xbb\xbfabc").text() == "abc"


def test_a_file_in_another_encoding_is_refused_with_the_place_of_the_first_wrong_byte():
    with pytest.raises(BadInput) as found:
        SourceFile.of("a.txt", b"\xef\xbb\xbfcaf\xe9 noir").text()
    assert found.value.got == "byte 0xe9 at position 6"


def test_a_text_cut_in_the_middle_of_a_character_is_called_cut_short():
    with pytest.raises(BadInput, match="cut short"):
        SourceFile.of("a.txt", "سلمورا".encode()[:-1]).text()


@pytest.mark.parametrize("data", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(BadInput, match="empty"):
        SourceFile.of("a.txt", data).text()


def test_a_missing_column_is_named_with_what_was_expected_and_found():
    with pytest.raises(DatasetChanged) as found:
        _rows(b"date,place,fatalities\n2020-01-01,x,1\n", ("date", "place", "casualties"))
    assert 'column "casualties" is missing' in str(found.value)
    assert "Expected: date, place, casualties. Got: date, place, fatalities." in str(found.value)


def test_a_row_cut_short_is_refused_with_its_line():
    with pytest.raises(BadInput) as found:
        _rows(b"a,b,c\n1,2,3\n4,5\n")
    assert found.value.where == "list.csv, line 3"


def test_a_quote_that_never_ends_is_refused():
    with pytest.raises(BadInput, match="not a whole CSV file"):
        _rows(b'a,b\n1,"never\n2,3\n')


def test_a_repeated_column_is_refused():
    with pytest.raises(BadInput, match="two columns"):
        _rows(b"a,a\n1,2\n")


def test_what_nobody_read_stops_the_collection_unless_it_is_ignored_on_purpose():
    (record,) = _rows(b"a,new\n1,2\n")
    record.pop("a")
    with pytest.raises(DatasetChanged, match='"new" is not understood'):
        record.audit()
    record.audit({"new": "an internal number of the publisher"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-01-11", (dt.date(2013, 1, 11), "day")),
        ("2013-01", (dt.date(2013, 1, 1), "month")),
        ("2013", (dt.date(2013, 1, 1), "year")),
        ("", (None, "unknown")),
    ],
)
def test_a_date_keeps_its_precision(text, expected):
    (record,) = _rows(f"d,x\n{text},1\n".encode())
    assert record.date("d") == expected


@pytest.mark.parametrize("text", ["2013-13-01", "11/01/2013", "20130111", "2013-02-30", "yesterday"])
def test_what_is_no_date_is_refused_without_repeating_it(text):
    (record,) = _rows(f"d,x\n{text},1\n".encode())
    with pytest.raises(BadInput) as found:
        record.date("d")
    assert text not in str(found.value)


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "inf", "nan1"])
def test_what_is_no_count_is_refused(text):
    (record,) = _rows(f"n,x\n{text},1\n".encode())
    with pytest.raises(BadInput):
        record.count("n")


def test_missing_values_are_none_and_never_zero():
    (record,) = _rows(b"n,m,x\nNA,,1\n")
    assert record.count("n") is None
    assert record.number("m") is None
