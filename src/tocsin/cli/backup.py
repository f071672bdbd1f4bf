"""`tocsin backup` and `tocsin restore`: a whole workspace in one file, and back."""

from __future__ import annotations

import datetime as dt
import os
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, as_called, out, print_json, workspace

if TYPE_CHECKING:
    from tocsin.flow.backup import BackupReport


def backup(file: Annotated[Path, typer.Argument(help="A new file, such as tocsin-backup.zip.")], as_json: JsonOption = False) -> None:
    """Write the whole workspace into one file: preserved files, custody log, tables, and what people wrote."""
    from tocsin.flow.backup import back_up

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    report = back_up(workspace(), file, now, database=bool(os.environ.get("DATABASE_URL")))
    if as_json:
        print_json(asdict(report))
        return
    out.print(f"{report.files:,} files are in {file} ({report.size / 1e6:.1f} MB).", markup=False)
    _print_records(report)
    if report.keys:
        out.print(f"It holds {report.keys} keys of sealed cases: keep it where the workspace itself would be safe.", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(readable=False, help="A file that tocsin backup wrote.")],
    directory: Annotated[Path, typer.Argument(help="Where; a new or empty folder.")],
    as_json: JsonOption = False,
) -> None:
    """Put a workspace back from a backup; every hash is checked first, and nothing is overwritten."""
    from tocsin.flow.backup import restore as restore_workspace

    report = restore_workspace(file, directory)
    if as_json:
        print_json(asdict(report))
        return
    out.print(f"{report.files:,} files are back in {directory}; every hash is right.", markup=False)
    _print_records(report)
    out.print(as_called(f"Next: TOCSIN_HOME={shlex.quote(str(directory))} tocsin verify, then tocsin run"), markup=False)


def _print_records(report: BackupReport) -> None:
    if report.records == "elsewhere":
        out.print("What people wrote lies in PostgreSQL and is NOT in this file. Save it with: pg_dump --format=custom", markup=False)
