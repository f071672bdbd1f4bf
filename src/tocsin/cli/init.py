"""`tocsin init`: a workspace that already holds the bundled data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, as_called, home, out, print_json


def init(
    directory: Annotated[Path | None, typer.Argument(help="Where; default TOCSIN_HOME or ./tocsin-workspace.")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Without the bundled data and without the invented country.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace; it holds the bundled data, so that `tocsin run` works at once."""
    from tocsin.flow.setup import create_workspace

    root = directory or home()
    create_workspace(root, bundled=not empty)
    if as_json:
        print_json({"workspace": str(root), "bundled": not empty})
        return
    out.print(f"A workspace is ready in {root}.", markup=False)
    out.print(as_called("Next: tocsin run"), markup=False)
