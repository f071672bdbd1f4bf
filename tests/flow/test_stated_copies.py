"""What a list says of its own duplicates is taken as said, unless people at the desk said otherwise."""

from __future__ import annotations

from tocsin.flow.stated_copies import UNKNOWN, stated_copies
from tocsin.model import tables


def persons(*records):
    rows = [
        {"id": f"per-{name}-{record}", "dataset": "ours", "item": "0" * 64, "locator": "row 1", "list": name, "record": record, "duplicate_of": of}
        for name, record, of in records
    ]  # fmt: skip
    return tables.from_rows("persons", rows)


def test_a_duplicate_names_a_record_of_its_own_list_or_of_another():
    found, unknown = stated_copies(persons(("a", "1", None), ("a", "2", "1"), ("b", "1", "a/2"), ("b", "2", "1")), [])
    assert found == [("per-a-1", "per-a-2", "positive"), ("per-a-2", "per-b-1", "positive"), ("per-b-1", "per-b-2", "positive")]
    assert unknown == {}


def test_a_duplicate_of_nothing_is_counted_and_joins_nobody():
    found, unknown = stated_copies(persons(("a", "1", "9"), ("a", "2", "c/1"), ("a", "3", "3")), [])
    assert found == [] and unknown == {UNKNOWN: 3}


def test_what_people_judged_wins():
    rows = persons(("a", "1", None), ("a", "2", "1"))
    assert stated_copies(rows, [("per-a-1", "per-a-2")])[0] == []
