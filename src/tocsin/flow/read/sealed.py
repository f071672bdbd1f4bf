"""The ledger of sealed forecasts as pages show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.flow.ledger import Entry, chain, end_of_ledger, entries
from tocsin.flow.read.published import Published


@dataclass(frozen=True)
class Sealed:
    """Holds every sealed forecast, the hash of the newest line, and whether the chain holds."""

    entries: tuple[Entry, ...]
    end: str
    whole: bool


def sealed(published: Published, today: dt.date) -> Sealed:
    """Return the ledger of the workspace; a chain that does not hold is said and not read."""
    if chain(published.workspace).broken():
        return Sealed((), "", False)
    return Sealed(entries(published.workspace, today), end_of_ledger(published.workspace)[1] or "", True)
