"""One table of a run in a common format, as far as the release gate lets it out."""

from __future__ import annotations

from pathlib import Path

from tocsin.model.errors import WrongUse
from tocsin.stages.publish import OPEN_TABLES, TABLE_FORMATS, open_table
from tocsin.storage import Snapshot
from tocsin.storage.atomic import write_bytes

FORMATS = tuple(TABLE_FORMATS)


def export_table(snapshot: Snapshot, name: str, form: str, target: Path) -> int:
    """Write table `name` to `target` and return how many rows went out.

    Raises:
        WrongUse: the table may not leave, the format is unknown, or the file is there already.
    """
    if form not in FORMATS:
        raise WrongUse("no such format", "export", ", ".join(FORMATS), form[:20])
    if name not in OPEN_TABLES:
        raise WrongUse("this table does not leave through an export", "export", ", ".join(OPEN_TABLES), name[:40])
    if target.exists():
        raise WrongUse("a file of this name is there already", str(target), "a new name", "an existing file", "Choose another name.")
    data, rows = open_table(name, snapshot.table(name), form)
    write_bytes(target, data, 0o644)
    return rows
