"""What every command shares: the workspace, output for people or machines, and how errors end."""

from __future__ import annotations

import datetime as dt
import errno
import json
import math
import os
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from tocsin.model.errors import TocsinError, WorkspaceProblem, WrongUse

if TYPE_CHECKING:
    from tocsin.storage import Snapshot, Workspace

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str = "") -> None:
    """Print one line, broken between words where the terminal ends; what is broken off stands further in."""
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    for part in textwrap.wrap(line, out.width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]:
        out.print(part, markup=False)


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines instead of text.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Use only what the world could know by this day (YYYY-MM-DD); default today.")
]
SeedOption = Annotated[int, typer.Option(min=0, help="Seed of everything that is drawn at random.")]


def home() -> Path:
    """Return where the workspace is: TOCSIN_HOME, or ./tocsin-workspace."""
    return Path(os.environ.get("TOCSIN_HOME", "tocsin-workspace"))


def workspace() -> Workspace:
    """Open the workspace of this user."""
    from tocsin.storage import Workspace

    return Workspace.open(home())


def workspace_made() -> Workspace:
    """Return the workspace; where there is none yet, make one with the bundled data and say so on the error stream."""
    from tocsin.flow.setup import create_workspace

    if not (home() / "workspace.json").exists():
        err.print(f"Making a workspace with the bundled data in {home()} ...", markup=False)
        create_workspace(home(), bundled=True)
    return workspace()


def finished_run() -> Snapshot:
    """Return the newest run of this user's workspace.

    Raises:
        WorkspaceProblem: there is no workspace, or nothing has been run.
    """
    snapshot = workspace().snapshot()
    if snapshot is None:
        raise WorkspaceProblem("nothing has been run yet", expected="a finished run", got="none", todo="Run: tocsin run")
    return snapshot


def counted(count: int, table: str) -> str:
    """Return a number of rows with the name of their table.

    >>> counted(1, "input_sets"), counted(2, "sensitivities"), counted(1, "sensitivities")
    ('1 input set', '2 sensitivities', '1 sensitivity')
    """
    noun = table.replace("_", " ")
    if count == 1:
        noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"{count:,} {noun}"


def as_called(text: str) -> str:
    """Return `text` with `tocsin` as it can be typed here: by its path where the short name is not known, as after `make run`."""
    if shutil.which("tocsin") is not None:
        return text
    called = Path(sys.argv[0])
    name = str(called) if called.name == "tocsin" else "python -m tocsin"
    return re.sub(r"(?<![\w/])tocsin (?=[a-z])", lambda _: f"{name} ", text)


def print_json(value: Any) -> None:
    """Print `value` as JSON on standard output; what is not a finite number is null, for JSON knows no NaN."""
    typer.echo(json.dumps(_finite(value), ensure_ascii=False, indent=1, default=str, allow_nan=False))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, (list, tuple)) else value


def parse_day(text: str | None, option: str = "--as-of") -> dt.date:
    """Return the day that `text` names; today in UTC where it is None."""
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse("not a date", option, "YYYY-MM-DD", text[:40]) from error


def of_the_disk(error: OSError) -> TocsinError:
    """Return what to tell about a file or a disk that did not do what was asked."""
    where = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        todo = "Free some space, then run the command again; what was finished before stands."
        return WorkspaceProblem("the disk is full, or the file would be larger than allowed", where, "room to write", "none", todo)
    got = error.strerror or type(error).__name__
    return WorkspaceProblem("a file can't be read or written", where, "a file or folder that may be used", got, "Check its permissions.")
