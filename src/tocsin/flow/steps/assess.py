"""Runs the assess stage: every framework's indicators for every situation, from coded facts, coded acts and what people rated."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from tocsin import reference
from tocsin.flow.context import Context, StepResult
from tocsin.flow.frameworks import questions
from tocsin.model import tables
from tocsin.stages.assess import Evidence, GivenRating, Indicator, Questions, Subject, assess_situations

RATER = "machine: coded facts, first rater"
_FACT = re.compile(r"\bSF\d{3}\b")
_EXACT = ("day", "month")


def step(context: Context) -> StepResult:
    """Return one row for each situation and indicator; what nobody coded or rated stays unknown."""
    subjects = [
        Subject(s["id"], s["slug"], s["territory"], s["started"], s["ended"], bool(s["invented"]))
        for s in context.earlier("situations").to_pylist()
    ]
    evidence = [*_from_facts(context), *_from_acts(context)]
    ratings = _ratings(context)
    asked: dict[str, list[Indicator]] = defaultdict(list)
    for one in questions():
        if not one.of_state:
            asked[one.framework].append(Indicator(one.indicator, one.factor))
    parts = [
        assess_situations(
            Questions(name, indicators, RATER, context.run.as_of), subjects, _about(indicators, evidence), ratings.get(name, ())
        )
        for name, indicators in asked.items()
    ]
    known = {indicator.id for indicators in asked.values() for indicator in indicators}
    dropped = sum(e.indicator not in known for e in evidence)
    skipped = {"coded for an indicator that the framework lacks": dropped} if dropped else {}
    return StepResult({"assessments": tables.concat("assessments", parts)}, skipped=skipped)


def _about(indicators: Iterable[Indicator], evidence: Iterable[Evidence]) -> list[Evidence]:
    wanted = {indicator.id for indicator in indicators}
    return [one for one in evidence if one.indicator in wanted]


def _rows(context: Context, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for name in names:
        table: pa.Table = context.earlier(name)
        yield from table.to_pylist()


def _from_facts(context: Context) -> Iterator[Evidence]:
    """Yield evidence for each row that was read from a coded fact of the founding documents."""
    coding: dict[str, list[reference.CodedFact]] = defaultdict(list)
    for coded in [*reference.framework_coding(), *_of_sets()]:
        coding[coded.fact].append(coded)
    documents = {fact.id: fact.document for fact in reference.founding_facts()}
    for row in _rows(context, ("figures", "events", "measures")):
        situation = row["situation"]
        found = _FACT.search(str(row["locator"])) if row["dataset"] == "founding_facts" and situation else None
        for coded in coding.get(found.group(), []) if found else []:
            source = f"founding document {documents.get(coded.fact, '')}"
            yield Evidence(str(situation), coded.indicator, coded.answer, str(row["id"]), coded.rationale, source, _day(row))


def _of_sets() -> Iterator[reference.CodedFact]:
    for one in reference.indicator_sets():
        for indicator in one.indicators:
            for fact in indicator.facts:
                yield reference.CodedFact(fact, indicator.id, "present", f"Reported: {indicator.topic}")


def _from_acts(context: Context) -> Iterator[Evidence]:
    """Yield evidence for each event that carries an act with an indicator."""
    indicators: dict[str, list[str]] = defaultdict(list)
    for act, many in reference.act_indicators().items():
        indicators[act] += many
    for one in reference.indicator_sets():
        for indicator in one.indicators:
            for act in indicator.acts:
                indicators[act].append(indicator.id)
    for row in context.earlier("events").to_pylist():
        if row["dataset"] == "founding_facts" or not row["situation"]:
            continue
        for act in row["acts"] or []:
            for name in indicators.get(act, ()):
                source, day = f"{row['dataset']} {row['item']}", _day(row)
                yield Evidence(row["situation"], name, "present", row["id"], f"Reported: {act.replace('_', ' ')}", source, day)


def _day(row: Mapping[str, Any]) -> dt.date | None:
    """Return the day of a row, where it is known to the month or better."""
    if row.get("date_precision") not in _EXACT:
        return None
    found: dt.date | None = row.get("date_from") or row.get("date") or row.get("as_of")
    return found


def _ratings(context: Context) -> dict[str, list[GivenRating]]:
    """Return the answers that people gave, by framework; the newest of each person."""
    found: dict[str, list[GivenRating]] = defaultdict(list)
    table = context.records.get("ratings")
    for row in table.to_pylist() if table is not None else []:
        rating = GivenRating(
            id=row["id"],
            indicator=row["indicator"],
            situation=row["situation"],
            answer=row["answer"],
            confidence=row["confidence"],
            standard_of_proof=row["standard_of_proof"],
            rationale=row["rationale"],
            evidence=tuple(row["evidence"] or ()),
            who=row["who"],
        )
        found[row["framework"]].append(rating)
    return found
