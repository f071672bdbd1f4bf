"""`tocsin verify`: has anything that was kept been changed?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.cli.common import JsonOption, counted, out, print_json, workspace
from tocsin.cli.django import ready, records_exist


def verify(
    noted: Annotated[str | None, typer.Option("--noted", metavar="HASH", help="An end of the chain that you wrote down earlier.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the audit chain, accounts, the custody log, the forecast ledger, every run and file; exit code 1 names the first broken link."""
    from tocsin.flow import verify as checks

    place = workspace()
    problems = [*checks.broken_files(place), *checks.broken_runs(place), *checks.broken_forecasts(place)]
    exposed = checks.exposed_files(place)
    seals, ledger_end = checks.end_of_forecasts(place)
    noted = None if noted and checks.noted_forecast(place, noted) else noted
    entries, end = 0, None
    if noted and not records_exist():
        problems.append("the noted hash is part of no chain: lines were removed, or it is another workspace")
    if records_exist():
        ready()
        problems += [*checks.broken_records(noted), *checks.broken_accounts(), *checks.broken_releases(place)]
        entries, end = checks.end_of_chain()
    found = {
        "whole": not problems,
        "problems": problems,
        "exposed": exposed,
        "files": len({item.sha256 for item in place.archive.items()}) if not problems else None,
        "runs": len(place.finished_runs()),
        "entries": entries,
        "end_of_chain": end,
        "ledger": seals,
        "end_of_ledger": ledger_end,
    }
    if as_json:
        print_json(found)
    else:
        _print(found)
    if problems or exposed:
        raise typer.Exit(1)


def _print(found: dict[str, Any]) -> None:
    problems = found["problems"]
    for line in found["exposed"]:
        out.print(line, markup=False)
    if problems:
        out.print(f"{problems[0]}.", markup=False)
        count = "1 broken link" if len(problems) == 1 else f"{len(problems)} broken links in all; see --json"
        out.print(f"{count}. Restore a backup; do not rely on what is concerned.", markup=False)
        return
    names = (("files", "preserved files"), ("runs", "runs"), ("entries", "entries"), ("ledger", "lines"))
    files, runs, entries, lines = (counted(found[key], name) for key, name in names)
    out.print(f"Whole: {files}, {runs}, {entries} of the audit, {lines} of the forecast ledger.", markup=False)
    if found["end_of_ledger"]:
        out.print(f"End of the forecast ledger: {found['end_of_ledger']}.", markup=False)
    if found["end_of_chain"]:
        out.print(f"End of the chain: {found['end_of_chain']}. Write it down elsewhere and check it later with --noted.", markup=False)
