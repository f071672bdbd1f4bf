"""`tocsin publish`: write an edition of the newest run into a folder, in the state that people gave it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, finished_run, out, print_json


def publish(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="digest, monitor or open-data.")],
    out_dir: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write the files; without it they are listed.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write an edition of the newest run: the signed files where somebody signed it, else the draft with its watermark."""
    from tocsin.flow.editions import edition_files, write_edition

    files = edition_files(finished_run(), kind, _releases())
    written = write_edition(files, out_dir) if out_dir is not None else {}
    if as_json:
        keys = ("id", "kind", "title", "path", "media_type", "sha256", "state", "signature")
        rows = [{**{key: getattr(file, key) for key in keys}, "written": str(written[file.path]) if written else None} for file in files]
        print_json({"kind": kind, "files": rows})
        return
    for file in files:
        state = f"signed, {file.signature}" if file.signature else "draft, not signed"
        out.print(f"{file.id}  {written.get(file.path, file.path)}  ({state})", markup=False)
    if any(file.signature is None for file in files):
        out.print("A draft is not a publication. To release it: tocsin editions sign ID", markup=False)


def _releases() -> list[dict[str, object]]:
    """Return the released files on record; none, and no Django, where nobody has written yet."""
    from tocsin.cli.django import ready, records_exist

    if not records_exist():
        return []
    ready()
    from tocsin.flow.records import releases

    return releases()
