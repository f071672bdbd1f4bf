"""`tocsin collect`: get the files of a dataset, check them, and preserve them by hash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, as_called, counted, out, parse_day, print_json, workspace_made

if TYPE_CHECKING:
    from tocsin.flow.collect import Changes

#: So many files are named of each kind of change.
NAMED = 5


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
        changes = asdict(done.changes) if done.changes else None
        print_json({"dataset": done.dataset, "files": done.files, **counts, "new": done.new, "changes": changes})
        return
    rows = ", ".join(counted(count, table) for table, count in done.rows.items()) or "no rows"
    out.print(f"{done.dataset}: {counted(done.files, 'files')}, {rows}.", markup=False)
    for reason, count in done.skipped.items():
        out.print(f"Left out: {count:,} {reason}.", markup=False)
    if done.changes is not None and done.new:
        out.print(_since(done.changes), markup=False)
    out.print(as_called("Next: tocsin run") if done.new else "All of it was here already; nothing was changed.", markup=False)


def _since(changes: Changes) -> str:
    """Return what is different from the collection before."""
    gone = "not delivered again and kept (--replace drops them)" if changes.kept else "not delivered again and no longer part of it"
    parts = [
        f"{len(names):,} {what}: {_named(names)}"
        for what, names in (("new", changes.added), ("changed", changes.changed), (gone, changes.not_delivered))
        if names
    ]
    return f"Since the last collection: {'; '.join([*parts, f'{changes.same:,} as before'])}."


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
