"""Triggers that refuse to change or remove history, for SQLite and PostgreSQL.

A migration that adds a table of history calls `protect` for it; a test fails for a table that has no triggers.
SQLite drops a table's triggers when a migration rebuilds the table: such a migration calls `protect` again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_MESSAGE = "records are append-only"


def protect(editor: BaseDatabaseSchemaEditor, tables: Sequence[str]) -> None:
    """Put the triggers on each of `tables`."""
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(_FUNCTION, params=None)
    for table in tables:
        for statement in _postgresql(table) if vendor == "postgresql" else _sqlite(table):
            editor.execute(statement, params=None)


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION tocsin_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_MESSAGE}: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def _postgresql(table: str) -> Iterator[str]:
    name = f"{table}_append_only"
    yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
    yield f'DROP TRIGGER IF EXISTS "{name}_all" ON "{table}"'
    yield f'CREATE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION tocsin_append_only()'
    yield f'CREATE TRIGGER "{name}_all" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION tocsin_append_only()'


def _sqlite(table: str) -> Iterator[str]:
    for operation in ("UPDATE", "DELETE"):
        name = f"{table}_no_{operation.lower()}"
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" BEGIN SELECT RAISE(ABORT, \'{_MESSAGE}\'); END'
