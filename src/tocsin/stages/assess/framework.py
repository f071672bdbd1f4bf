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
from tocsin.stages.assess.raters import GivenRating, Joined, join_ratings
from tocsin.stages.assess.trend import Trend, trend

CODED, RATED = "coded-evidence", "joined-ratings"


@dataclass(frozen=True)
class Indicator:
    """Names one indicator and the factor it belongs to."""

    id: str
    factor: str | None


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
    """Says that one row speaks for (`present`) or against (`absent`) one indicator in one situation.

    Args:
        source: what the row was read from; rows of one source are one voice.
        day: when it happened, where that is known.
    """

    situation: str
    indicator: str
    answer: str
    row: str
    rationale: str
    source: str = ""
    day: dt.date | None = None


@dataclass(frozen=True)
class Questions:
    """Holds one framework and who answers it where people have not.

    Args:
        framework: id and version, such as `un-framework-2014/1`.
        indicators: every indicator, in order.
        rater: who or what coded the evidence.
        as_of: day of the run; evidence of later days, such as an election to come, moves no trend.
    """

    framework: str
    indicators: Sequence[Indicator]
    rater: str
    as_of: dt.date | None = None


def assess_situations(
    questions: Questions, subjects: Iterable[Subject], evidence: Iterable[Evidence], ratings: Iterable[GivenRating] = ()
) -> pa.Table:
    """Return one row for each situation and indicator, also where nothing is known.

    One row of evidence for `present` outweighs any for `absent`, and the disagreement is written into the
    rationale: a sign that was seen once is not undone by a source that did not see it. Where two people or more
    rated the indicator, their joined answer stands in its place; one person alone changes nothing but `review`.

    Args:
        questions: the framework.
        subjects: the situations.
        evidence: coded rows; those about a situation not in `subjects` are left out.
        ratings: answers in force of this framework, one a person for each indicator and situation.
    """
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    newest: dict[str, dt.date] = {}
    for one in evidence:
        found[one.situation, one.indicator].append(one)
        if one.day is not None and (questions.as_of is None or one.day <= questions.as_of):
            newest[one.situation] = max(one.day, newest.get(one.situation, one.day))
    given: dict[tuple[str, str], list[GivenRating]] = defaultdict(list)
    for rating in ratings:
        given[rating.situation, rating.indicator].append(rating)
    rows = []
    for subject in subjects:
        until = newest.get(subject.slug)
        for indicator in questions.indicators:
            key = (subject.slug, indicator.id)
            own = found.get(key, [])
            moved = trend([e.day for e in own if e.day and e.answer == "present"], until) if until else Trend("unknown", 0, 0)
            rows.append(
                {**_about(questions, indicator, subject), **_answer(questions, own, given.get(key, []), subject), **_moved(moved, own)}
            )
    return tables.from_rows("assessments", rows)


def _about(questions: Questions, indicator: Indicator, subject: Subject) -> Mapping[str, object]:
    return {
        "id": stable_id("asm", questions.framework, indicator.id, subject.slug, questions.rater),
        "framework": questions.framework,
        "indicator": indicator.id,
        "factor": indicator.factor,
        "situation": subject.slug,
        "territory": subject.territory,
        "period_from": subject.period_from,
        "period_to": subject.period_to,
        "invented": subject.invented,
    }


def _moved(moved: Trend, found: Sequence[Evidence]) -> Mapping[str, object]:
    days = [e.day for e in found if e.day is not None]
    return {
        "evidence_from": min(days, default=None),
        "evidence_to": max(days, default=None),
        "trend": moved.word,
        "parameters": json.dumps({"evidence_last_183_days": moved.recent, "evidence_183_days_before": moved.before}),
    }


def _answer(questions: Questions, found: Sequence[Evidence], ratings: Sequence[GivenRating], subject: Subject) -> Mapping[str, object]:
    joined = join_ratings(ratings)
    return _coded(questions, found, bool(ratings), subject) if joined is None else _rated(joined, found, ratings)


def _rated(joined: Joined, found: Sequence[Evidence], ratings: Sequence[GivenRating]) -> Mapping[str, object]:
    cited = sorted({e.row for e in found} | {row for rating in ratings for row in rating.evidence})
    return {
        "inputs": [*cited, *joined.agreeing, *joined.dissent],
        "method": RATED,
        "answer": joined.answer,
        "confidence": None if joined.answer == "unknown" else joined.confidence,
        "standard_of_proof": joined.standard_of_proof,
        "evidence": cited,
        "rationale": joined.rationale or None,
        "rater": f"people: {len({rating.who for rating in ratings})}",
        "review": joined.review,
        "dissent": list(joined.dissent),
        "machine": False,
    }


def _coded(questions: Questions, found: Sequence[Evidence], rated_once: bool, subject: Subject) -> Mapping[str, object]:
    speaking_for = [e for e in found if e.answer == "present"]
    against = [e for e in found if e.answer == "absent"]
    answer = "present" if speaking_for else "absent" if against else "unknown"
    cited = sorted({e.row for e in found})
    reasons = sorted({e.rationale for e in (speaking_for or against)})
    if speaking_for and against:
        reasons.append("Another row speaks against it: " + "; ".join(sorted({e.rationale for e in against})))
    return {
        "inputs": cited or [subject.id],
        "method": CODED,
        "answer": answer,
        "confidence": _confidence(answer, len(cited), bool(speaking_for and against)),
        "standard_of_proof": _standard(answer, speaking_for or against),
        "evidence": cited,
        "rationale": " ".join(f"{r.rstrip('.')}." for r in reasons) or None,
        "rater": questions.rater,
        "review": "one_rater" if rated_once else "machine",
        "dissent": [],
        "machine": True,
    }


def _confidence(answer: str, rows: int, disputed: bool) -> str | None:
    """Return low for one row or a dispute, medium for more; high is for people to give."""
    if answer == "unknown":
        return None
    return "low" if rows < 2 or disputed else "medium"


def _standard(answer: str, found: Sequence[Evidence]) -> str | None:
    """Return the rung of the ladder: an allegation from one source, grounds to suspect from two; higher rungs are for people."""
    if answer == "unknown":
        return None
    return "reasonable_grounds_to_suspect" if len({e.source for e in found}) >= 2 else "allegation"
