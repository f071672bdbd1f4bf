"""The UN Framework of Analysis for Atrocity Crimes: its numbering, with topics in words of our own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class FrameworkIndicator:
    """Names one indicator; `unchecked` means that its number is not yet confirmed in the original."""

    id: str
    topic: str
    confidence: str


@dataclass(frozen=True)
class RiskFactor:
    """Describes one risk factor: common, or specific to genocide, crimes against humanity or war crimes."""

    id: str
    number: int
    topic: str
    group: str
    confidence: str
    structural: bool
    indicators: tuple[FrameworkIndicator, ...]


@dataclass(frozen=True)
class Topic:
    """Names one capacity, prerequisite, priority or pillar."""

    id: str
    topic: str


@dataclass(frozen=True)
class Framework:
    """Holds the risk factors, and the capacities, prerequisites, priorities and pillars of the reports beside it.

    Args:
        indicators_expected: how many indicators the original is said to have; other than the number here while some are missing.
    """

    version: int
    factors: tuple[RiskFactor, ...]
    indicators_expected: int
    capacities: tuple[Topic, ...]
    prerequisites: tuple[Topic, ...]
    priorities: tuple[Topic, ...]
    pillars: tuple[Topic, ...]


@cache
def framework() -> Framework:
    """Return the Framework; numbers that are not confirmed carry `unchecked` and are shown as such."""
    raw = read_yaml("framework.yml")
    structural = set(raw["time_kind_hint"]["structural"])
    return Framework(
        version=raw["version"],
        factors=tuple(_factor(f, f["id"] in structural) for f in raw["risk_factors"]),
        indicators_expected=raw["indicator_total_expected"]["value"],
        capacities=_topics(raw["inhibiting_capacities"]),
        prerequisites=_topics(raw["timely_response_prerequisites"]),
        priorities=_topics(raw["priorities_next_decade"]),
        pillars=_topics(raw["r2p_pillars"]),
    )


def _factor(raw: dict[str, Any], structural: bool) -> RiskFactor:
    checked = len(raw["indicators"]) if raw["confidence"] == "checked" else raw.get("checked_first", 0)
    indicators = tuple(
        FrameworkIndicator(identifier, topic, "checked" if position < checked else "unchecked")
        for position, (identifier, topic) in enumerate(raw["indicators"].items())
    )
    return RiskFactor(raw["id"], raw["number"], raw["topic"], raw["group"], raw["confidence"], structural, indicators)


def _topics(raw: list[dict[str, str]]) -> tuple[Topic, ...]:
    return tuple(Topic(**one) for one in raw)
