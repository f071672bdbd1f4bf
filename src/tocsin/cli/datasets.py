"""`tocsin datasets`: what can be collected, from whom, under which licence, and when it last was."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.cli.common import JsonOption, home, out, print_json


def datasets(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Show one dataset in full.")] = None, as_json: JsonOption = False
) -> None:
    """List what can be collected: publisher, licence, cadence, last run, and whether it needs a key."""
    from tocsin.flow.datasets import describe_datasets

    root = home()
    rows = describe_datasets(root if (root / "workspace.json").exists() else None, name)
    if as_json:
        print_json(rows)
    elif name is None:
        _print_list(rows)
    else:
        _print_one(rows[0])


def _print_list(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table("Name", "Publisher", "Licence", "Renewed", "Last collected", "Needs a key")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(
            row["name"],
            row["publisher"],
            row["licence"],
            row["cadence"],
            (row["collected_at"] or "never")[:10],
            "yes" if row["secrets"] else "no",
        )
    out.print(table)
    out.print("More about one: tocsin datasets NAME", markup=False)


def _print_one(row: dict[str, Any]) -> None:
    for key, value in row.items():
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        if text not in (None, "", {}):
            out.print(f"{key.replace('_', ' ').capitalize()}: {text}", markup=False)
