"""Everything that can be rated: the UN Framework, the sets beside it, the seven capacities, and the government checklist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin import reference
from tocsin.model.errors import NotFound

#: Prefix of the subject of a checklist: `state-fin` is the government of FIN.
STATE = "state-"


@dataclass(frozen=True)
class Question:
    """Names one indicator with the framework that asks for it; ids are unique over all frameworks.

    Args:
        factor: risk factor, for the UN Framework only.
        of_state: True where a government is asked about, not a situation.
    """

    framework: str
    indicator: str
    topic: str
    factor: str | None = None
    of_state: bool = False


@cache
def un_framework() -> str:
    """Return id and version of the UN Framework as assessments name it."""
    return f"un-framework-2014/{reference.framework().version}"


@cache
def capacities() -> str:
    """Return id and version of the seven inhibiting capacities as assessments name them."""
    return f"inhibiting-capacities-2014/{reference.framework().version}"


@cache
def questions() -> tuple[Question, ...]:
    """Return every question, in the order in which pages show them."""
    framework, checklist = reference.framework(), reference.government_checklist()
    found = [Question(un_framework(), i.id, i.topic, factor.id) for factor in framework.factors for i in factor.indicators]
    found += [Question(one.framework, i.id, i.topic) for one in reference.indicator_sets() for i in one.indicators]
    found += [Question(capacities(), capacity.id, capacity.topic) for capacity in framework.capacities]
    found += [Question(checklist.framework, item.id, item.topic, of_state=True) for heading in checklist.headings for item in heading.items]
    return tuple(found)


@cache
def _by_id() -> dict[str, Question]:
    return {question.indicator: question for question in questions()}


def question(indicator: str) -> Question:
    """Return the question with this indicator id.

    Raises:
        NotFound: no framework asks it.
    """
    found = _by_id().get(indicator)
    if found is None:
        raise NotFound("no framework has this indicator", indicator[:20], "an id such as 7.14, G1, N1, C1 or K1", todo="See: tocsin assess")
    return found
