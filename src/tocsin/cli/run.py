"""`tocsin run`: the whole path, with progress bars and a summary at the end."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.common import AsOfOption, JsonOption, SeedOption, home, out, parse_day, print_json, workspace
from tocsin.cli.django import written


def run(
    only: Annotated[str | None, typer.Option("--only", metavar="STAGE", help="Run one stage on what the last run left.")] = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 20130111,
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute every stage again, also those already done for the same inputs.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run the whole path; ends with a summary table and where to look."""
    from tocsin.flow import pipeline
    from tocsin.flow.setup import create_workspace

    if not (home() / "workspace.json").exists():
        create_workspace(home(), bundled=True)
    place = workspace()
    options = pipeline.Options(as_of=parse_day(as_of), seed=seed, engine=engine, only=only, fresh=fresh)
    reports = pipeline.run(place, options, records=written())
    if as_json:
        print_json({"stages": [r.stage for r in reports]})
        return
    for report in reports:
        out.print(f"{report.stage:<10} {sum(report.rows.values()):>8} rows  {report.seconds:6.1f} s", markup=False)
