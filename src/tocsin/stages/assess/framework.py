"""Lays coded evidence under the indicators of a framework, situation by situation."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from tocsin.model import tables
from tocsin.model.ids import stable_id

METHOD = "coded-evidence"


@dataclass(frozen=True)
class Indicator:
    """Names one indicator and the factor it belongs to."""

    id: str
    factor: str


@dataclass(frozen=True)
class Subject:
    """Names the situation that is assessed."""

    id: str
    slug: str
    territory: str | None
    period_from: dt.date | None
    period_to: dt.date | None
    invented: bool


@dataclass(frozen=True)
class Evidence:
    """Says that one row speaks for (`present`) or against (`absent`) one indicator in one situation."""

    situation: str
    indicator: str
    answer: str
    row: str
    rationale: str


def assess_situations(
    framework: str,
    indicators: Sequence[Indicator],
    subjects: Iterable[Subject],
    evidence: Iterable[Evidence],
    rater: str,
) -> pa.Table:
    """Return one row for each situation and indicator, also where nothing is known.

    One row of evidence for `present` outweighs any for `absent`, and the disagreement is written into the
    rationale: a sign that was seen once is not undone by a source that did not see it.

    Args:
        framework: id and version of the framework, such as `un-framework-2014/1`.
        indicators: every indicator of the framework, in its order.
        subjects: the situations.
        evidence: coded rows; those about a situation not in `subjects` are left out.
        rater: who or what coded the evidence.
    """
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        found[one.situation, one.indicator].append(one)
    rows = [
        _row(framework, indicator, subject, found.get((subject.slug, indicator.id), []), rater)
        for subject in subjects
        for indicator in indicators
    ]
    return tables.from_rows("assessments", rows)


def _row(framework: str, indicator: Indicator, subject: Subject, found: Sequence[Evidence], rater: str) -> Mapping[str, object]:
    speaking_for = [e for e in found if e.answer == "present"]
    against = [e for e in found if e.answer == "absent"]
    answer = "present" if speaking_for else "absent" if against else "unknown"
    cited = sorted({e.row for e in found})
    reasons = list(dict.fromkeys(e.rationale for e in (speaking_for or against)))
    if speaking_for and against:
        reasons.append("Another row speaks against it: " + "; ".join(dict.fromkeys(e.rationale for e in against)))
    return {
        "id": stable_id("asm", framework, indicator.id, subject.slug, rater),
        "inputs": cited or [subject.id],
        "method": METHOD,
        "parameters": json.dumps({"framework": framework}),
        "framework": framework,
        "indicator": indicator.id,
        "factor": indicator.factor,
        "situation": subject.slug,
        "territory": subject.territory,
        "period_from": subject.period_from,
        "period_to": subject.period_to,
        "answer": answer,
        "confidence": _confidence(answer, len(cited), bool(speaking_for and against)),
        "evidence": cited,
        "rationale": " ".join(f"{r.rstrip('.')}." for r in reasons) or None,
        "rater": rater,
        "machine": True,
        "invented": subject.invented,
    }


def _confidence(answer: str, rows: int, disputed: bool) -> str | None:
    """Return low for one row or a dispute, medium for more; high is for people to give."""
    if answer == "unknown":
        return None
    return "low" if rows < 2 or disputed else "medium"
