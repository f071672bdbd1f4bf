"""A name leaves only with consent, of a verified record, and while no record of the person says no."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import tables
from tocsin.model.casualties import CONSENTS, STATUSES
from tocsin.stages.publish import NAMED_TABLE, OPEN_TABLES, named, open_data_files

TODAY = dt.date(2026, 11, 21)
RECORDS = st.lists(
    st.tuples(st.sampled_from(STATUSES), st.sampled_from([*CONSENTS, None]), st.integers(0, 3), st.sampled_from(["Invented Qarmul", None])),
    max_size=12,
)


def persons(records):
    rows = [
        {"id": f"per-{n}", "dataset": "ours", "item": "0" * 64, "locator": f"row {n}", "list": "a", "record": str(n), "name": name,
         "place": "Tashirun", "status": status, "consent": consent, "invented": True}
        for n, (status, consent, _, name) in enumerate(records)
    ]  # fmt: skip
    return tables.from_rows("persons", rows)


def clusters(records, draw=0):
    rows = [
        {"id": f"clu-{draw}-{n}", "inputs": [f"per-{n}"], "method": "splink", "entity": "persons", "draw": draw, "record_id": f"per-{n}",
         "cluster_id": f"person-{person}"}
        for n, (_, _, person, _) in enumerate(records)
    ]  # fmt: skip
    return tables.from_rows("clusters", rows)


@given(RECORDS)
def test_only_verified_records_with_consent_and_no_refusal_of_the_person_are_named(records):
    out = {row["id"] for row in named(persons(records), clusters(records)).to_pylist()}
    refusing = {person for _, consent, person, _ in records if consent == "refused"}
    for n, (status, consent, person, name) in enumerate(records):
        may = status == "verified" and consent == "given" and person not in refusing and name is not None
        assert (f"per-{n}" in out) == may


def test_a_record_that_nobody_linked_speaks_for_itself():
    records = [("verified", "given", 0, "Invented Qarmul"), ("verified", "refused", 0, "Invented Karmul")]
    assert named(persons(records), clusters([])).column("id").to_pylist() == ["per-0"]
    assert named(persons(records), clusters(records)).num_rows == 0


def test_the_best_single_answer_says_who_is_who_whatever_a_draw_says():
    records = [("verified", "given", 0, "Invented Qarmul"), ("verified", "refused", 0, "Invented Karmul")]
    apart = [(status, consent, n, name) for n, (status, consent, _, name) in enumerate(records)]
    assert named(persons(records), tables.concat("clusters", [clusters(records), clusters(apart, draw=1)])).num_rows == 0
    assert named(persons(records), tables.concat("clusters", [clusters(apart), clusters(records, draw=1)])).num_rows == 1


def test_what_leaves_is_the_name_and_the_day_and_opens_back_to_the_record():
    records = [("verified", "given", 0, "Invented Qarmul")]
    table = named(persons(records), clusters(records))
    files = open_data_files({NAMED_TABLE: table}, {}, TODAY, "draft")
    assert [file.path for file in files] == ["open-data/named_with_consent.csv", "open-data/named_with_consent.parquet"]
    assert files[0].row["inputs"] == ["per-0"] and files[0].row["invented"]
    assert b"Invented Qarmul" in files[0].data and b"Tashirun" not in files[0].data


def test_nobody_is_named_where_nobody_agreed():
    assert (
        open_data_files({NAMED_TABLE: named(persons([("verified", None, 0, "Invented Qarmul")]), clusters([]))}, {}, TODAY, "draft") == []
    )
    assert NAMED_TABLE not in OPEN_TABLES
