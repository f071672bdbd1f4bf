"""Indicator sets beside the UN Framework: gender-sensitive indicators, and indicators of non-state armed groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class SetIndicator:
    """Names one indicator of a set.

    Args:
        factors: risk factors of the Framework that it speaks to.
        protects: True where its presence lowers risk.
        acts: codes of reported acts that speak for it; a first coding, one rater.
        facts: founding facts that speak for it; likewise.
    """

    id: str
    topic: str
    factors: tuple[str, ...]
    protects: bool
    acts: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorSet:
    """Holds one set with the publications that it follows."""

    id: str
    version: int
    title: str
    note: str
    sources: tuple[str, ...]
    indicators: tuple[SetIndicator, ...]

    @property
    def framework(self) -> str:
        """Return the id and version as assessments name them.

        >>> [one.framework for one in indicator_sets()]
        ['gender-sensitive/1', 'armed-groups/1']
        """
        return f"{self.id}/{self.version}"


@cache
def indicator_sets() -> tuple[IndicatorSet, ...]:
    """Return the sets in the order in which pages show them."""
    return tuple(
        IndicatorSet(
            id=raw["id"],
            version=raw["version"],
            title=raw["title"],
            note=raw["note"],
            sources=tuple(raw["sources"]),
            indicators=tuple(SetIndicator(**{**_LEFT_OUT, **{k: _plain(v) for k, v in one.items()}}) for one in raw["indicators"]),
        )
        for raw in read_yaml("indicator_sets.yml")
    )


_LEFT_OUT: dict[str, Any] = {"protects": False, "acts": (), "facts": ()}


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
