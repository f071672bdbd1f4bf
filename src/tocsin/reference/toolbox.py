"""The toolbox: measures that prevent, halt or answer atrocities, with precedents and study counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.model.errors import NotFound
from tocsin.reference.confidence import keep
from tocsin.reference.files import read_yaml


@dataclass(frozen=True)
class Precedent:
    """Names one case in which a measure was used, and what came of it."""

    situation: str
    year: int
    outcome: str
    confidence: str


@dataclass(frozen=True)
class StudyCounts:
    """Counts what studies found about a family of measures: a count of the literature, not an effect size."""

    studies: int
    findings_reduces_harm: int
    findings_raises_harm: int
    findings_none_or_mixed: int
    net_vote: float
    success_factors_stronger_evidence: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """Describes one measure; lead time and horizon are planning estimates, not measured values."""

    id: str
    name: str
    pillars: tuple[int, ...]
    actors: tuple[str, ...]
    kind: tuple[str, ...]
    mode: str
    coercive: bool
    horizon: str
    legal_basis: str
    preconditions: str
    typical_lead_time: str
    precedents: tuple[Precedent, ...]
    document: str | None
    evidence_ref: str | None
    note: str | None


@dataclass(frozen=True)
class Toolbox:
    """Holds the measures, the study counts by family, and the scales in which both are told."""

    version: int
    measures: tuple[Measure, ...]
    evidence: Mapping[str, StudyCounts]
    lead_time_classes: tuple[str, ...]
    horizon_classes: tuple[str, ...]


@cache
def toolbox(include_unchecked: bool = False) -> Toolbox:
    """Return the toolbox; precedents that nobody checked are left out unless asked for."""
    raw = read_yaml("toolbox.yml")
    return Toolbox(
        version=raw["version"],
        measures=tuple(_measure(m, include_unchecked) for m in raw["measures"]),
        evidence={
            key: StudyCounts(**{**counts, "success_factors_stronger_evidence": tuple(counts["success_factors_stronger_evidence"])})
            for key, counts in raw["evidence"].items()
        },
        lead_time_classes=tuple(raw["lead_time_classes"]),
        horizon_classes=tuple(raw["horizon_classes"]),
    )


def _measure(raw: dict[str, Any], include_unchecked: bool) -> Measure:
    return Measure(
        id=raw["id"],
        name=raw["name"],
        pillars=tuple(raw["pillars"]),
        actors=tuple(raw["actors"]),
        kind=tuple(raw["kind"]),
        mode=raw["mode"],
        coercive=raw["coercive"],
        horizon=raw["horizon"],
        legal_basis=raw["legal_basis"],
        preconditions=raw["preconditions"],
        typical_lead_time=raw["typical_lead_time"],
        precedents=keep((Precedent(**p) for p in raw["precedents"]), include_unchecked),
        document=raw.get("document"),
        evidence_ref=raw.get("evidence_ref"),
        note=raw.get("note"),
    )


@cache
def measure(identifier: str) -> Measure:
    """Return one measure of the toolbox.

    Raises:
        NotFound: the toolbox has no such measure.
    """
    for one in toolbox().measures:
        if one.id == identifier:
            return one
    raise NotFound("the toolbox has no such measure", "toolbox.yml", "an id such as mediation", identifier[:40], "See the toolbox page.")
