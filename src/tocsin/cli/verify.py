"""`tocsin verify`: has anything that was kept been changed?"""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.common import JsonOption, out, print_json, workspace
from tocsin.cli.django import ready, records_exist


def verify(
    noted: Annotated[str | None, typer.Option("--noted", metavar="HASH", help="An end of the chain that you wrote down earlier.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the audit chain, the custody log, the forecast ledger, every run and every preserved file; exit code 1 names the first broken link."""
    from tocsin.flow import verify as checks

    place = workspace()
    problems = [*checks.broken_files(place), *checks.broken_runs(place), *checks.broken_forecasts(place)]
    seals, ledger_end = checks.end_of_forecasts(place)
    noted = None if noted and checks.noted_forecast(place, noted) else noted
    entries, end = 0, None
    if noted and not records_exist():
        problems.append("the noted hash is part of no chain: lines were removed, or it is another workspace")
    if records_exist():
        ready()
        problems += [*checks.broken_records(noted), *checks.broken_releases(place)]
        entries, end = checks.end_of_chain()
    if as_json:
        print_json(
            {
                "whole": not problems,
                "problems": problems,
                "files": _files(place),
                "runs": len(place.finished_runs()),
                "entries": entries,
                "end_of_chain": end,
                "ledger": seals,
                "end_of_ledger": ledger_end,
            }
        )
    elif problems:
        out.print(f"{problems[0]}.", markup=False)
        out.print(f"{len(problems)} broken links in all; see --json. Restore a backup; do not rely on what they concern.", markup=False)
    else:
        runs = len(place.finished_runs())
        parts = (
            f"{_files(place)} preserved files",
            f"{runs} run{'s' * (runs != 1)}",
            f"{entries} audit entries",
            f"{seals} lines of the forecast ledger",
        )
        out.print(f"Whole: {', '.join(parts)}.", markup=False)
        if ledger_end:
            out.print(f"End of the forecast ledger: {ledger_end}.", markup=False)
        if end:
            out.print(f"End of the chain: {end}. Write it down elsewhere and check it later with --noted.", markup=False)
    if problems:
        raise typer.Exit(1)


def _files(place: object) -> int:
    return len({item.sha256 for item in place.archive.items()})  # type: ignore[attr-defined]
