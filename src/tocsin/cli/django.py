"""Sets Django up for a command, in one place and only where a command needs what people wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.cli.common import home

if TYPE_CHECKING:
    import pyarrow as pa


def ready(root: Path | None = None) -> None:
    """Make records and accounts usable on the workspace at `root`; a database that is new or older is brought up to date.

    Raises:
        WorkspaceProblem: there is no workspace, or the database can't be reached.
    """
    from tocsin.storage import Workspace

    root = (root or home()).resolve()
    Workspace.open(root)
    _point_at(root)
    _migrate()
    own = root / "records.sqlite3"
    if own.exists():
        own.chmod(0o600)


def records_exist(root: Path | None = None) -> bool:
    """Return True where somebody may have written something; needs no Django."""
    return bool(os.environ.get("DATABASE_URL")) or ((root or home()) / "records.sqlite3").exists()


def written(root: Path | None = None) -> dict[str, pa.Table]:
    """Return what people wrote, for `flow.pipeline.run`; nothing, and no Django, where there are no records yet."""
    if not records_exist(root):
        return {}
    ready(root)
    from tocsin.flow.records import read_records

    return read_records()


def _point_at(root: Path) -> None:
    os.environ["TOCSIN_HOME"] = str(root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tocsin.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from tocsin.flow.place import move_to

    move_to(root)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    from tocsin.model.errors import WorkspaceProblem

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        reason = str(error).splitlines()[0].split(":")[-1].strip()
        own = connection.vendor == "sqlite"
        todo = (
            "Check the room on the disk and the permissions of the workspace." if own else "Check DATABASE_URL, and that the server runs."
        )
        where = "records.sqlite3" if own else connection.vendor
        raise WorkspaceProblem("the database of records can't be used", where, "a database that answers", reason, todo) from error
