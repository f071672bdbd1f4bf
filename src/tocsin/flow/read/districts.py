"""Districts as pages name them: the invented country writes them as codes, real feeds by their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.datasets.selmora.places import DISTRICTS


@dataclass(frozen=True)
class District:
    """Names a district in English and, where it is known, in Arabic."""

    name: str
    arabic: str | None = None


@cache
def district(code: str) -> District:
    """Return the district that a dataset calls `code`; a dataset that writes names has no other.

    >>> district("XSE-01").name
    'Tarshun'
    >>> district("Rif Dimashq").name
    'Rif Dimashq'
    """
    found = next((one for one in DISTRICTS if one.code == code), None)
    return District(found.name, found.arabic) if found else District(code)
