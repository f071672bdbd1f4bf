"""Fixtures for tests of what people do: a workspace with one small run, users, and both databases.

Named in `tests/conftest.py`, so that every test may use them. `records` gives an empty store on SQLite; a test marked
with `both_engines` runs on SQLite and PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tocsin.flow.editions import Masthead, build_editions
from tocsin.model import tables
from tocsin.model.ids import stable_id
from tocsin.storage import Workspace

TODAY = dt.datetime.now(dt.UTC).date()
ITEM = "a" * 64
PASSWORD = "a long pass phrase for tests"
PAIR = stable_id("par", "selmora", 1)
REAL_PAIR = stable_id("par", "real", 1)
DRAFT = stable_id("dra", "selmora", 1)
REAL_DRAFT = stable_id("dra", "real", 1)
STALE_DRAFT = stable_id("dra", "stale", 1)
EDITION = stable_id("pub", "digest", "digest/digest.html", TODAY)
EDITION_TEXT = stable_id("pub", "digest", "digest/digest.txt", TODAY)
REAL_EDITION = stable_id("pub", "monitor", "monitor/monitor.html", TODAY)
OPEN_EDITION = stable_id("pub", "brief", "html")
EVENT = stable_id("evt", "selmora", 1)
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def build_workspace(root: Path, *, pairs: int = 1) -> Workspace:
    """Make a demo workspace with one finished run: drafts and editions, `pairs` invented pairs, and a real one."""
    workspace = Workspace.create(root, demo=True)
    warn, link, publish = (workspace.stage_folder(n, s, "r1") for n, s in ((6, "warn"), (3, "link"), (8, "publish")))
    workspace.write_stage(link, {"persons": _persons(pairs), "pairs": _pairs(pairs)}, {}, {"stage": "link"})
    workspace.write_stage(warn, {"drafts": _drafts()}, {}, {"stage": "warn"})
    collect = workspace.stage_folder(1, "collect", "r1")
    collected = {"documents": _documents(), "situations": _situations(), "events": _events()}
    workspace.write_stage(collect, collected, {}, {"stage": "collect"})
    written = {**collected, "drafts": _drafts()}
    editions = build_editions(lambda name: written.get(name, tables.empty(name)), Masthead(TODAY))
    files = {file.path: file.data for file in editions.files}
    publications = tables.from_rows("publications", [*(file.row for file in editions.files), _brief()])
    workspace.write_stage(publish, {"publications": publications}, {**files, "brief.html": b"brief"}, {"stage": "publish"})
    stages = {"collect": collect, "link": link, "warn": warn, "publish": publish}
    relative = {name: folder.relative_to(root).as_posix() for name, folder in stages.items()}
    workspace.finish_run({"run": "r1", "as_of": TODAY.isoformat(), "seed": 1, "engine": "duckdb", "code": "t", "stages": relative})
    return workspace


def _events() -> Any:
    about = {"dataset": "test", "item": ITEM, "locator": "row 1", "situation": "selmora", "territory": "XSE", "invented": True}
    return tables.from_rows("events", [{"id": EVENT, **about}])


def _persons(pairs: int) -> Any:
    rows = [
        {"id": stable_id("per", place, n), "dataset": place, "item": ITEM, "locator": f"row {n}", "invented": invented}
        for place, invented, count in (("selmora", True, pairs), ("real", False, 1))
        for n in range(1, 2 * count + 1)
    ]
    known = tables.TABLES["persons"]
    obligatory = {f.name: "x" for f in known if not f.nullable}
    return tables.from_rows("persons", [{**obligatory, **row} for row in rows])


def _pairs(pairs: int) -> Any:
    about = {"inputs": [f"itm-{ITEM}"], "method": "splink", "entity": "person", "probability": 0.7, "weight": 1.2}
    wanted = [("selmora", n) for n in range(1, pairs + 1)] + [("real", 1)]
    return tables.from_rows(
        "pairs",
        [
            {"id": stable_id("par", place, n), **about, "left": stable_id("per", place, 2 * n), "right": stable_id("per", place, 2 * n - 1)}
            for place, n in wanted
        ],
    )


def _drafts() -> Any:
    about = {
        "inputs": [f"itm-{ITEM}"],
        "method": "draft",
        "headline": "Rise in attacks on civilians",
        "description": "Three signals in two weeks.",
        "addressee": "Regional early-warning desk",
        "ask": "Send an observer mission",
        "due": TODAY + dt.timedelta(days=10),
        "trigger_date": TODAY + dt.timedelta(days=60),
        "standard_of_proof": "reasonable_grounds_to_suspect",
        "stale": False,
    }
    return tables.from_rows(
        "drafts",
        [
            {"id": DRAFT, **about, "territory": "XSE", "situation": "selmora", "invented": True},
            {"id": REAL_DRAFT, **about, "territory": "FIN", "invented": False},
            {"id": STALE_DRAFT, **about, "territory": "XSE", "invented": True, "stale": True},
        ],
    )


def _documents() -> Any:
    """Return one issue of the invented digest with an item in each of two sections."""
    about = {"dataset": "selmora", "item": ITEM, "invented": True, "date": TODAY, "date_precision": "day", "language": "en"}
    issue = stable_id("doc", "issue")
    items = [
        {"id": stable_id("doc", n), "kind": "item", "parent": issue, "number": 1, "section": n, "title": f"A report on Selmora {n}"}
        for n in ("I", "II")
    ]
    rows = [{"id": issue, "kind": "digest", "title": "An issue"}, *items]
    return tables.from_rows("documents", [{**about, **row, "locator": f"characters {n}"} for n, row in enumerate(rows)])


def _situations() -> Any:
    about = {"dataset": "test", "item": ITEM, "locator": "row 1"}
    finland = {"id": stable_id("sit", "fin"), "slug": "finland-2020", "title": "Finland", "territory": "FIN", "invented": False}
    selmora = {"id": stable_id("sit", "selmora"), "slug": "selmora", "title": "Selmora", "territory": "XSE", "invented": True}
    return tables.from_rows("situations", [{**about, **finland}, {**about, **selmora}])


def _brief() -> dict[str, Any]:
    """Return a file of an edition that the release gate holds back."""
    return {
        "id": OPEN_EDITION,
        "inputs": [f"itm-{ITEM}"],
        "method": "write-brief",
        "parameters": '{"findings": [{"what": "a cell of 2 persons"}]}',
        "kind": "brief",
        "title": "Selmora brief",
        "edition": TODAY,
        "path": "brief.html",
        "media_type": "text/html",
        "sha256": hashlib.sha256(b"brief").hexdigest(),
        "state": "draft",
        "invented": True,
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of a workspace with one finished run."""
    root = tmp_path / "workspace"
    build_workspace(root)
    monkeypatch.setenv("TOCSIN_HOME", str(root))
    return root


@pytest.fixture
def records(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a workspace whose records are an empty SQLite database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield from _opened(home)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def both_engines(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a workspace whose records are an empty database: once SQLite, once PostgreSQL."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgres_url")())
    yield from _opened(home)


def _opened(home: Path) -> Iterator[Path]:
    from tocsin.cli.django import ready

    ready(home)
    from django.core.cache import cache
    from django.db import connections
    from django.template import engines

    cache.clear()
    frame = str(Path(__file__).parent / "templates")
    if frame not in engines["django"].engine.dirs:  # the real base.html, where it is there, comes first
        engines["django"].engine.dirs.append(frame)
    yield home
    connections.close_all()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[Callable[[], str]]:
    """Return a function that makes a new database on a PostgreSQL server of this test session's own and gives its URL."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL's programs are not installed (no /usr/lib/postgresql/*/bin/initdb)")
    programs = PROGRAMS[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    as_owner = _owner(folder)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, capture_output=True, cwd=folder)

    run(str(programs / "initdb"), "-D", str(data), "-U", "tocsin", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
    run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    made = iter(range(10_000))

    def new() -> str:
        name = f"t{next(made)}"
        run(str(programs / "createdb"), "-h", str(folder), "-U", "tocsin", name)
        return f"postgresql:///{name}?host={folder}&user=tocsin"

    try:
        yield new
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> list[str]:
    """Return what to put before a command: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("PostgreSQL does not run as root, and setpriv is not here")
    shutil.chown(folder, "nobody")
    folder.chmod(0o755)
    return [setpriv, "--reuid=nobody", "--clear-groups", "--"]


@pytest.fixture
def person() -> Callable[..., Any]:
    """Return a function that makes a user with a role."""
    from tocsin.accounts.models import User

    def make(role: str, name: str | None = None, *, demo: bool = False) -> Any:
        number = User.objects.count()
        user = User(username=name or f"{role}{number}", role=role, demo=demo)
        user.set_unusable_password()
        user.save()
        return user

    return make


def tamper(statement: str) -> None:
    """Change the database as someone with full access to it could: without the triggers."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute(statement)


def vouch() -> None:
    """Let the audit vouch for the accounts that `person` made past it."""
    from tocsin.records.accounts import note_all_accounts
    from tocsin.records.ledger import ledger

    with ledger("test", "note_accounts") as book:
        note_all_accounts(book)


__all__ = ["both_engines", "home", "person", "postgres_url", "records"]
