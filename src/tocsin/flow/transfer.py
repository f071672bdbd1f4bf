"""Moves what people wrote from one database to another: out into a file, and into an empty workspace or server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction

from tocsin.accounts.transfer import users_in, users_out
from tocsin.flow.accounts import note_moved_accounts
from tocsin.flow.given_files import given_bytes
from tocsin.model.errors import BadInput, WrongUse
from tocsin.records.accounts import broken_accounts, noted_accounts
from tocsin.records.transfer import rows_in, rows_out
from tocsin.records.verification import broken_links, end_of_chain
from tocsin.stages.collect import SourceFile
from tocsin.storage.atomic import write_bytes

FORMAT = "tocsin-records"
VERSION = 1


@dataclass(frozen=True)
class Moved:
    """Says what went out or came in; `end` is the hash at the end of the audit chain."""

    entries: int
    accounts: int
    end: str


def export_records(target: Path) -> Moved:
    """Write every record and account into `target`, readable by its owner alone.

    Raises:
        WrongUse: the file is there already.
        BadInput: the chain is not whole.
    """
    if target.exists():
        raise WrongUse("a file of this name is there already", str(target), "a new name", "an existing file", "Choose another name.")
    broken = next(chain(broken_links(), broken_accounts()), None)
    if broken is not None:
        raise BadInput("the chain of these records is not whole", "records", "a whole chain", broken, "Restore a backup first.")
    rows, users = list(rows_out()), list(users_out())
    entries, end = end_of_chain()
    head = {"format": FORMAT, "version": VERSION, "entries": entries, "end": end, "accounts": users}
    lines = [json.dumps(one, ensure_ascii=False) for one in (head, *rows)]
    write_bytes(target, ("\n".join(lines) + "\n").encode("utf-8"))
    return Moved(entries, len(users), end)


def import_records(source: Path) -> Moved:
    """Put the records and accounts of `source` into this workspace's empty database, all or none.

    Raises:
        BadInput: the file is no such export, or not whole.
        Refused: somebody has written here already.
    """
    lines = _lines(source)
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BadInput("not an export of records", str(source), "a file that tocsin export records wrote", "something else")
    if head.get("version") != VERSION:
        todo = "Install the version that wrote it. Nothing was changed."
        raise BadInput("another version wrote this export", str(source), f"version {VERSION}", f"version {head.get('version')}", todo)
    accounts = head.get("accounts")
    if not isinstance(accounts, list) or not isinstance(head.get("end"), str):
        raise BadInput("the first line of the export is not whole", str(source), "accounts and the end of the chain", "less")
    with transaction.atomic():
        users = users_in(accounts)
        entries = rows_in(lines, head["end"])
        broken = next(broken_accounts(), None) if noted_accounts() else None
        if broken is not None:
            raise BadInput("the accounts are not those of the chain", "accounts", "as the audit vouches for", broken, "Export them again.")
    note_moved_accounts()
    return Moved(entries, users, head["end"])


def _lines(source: Path) -> Iterator[Any]:
    """Yield the JSON of each line.

    Raises:
        BadInput: the file can't be read, or a line is no JSON object.
    """
    text = SourceFile.of(source.name, given_bytes(source, "a file that tocsin export records wrote")).text()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found = json.loads(line)
        except ValueError as error:
            raise BadInput("this line is not JSON", f"{source}, line {number}", "one JSON object a line", "something else") from error
        if not isinstance(found, dict):
            raise BadInput("this line is not a JSON object", f"{source}, line {number}", "one JSON object a line", type(found).__name__)
        yield found
