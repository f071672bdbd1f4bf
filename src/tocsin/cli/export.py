"""`tocsin export`: one table of the newest run through the release gate, or what people wrote, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, finished_run, out, print_json
from tocsin.cli.django import ready
from tocsin.model.errors import WrongUse

RECORDS = "records"


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, parquet or json for a table; records for what people wrote.")],
    table: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="Which table, such as figures or forecasts.")] = None,
    file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A new file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write one publishable table of the newest run, or every record and account, into a new file."""
    if file is None:
        raise WrongUse("the file is not named", "--out", "a new file", "nothing")
    if form == RECORDS:
        if table is not None:
            raise WrongUse("records go out whole", "export records", "no table", table[:40])
        _records(file, as_json)
        return
    if table is None:
        raise WrongUse("the table is not named", f"export {form[:20]}", "TABLE, such as figures", "nothing")
    from tocsin.flow.open_table import export_table

    rows = export_table(finished_run(), table, form, file)
    if as_json:
        print_json({"format": form, "table": table, "rows": rows, "file": str(file)})
        return
    out.print(
        f"{rows:,} rows of {table} are in {file}. Nobody signed them: what is published is at tocsin publish open-data.", markup=False
    )


def _records(file: Path, as_json: bool) -> None:
    ready()
    from tocsin.flow.transfer import export_records

    done = export_records(file)
    if as_json:
        print_json({"format": RECORDS, "entries": done.entries, "accounts": done.accounts, "end_of_chain": done.end, "file": str(file)})
        return
    out.print(f"{done.entries:,} audit entries with their records and {done.accounts:,} accounts are in {file}.", markup=False)
    out.print(f"End of the chain: {done.end}. The file holds hashes of passwords: delete it when it has been read in.", markup=False)
