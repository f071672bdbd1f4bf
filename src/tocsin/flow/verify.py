"""Checks that nothing of what was kept was changed: audit chain, accounts, custody log, runs, forecast ledger, preserved and released files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tocsin.flow import ledger
from tocsin.model.errors import WorkspaceProblem
from tocsin.storage import Workspace


def broken_files(workspace: Workspace) -> list[str]:
    """Return one message for each broken link of the custody log, each changed or missing file, and a changed workspace.json."""
    return [*workspace.archive.verify(), *workspace.changed_marker()]


def broken_runs(workspace: Workspace) -> Iterator[str]:
    """Yield one message for each table or file of a finished run that is not what the run wrote."""
    return workspace.broken_runs()


def broken_forecasts(workspace: Workspace) -> list[str]:
    """Return one message for each broken link of the forecast ledger and each sealed forecast that was changed or lost."""
    return ledger.broken_ledger(workspace)


def end_of_forecasts(workspace: Workspace) -> tuple[int, str | None]:
    """Return how many lines the forecast ledger has and the hash of its newest one."""
    try:
        return ledger.end_of_ledger(workspace)
    except WorkspaceProblem:
        return 0, None


def noted_forecast(workspace: Workspace, noted: str) -> bool:
    """Return True where a line of the forecast ledger has the hash that somebody noted."""
    try:
        return ledger.holds(workspace, noted)
    except WorkspaceProblem:
        return False


def broken_records(noted: str | None = None) -> Iterator[str]:
    """Yield one message for each broken link between the audit and the records, the first one first."""
    from tocsin.records.verification import broken_links

    return broken_links(noted)


def broken_accounts() -> Iterator[str]:
    """Yield one message for each account that was put in, changed or taken out past the audit."""
    from tocsin.records.accounts import broken_accounts as broken

    return broken()


def exposed_files(workspace: Workspace) -> list[str]:
    """Return one message for each file of keys or records that other people of this computer may read, with what to do."""
    return workspace.exposed_files()


def broken_releases(workspace: Workspace) -> Iterator[str]:
    """Yield one message for each file of a signed edition that is gone or is not what was signed."""
    from tocsin.flow.records import releases

    for release in releases():
        path = workspace.release_folder(release["signature"]) / release["path"].partition("/")[2]
        if not path.is_file():
            yield f"{release['id']}: the released file {path.name} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != release["sha256"]:
            yield f"{release['id']}: the released file {path.name} is not the one that was signed"


def end_of_chain() -> tuple[int, str]:
    """Return how many entries the audit has and the hash of its newest one."""
    from tocsin.records.verification import end_of_chain as end

    return end()
