"""Treaties and other instruments that matter to prevention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.reference.confidence import keep
from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class Treaty:
    """Describes one instrument; `parties` counts only as of `parties_as_of`, and is None where no number is established.

    Args:
        adopted: day of adoption as text, since some are known by the year only.
        entry_into_force: likewise; None while it is not in force.
    """

    id: str
    name: str
    kind: str
    adopted: str | None
    entry_into_force: str | None
    depositary: str | None
    parties: int | None
    parties_as_of: str | None
    confidence: str
    relevance: str
    source: str | None
    note: str | None = None


@cache
def treaties(include_unchecked: bool = False) -> tuple[Treaty, ...]:
    """Return the instruments; those whose facts nobody checked are left out unless asked for."""
    rows: list[dict[str, Any]] = read_yaml("treaties.yml")["treaties"]
    texts = {"adopted", "entry_into_force", "parties_as_of"}
    cleaned: Iterator[dict[str, Any]] = ({k: str(v) if k in texts and v is not None else v for k, v in row.items()} for row in rows)
    return keep((Treaty(**row) for row in cleaned), include_unchecked)
