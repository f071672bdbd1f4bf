"""`tocsin editions`: sign a draft edition for release."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.actor import StdinOption, UserOption, acting_user
from tocsin.cli.common import JsonOption, out, print_json
from tocsin.cli.django import ready

app = typer.Typer(help="List editions and sign one for release.", no_args_is_help=True)


@app.command("list")
def list_editions(as_json: JsonOption = False) -> None:
    """List the editions of the newest run with their files, state and what the release gate found."""
    ready()
    from tocsin.flow.desk import editions

    rows = editions()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        findings = f", {len(row['findings'])} open findings" if row["findings"] else ""
        out.print(f"{row['id']}  {row['state']:<9} {row['kind']} of {row['edition']}, {len(row['files'])} files{findings}", markup=False)
        for file in row["files"]:
            out.print(f"    {file['path']}", markup=False)


@app.command("sign")
def sign(
    publication: Annotated[str, typer.Argument(metavar="ID", help="Id of a file of the edition (pub-...).")],
    correction: Annotated[
        str, typer.Option(metavar="TEXT", help="What was wrong in the one signed last, where this one corrects it.")
    ] = "",
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Sign an edition for release: every file of it, exactly these bytes."""
    ready()
    from tocsin.flow.actions import sign_edition

    releases = sign_edition(acting_user(user, password_stdin), publication, correction)
    if as_json:
        print_json([{"id": r.id, "publication": r.publication, "path": r.path, "sha256": r.sha256} for r in releases])
        return
    for release in releases:
        out.print(f"{release.id}: {release.path} is released.", markup=False)
