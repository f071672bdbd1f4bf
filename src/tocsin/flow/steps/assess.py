"""Runs the assess stage: the Framework's indicators for every situation, from coded facts and coded acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa

from tocsin import reference
from tocsin.flow.context import Context, StepResult
from tocsin.stages.assess import Evidence, Indicator, Subject, assess_situations

RATER = "machine: coded facts, first rater"
_FACT = re.compile(r"\bSF\d{3}\b")


def step(context: Context) -> StepResult:
    """Return one row for each situation and indicator; what nobody coded stays unknown."""
    framework = reference.framework()
    indicators = [Indicator(i.id, factor.id) for factor in framework.factors for i in factor.indicators]
    subjects = [
        Subject(s["id"], s["slug"], s["territory"], s["started"], s["ended"], bool(s["invented"]))
        for s in context.earlier("situations").to_pylist()
    ]
    evidence = [*_from_facts(context), *_from_acts(context)]
    known = {i.id for i in indicators}
    table = assess_situations(
        f"un-framework-2014/{framework.version}", indicators, subjects, [e for e in evidence if e.indicator in known], RATER
    )
    dropped = sum(e.indicator not in known for e in evidence)
    return StepResult({"assessments": table}, skipped={"coded for an indicator that the framework lacks": dropped} if dropped else {})


def _rows(context: Context, names: tuple[str, ...]) -> Iterator[dict[str, object]]:
    for name in names:
        table: pa.Table = context.earlier(name)
        yield from table.to_pylist()


def _from_facts(context: Context) -> Iterator[Evidence]:
    """Yield evidence for each row that was read from a coded fact of the founding documents."""
    coding: dict[str, list[reference.CodedFact]] = {}
    for coded in reference.framework_coding():
        coding.setdefault(coded.fact, []).append(coded)
    for row in _rows(context, ("figures", "events", "measures")):
        situation = row["situation"]
        found = _FACT.search(str(row["locator"])) if row["dataset"] == "founding_facts" and situation else None
        for coded in coding.get(found.group(), []) if found else []:
            yield Evidence(str(situation), coded.indicator, coded.answer, str(row["id"]), coded.rationale)


def _from_acts(context: Context) -> Iterator[Evidence]:
    """Yield evidence for each event that carries an act with an indicator."""
    indicators = reference.act_indicators()
    for row in context.earlier("events").to_pylist():
        if row["dataset"] == "founding_facts" or not row["situation"]:
            continue
        for act in row["acts"] or []:
            for indicator in indicators.get(act, ()):
                yield Evidence(row["situation"], indicator, "present", row["id"], f"Reported: {act.replace('_', ' ')}")
