"""What the frameworks say of each situation: every indicator with its evidence, by factor and by crime, with coverage."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tocsin import reference
from tocsin.flow.frameworks import Question, capacities, questions, un_framework
from tocsin.flow.read.published import Published, Row
from tocsin.flow.read.situations import Situation, situations
from tocsin.model.grades import STANDARDS_OF_PROOF
from tocsin.stages.assess import Answer, Coverage, CrimeProfile, FactorProfile, coverage, crime_profiles, factor_profiles


@dataclass(frozen=True)
class Finding:
    """Holds the answer to one indicator.

    Args:
        id: of the row of `assessments`; empty where the run has none.
        checked: False where the number of the indicator is not yet confirmed in the original.
        protects: True where its presence lowers risk.
        recent: rows of evidence in the newest 183 days with evidence; `before` in the 183 days before.
        dissent: how many raters gave another answer.
    """

    id: str
    indicator: str
    topic: str
    checked: bool
    protects: bool
    answer: str
    confidence: str
    standard: str
    trend: str
    recent: int
    before: int
    review: str
    dissent: int
    rationale: str
    evidence: int
    evidence_from: dt.date | None
    evidence_to: dt.date | None


@dataclass(frozen=True)
class FactorFindings:
    """Holds one factor with its profile and its indicators."""

    id: str
    number: int
    topic: str
    group: str
    profile: FactorProfile
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class SetFindings:
    """Holds one set of indicators beside the Framework."""

    framework: str
    title: str
    note: str
    sources: tuple[str, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Profile:
    """Holds everything that the frameworks say of one situation.

    Args:
        ladder: rung of the standard of proof, weakest first, to findings other than unknown.
        reviews: how many findings other than unknown were read by rules, by one person, by several who agree or disagree.
    """

    situation: Situation
    factors: tuple[FactorFindings, ...]
    crimes: tuple[CrimeProfile, ...]
    sets: tuple[SetFindings, ...]
    coverage: Coverage
    ladder: Mapping[str, int]
    reviews: Mapping[str, int]

    @property
    def assessed(self) -> bool:
        """Return True where the run has any answer, also an unknown one, about this situation."""
        return any(finding.id for factor in self.factors for finding in factor.findings)


CAPACITIES_TITLE = "Seven capacities that inhibit atrocity crimes"
CAPACITIES_NOTE = "Resilience stands beside risk and is not taken from it. A capacity that nobody looked at is unknown."
CAPACITIES_SOURCE = "Report of the Secretary-General, A/68/947, 2014"


def profiles(published: Published) -> tuple[Profile, ...]:
    """Return the profile of every situation, in the order of the situations."""
    return published.once("framework profiles", lambda: tuple(profile(published, s) for s in situations(published)))


def profile(published: Published, found: Situation) -> Profile:
    """Return the profile of one situation; indicators without a row are unknown."""

    def build() -> Profile:
        rows = {row["indicator"]: row for row in published.select("assessments", situation=found.names)}
        findings = {q.indicator: _finding(q, rows.get(q.indicator)) for q in questions() if not q.of_state}
        return _profile(found, findings)

    return published.once(("framework profile", found.slug), build)


def _profile(found: Situation, findings: Mapping[str, Finding]) -> Profile:
    framework = reference.framework()
    answers = [
        Answer(factor.id, factor.group, findings[i.id].answer, findings[i.id].trend)
        for factor in framework.factors
        for i in factor.indicators
    ]
    by_factor = {one.factor: one for one in factor_profiles(answers)}
    factors = tuple(
        FactorFindings(f.id, f.number, f.topic, f.group, by_factor[f.id], tuple(findings[i.id] for i in f.indicators))
        for f in framework.factors
    )
    known = [finding for finding in findings.values() if finding.answer != "unknown"]
    rungs = Counter(finding.standard for finding in known)
    return Profile(
        situation=found,
        factors=factors,
        crimes=crime_profiles([factor.profile for factor in factors]),
        sets=_sets(findings),
        coverage=coverage(answer.answer for answer in answers),
        ladder={rung: rungs[rung] for rung in STANDARDS_OF_PROOF},
        reviews=Counter(finding.review for finding in known),
    )


def _sets(findings: Mapping[str, Finding]) -> tuple[SetFindings, ...]:
    found = [
        _set((one.framework, one.title, one.note), one.sources, [findings[i.id] for i in one.indicators])
        for one in reference.indicator_sets()
    ]
    own = [findings[capacity.id] for capacity in reference.framework().capacities]
    return (*found, _set((capacities(), CAPACITIES_TITLE, CAPACITIES_NOTE), (CAPACITIES_SOURCE,), own))


def _set(head: tuple[str, str, str], sources: tuple[str, ...], findings: Sequence[Finding]) -> SetFindings:
    return SetFindings(*head, sources, coverage(finding.answer for finding in findings), tuple(findings))


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """Return the indicators whose number is unchecked, and those that lower risk."""
    unchecked = {i.id for factor in reference.framework().factors for i in factor.indicators if i.confidence != "checked"}
    protecting = {i.id for one in reference.indicator_sets() for i in one.indicators if i.protects}
    return frozenset(unchecked), frozenset(protecting | {capacity.id for capacity in reference.framework().capacities})


def _finding(question: Question, row: Row | None) -> Finding:
    unchecked, protecting = _marks()
    row = row or {}
    counts = json.loads(row.get("parameters") or "{}")
    return Finding(
        id=row.get("id", ""),
        indicator=question.indicator,
        topic=question.topic,
        checked=question.indicator not in unchecked,
        protects=question.indicator in protecting,
        answer=row.get("answer", "unknown"),
        confidence=row.get("confidence") or "",
        standard=row.get("standard_of_proof") or "",
        trend=row.get("trend") or "unknown",
        recent=int(counts.get("evidence_last_183_days", 0)),
        before=int(counts.get("evidence_183_days_before", 0)),
        review=row.get("review") or "machine",
        dissent=len(row.get("dissent") or ()),
        rationale=row.get("rationale") or "",
        evidence=len(row.get("evidence") or ()),
        evidence_from=row.get("evidence_from"),
        evidence_to=row.get("evidence_to"),
    )


def as_json(found: Profile) -> dict[str, object]:
    """Return a profile as the command line and the API print it; what does not apply is null."""
    return {
        "situation": found.situation.slug,
        "title": found.situation.title,
        "territory": found.situation.place.code if found.situation.place else None,
        "invented": found.situation.invented,
        "framework": un_framework(),
        "coverage": _coverage(found.coverage),
        "ladder": dict(found.ladder),
        "reviews": dict(found.reviews),
        "crimes": [_crime_as_json(crime) for crime in found.crimes],
        "factors": [_factor_as_json(factor) for factor in found.factors],
        "sets": [_set_as_json(one) for one in found.sets],
    }


def _crime_as_json(crime: CrimeProfile) -> dict[str, object]:
    return {
        "crime": crime.crime,
        "own_factors_present": list(crime.own_present),
        "own_factors": crime.own,
        "common_factors_present": list(crime.common_present),
        "common_factors": crime.common,
        "rising": list(crime.rising),
        "coverage": _coverage(crime.coverage),
    }


def _factor_as_json(factor: FactorFindings) -> dict[str, object]:
    return {
        "factor": factor.id,
        "number": factor.number,
        "topic": factor.topic,
        "group": factor.group,
        "answer": factor.profile.answer,
        "trend": factor.profile.trend,
        "coverage": _coverage(factor.profile.coverage),
        "indicators": [_indicator(finding) for finding in factor.findings],
    }


def _set_as_json(found: SetFindings) -> dict[str, object]:
    return {
        "framework": found.framework,
        "title": found.title,
        "coverage": _coverage(found.coverage),
        "indicators": [_indicator(finding) for finding in found.findings],
    }


def _coverage(found: Coverage) -> dict[str, float | int]:
    return {"present": found.present, "absent": found.absent, "unknown": found.unknown, "share": round(found.share, 4)}


def _indicator(finding: Finding) -> dict[str, object]:
    names = ("indicator", "topic", "answer", "checked", "protects", "review", "dissent", "evidence", "recent", "before")
    optional = ("id", "confidence", "standard", "trend", "rationale", "evidence_from", "evidence_to")
    return {**{n: getattr(finding, n) for n in names}, **{n: getattr(finding, n) or None for n in optional}}
