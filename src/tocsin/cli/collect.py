"""`tocsin collect`: get the files of a dataset, check them, and preserve them by hash."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, as_called, out, parse_day, print_json, workspace_made


def collect(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The dataset; see: tocsin datasets")],
    source: Annotated[str | None, typer.Option("--from", metavar="FILE|DIR|URL", help="Where its files are; default what ships.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day by which the world could know them; default today.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Drop the files that were collected earlier instead of adding to them.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Get the files of a dataset, check them and preserve them; a failed check leaves the workspace as it was."""
    from tocsin.flow.collect import Request
    from tocsin.flow.collect import collect as collect_dataset

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    done = collect_dataset(workspace_made(), name, Request(source, parse_day(as_of), replace), now)
    if as_json:
        counts = {"rows": dict(done.rows), "skipped": dict(done.skipped)}
        print_json({"dataset": done.dataset, "files": done.files, **counts, "new": done.new})
        return
    rows = ", ".join(f"{count:,} {table}" for table, count in done.rows.items()) or "no rows"
    out.print(f"{done.dataset}: {done.files:,} {'file' if done.files == 1 else 'files'}, {rows}.", markup=False)
    for reason, count in done.skipped.items():
        out.print(f"Left out: {count:,} {reason}.", markup=False)
    out.print(as_called("Next: tocsin run") if done.new else "All of it was here already; nothing was changed.", markup=False)
