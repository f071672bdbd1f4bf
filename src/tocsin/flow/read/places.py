"""Territories as pages name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin import reference
from tocsin.model.errors import NotFound

#: The invented country. Everything about persons is set there.
SELMORA = "XSE"


@dataclass(frozen=True)
class Place:
    """Names a territory by its code and in English; pages put the name into the reader's language."""

    code: str
    name: str
    invented: bool = False


@cache
def place(code: str) -> Place:
    """Return the territory with this code; the code itself is the name where the list has none."""
    if code == SELMORA:
        return Place(SELMORA, "Selmora", True)
    try:
        found = reference.territory(code)
    except NotFound:
        return Place(code, code)
    return Place(found.code, found.name, bool(found.invented))
