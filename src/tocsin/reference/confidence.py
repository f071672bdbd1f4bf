"""Keeps what nobody has checked away from readers, unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

#: How sure a bundled fact is: stated in a founding document, by a public source, by a data set, or by nobody yet.
CONFIDENCES = ("document", "checked", "dataset", "unchecked")


class Graded(Protocol):
    """Anything that says how sure it is."""

    @property
    def confidence(self) -> str:
        """Return one of `CONFIDENCES`."""
        ...


T = TypeVar("T", bound=Graded)


def keep(facts: Iterable[T], include_unchecked: bool) -> tuple[T, ...]:
    """Return all facts, or only those that are not `unchecked`."""
    return tuple(f for f in facts if include_unchecked or f.confidence != "unchecked")
