"""`tocsin estimate`: how many in all, from lists that overlap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, SeedOption, err, print_json


def estimate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", readable=False, help="CSV or Parquet: a 0/1 column for each list, `count` (default 1), strata."),
    ],
    method: Annotated[str, typer.Option(help="dga, lcm, loglinear, chao, coverage, several with commas, or all.")] = "dga",
    strata: Annotated[str, typer.Option(metavar="COL,..", help="Estimate by these columns and add up by draws.")] = "",
    lists: Annotated[str, typer.Option(metavar="COL,..", help="The list columns; default every column that holds only 0 and 1.")] = "",
    pairs: Annotated[
        str, typer.Option(metavar="A:B,..", help="Fit the one log-linear model with these effects of two lists, or say why it can't be.")
    ] = "",
    clusters: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", readable=False, help="clusters.parquet of `tocsin link`; FILE then holds the records with their `list`."
        ),
    ] = None,
    out_dir: Annotated[
        Path | None,
        typer.Option("--out", "--report", metavar="DIR", help="Write the one-page report (HTML, PDF) and the answer as JSON here."),
    ] = None,
    seed: SeedOption = 20130111,
    as_json: JsonOption = False,
) -> None:
    """Estimate how many there are in all, also those on no list; documented and estimated stand apart."""
    from tocsin.cli.estimate_text import show
    from tocsin.flow import casualties, list_files

    methods = casualties.methods_named(method)
    layout = list_files.Layout(_names(strata), _names(lists), clusters)
    deep = method == "all" or out_dir is not None
    read = list_files.read_lists(files, layout)
    if pairs:
        answer = casualties.count_with_pairs(read, pairs)
    else:
        answer = casualties.count_casualties(read, methods, seed=seed, workers=os.cpu_count() or 1, deep=deep)
    if out_dir is not None:
        written = casualties.write_report(answer, out_dir, title=", ".join(f.name for f in files))
        err.print(f"Written: {', '.join(str(p) for p in written)}", markup=False)
    if as_json:
        print_json(casualties.as_json(answer))
    else:
        show(answer)
    if answer.structural:
        raise typer.Exit(1)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
