"""`tocsin import`: what people wrote elsewhere, into an empty database of this workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, out, print_json
from tocsin.cli.django import ready
from tocsin.model.errors import WrongUse


def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="records: a file that `tocsin export records` wrote.")],
    file: Annotated[Path, typer.Argument(readable=False, help="The file.")],
    as_json: JsonOption = False,
) -> None:
    """Put exported records and accounts into an empty database, all or none; for files of a dataset use `tocsin collect`."""
    if form != "records":
        raise WrongUse("no such format", "import", "records", form[:20], "For files of a dataset: tocsin collect NAME --from FILE")
    ready()
    from tocsin.flow.transfer import import_records

    done = import_records(file)
    if as_json:
        print_json({"format": form, "entries": done.entries, "accounts": done.accounts, "end_of_chain": done.end})
        return
    out.print(
        f"{done.entries:,} audit entries with their records and {done.accounts:,} accounts are here; the chain is whole.", markup=False
    )
    out.print("Next: tocsin verify", markup=False)
