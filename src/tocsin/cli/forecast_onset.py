"""`tocsin forecast onset`: the chance that a mass killing begins within two years, by country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import AsOfOption, JsonOption, SeedOption, out, parse_day, print_json

SHOWN = 30


def onset(
    data: Annotated[
        Path,
        typer.Option("--data", metavar="FILE|DIR", readable=False, help="Country-years in the layout of modeldata_sra*, or a folder."),
    ],
    origin: Annotated[str | None, typer.Option(metavar="DATE", help="Use no later year (YYYY-12-31); default: the last one.")] = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Forecast for each country whether a mass killing begins within the two years after the data; nothing is kept."""
    from tocsin.cli.progress import progress_bar
    from tocsin.flow.onset import forecast_onset

    with progress_bar("onset") as report:
        found = forecast_onset(data, parse_day(origin) if origin else None, parse_day(as_of), seed, report)
    if as_json:
        print_json(found.as_dict())
        return
    said = found.as_dict()
    out.print(f"Read {found.file}. vintage: {said['vintage']}. {said['caveat']}", markup=False)
    for note in found.notes:
        out.print(f"Note: {note}", markup=False)
    begin, end = said["window"]
    out.print(f"\nChance that a mass killing begins, {begin} to {end}; issued {said['issued_at']}", markup=False)
    if found.stale:
        out.print("This window has begun or passed: these numbers are no warning of what comes next.", markup=False)
        out.print(f"To renew them: {said['renew']}", markup=False)
    out.print(f"{'rank':>4}  {'country':34}{'chance':>8}   {'90% interval':18}{'base rate':>9}", markup=False)
    for risk in found.issue.risks[:SHOWN]:
        interval = f"{risk.low:.1%} to {risk.high:.1%}"
        out.print(f"{risk.rank:4}  {risk.name[:33]:34}{risk.probability:8.1%}   {interval:18}{risk.climatology:9.1%}", markup=False)
    left = len(found.issue.risks) - SHOWN
    if left > 0:
        out.print(f"{left} more countries with lower chances: --json has them all.", markup=False)
