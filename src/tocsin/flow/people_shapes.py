"""The shapes in which what people wrote stands beside a run: one record, what rests on it, and who knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Use:
    """Names something that rests on the value: a row of a later stage, or a record that cites it."""

    id: str
    kind: str
    label: str


@dataclass(frozen=True)
class Written:
    """Says of a record that people wrote what the way back and forward needs; `run` is the run it was written about."""

    id: str
    label: str
    value: str | None
    run: str | None
    rests_on: tuple[str, ...]
    followed_by: tuple[Use, ...]


class People(Protocol):
    """Knows what people wrote: the record with an id, and the records that cite one."""

    def record(self, identifier: str) -> Written | None:
        """Return the record with this id; None where there is none that the reader may see."""

    def citing(self, identifier: str) -> Sequence[Use]:
        """Return the records that rest on `identifier`."""


class Nobody:
    """Has written nothing: for callers without records."""

    def record(self, identifier: str) -> Written | None:
        """Return no record."""
        return None

    def citing(self, identifier: str) -> Sequence[Use]:
        """Return no citation."""
        return ()


NOBODY = Nobody()
