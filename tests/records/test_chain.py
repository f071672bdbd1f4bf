"""Whatever is done to the records past the verbs is found."""

from __future__ import annotations

import pytest
from people import PAIR, tamper


@pytest.fixture
def history(both_engines, person):
    from tocsin.flow.actions import judge_pair

    for role in ("analyst", "verifier", "analyst"):
        judge_pair(person(role), PAIR, "positive", "same father and town")


def test_an_untouched_chain_is_whole(history):
    from tocsin.records.verification import broken_links, end_of_chain

    assert list(broken_links()) == []
    assert list(broken_links(noted=end_of_chain()[1])) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE records_auditentry SET who = 'usr-other' WHERE sequence = 2", "audit entry 2: its content was changed"),
        ("UPDATE records_auditentry SET at = '2001-01-01 00:00:00+00:00' WHERE sequence = 2", "audit entry 2: its content was changed"),
        ("UPDATE records_auditentry SET previous = hash WHERE sequence = 2", "audit entry 2: does not follow"),
        ("DELETE FROM records_auditentry WHERE sequence = 2", "audit entry 2: missing"),
        ("DELETE FROM records_citation WHERE entry_id = 1", "audit entry 1: its citations were changed"),
        ("UPDATE records_judgement SET judgement = 'negative' WHERE entry = 3", "its content differs"),
        ("UPDATE records_judgement SET at = '2001-01-01 00:00:00+00:00' WHERE entry = 3", "its content differs"),
        ("DELETE FROM records_judgement WHERE entry = 1", "missing from the records"),
        (
            "INSERT INTO records_situation (id, at, who, entry, situation, territory, invented) "
            "VALUES ('wat-1', '2001-01-01 00:00:00+00:00', 'usr-x', 2, 'x', 'XSE', FALSE)",
            "wat-1: no audit entry names it",
        ),
    ],
)
def test_tampering_is_found(history, statement, found):
    from tocsin.records.verification import broken_links

    tamper(statement)
    assert found in next(broken_links()), "the first message names the first broken link"


def test_cutting_off_the_newest_entries_is_found_with_a_noted_hash(history):
    from tocsin.records.verification import broken_links, end_of_chain

    noted = end_of_chain()[1]
    tamper("DELETE FROM records_citation WHERE entry_id = 3")
    tamper("DELETE FROM records_auditentry WHERE sequence = 3")
    tamper("DELETE FROM records_judgement WHERE entry = 3")
    assert list(broken_links()) == [], "the shortened chain looks whole by itself"
    assert "entries were removed" in next(broken_links(noted=noted))
