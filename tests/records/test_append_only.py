"""History can be added to, and changed by nobody: neither through the ORM nor in the database."""

from __future__ import annotations

import pytest
from people import PAIR

from tocsin.model.errors import Refused


@pytest.fixture
def judged(both_engines, person):
    from tocsin.flow.actions import judge_pair

    return judge_pair(person("analyst"), PAIR, "unsure")


def test_the_orm_refuses_every_way_to_change_history(judged):
    from tocsin.records.models import Judgement

    judged.why = "changed"
    rows = Judgement.objects.filter(id=judged.id)
    for attempt in (
        judged.save,
        judged.delete,
        rows.delete,
        Judgement.objects.create,
        lambda: rows.update(why="changed"),
        lambda: Judgement.objects.bulk_create([judged]),
        lambda: Judgement.objects.bulk_update([judged], ["why"]),
        lambda: Judgement._base_manager.filter(id=judged.id).update(why="changed"),
    ):
        with pytest.raises(Refused, match="append-only"):
            attempt()
    assert Judgement.objects.get(id=judged.id).why == ""


def test_the_database_refuses_to_change_history(judged):
    from django.db import DatabaseError, connection

    statements = [
        "UPDATE records_judgement SET why = 'changed'",
        "DELETE FROM records_judgement",
        "UPDATE records_auditentry SET who = 'usr-other'",
        "DELETE FROM records_citation",
    ]
    statements += ["TRUNCATE records_judgement"] if connection.vendor == "postgresql" else []
    statements += ["REPLACE INTO records_judgement SELECT * FROM records_judgement"] if connection.vendor == "sqlite" else []
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_every_table_of_history_has_its_triggers(both_engines):
    from django.db import connection

    from tocsin.records.models import HISTORY, AuditEntry, Citation

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE '%append_only%' GROUP BY 1")
        else:
            cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1")
        guarded = dict(cursor.fetchall())
    tables = {model._meta.db_table for model in (*HISTORY, AuditEntry, Citation)}
    assert guarded == dict.fromkeys(tables, 2)


def test_every_kind_of_history_is_in_the_list():
    import django.apps

    from tocsin.records.history import History
    from tocsin.records.models import HISTORY

    assert {m for m in django.apps.apps.get_app_config("records").get_models() if issubclass(m, History)} == set(HISTORY)


def test_an_act_without_an_audit_entry_leaves_nothing(both_engines):
    from tocsin.records.ledger import ledger
    from tocsin.records.models import Situation

    with pytest.raises(RuntimeError, match="audit"), ledger("usr-1", "test") as book:
        book.add(Situation(situation="selmora", territory="XSE"))
    assert Situation.objects.count() == 0


def test_ids_are_opaque_and_say_their_kind(judged):
    assert judged.id.startswith("jud-")
    assert len(judged.id) == 20
    assert judged.who.startswith("usr-")
