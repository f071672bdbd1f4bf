"""How a government answers the checklist: from facts that ship, and from what at least two people rated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin import reference
from tocsin.flow.frameworks import STATE
from tocsin.stages.assess import GivenRating, Joined, join_ratings


@dataclass(frozen=True)
class ChecklistAnswer:
    """Holds the answer to one item.

    Args:
        source: where a shipped fact comes from; empty where people answered, whose ratings are in `ratings`.
        waiting: how many people rated it where fewer than two did.
    """

    id: str
    topic: str
    measure: str | None
    answer: str
    standard: str
    rationale: str
    source: str
    ratings: tuple[str, ...]
    waiting: int


@dataclass(frozen=True)
class ChecklistPart:
    """Holds the answers under one heading."""

    id: str
    title: str
    answers: tuple[ChecklistAnswer, ...]


def checklist(code: str, ratings: Iterable[dict[str, Any]] = ()) -> tuple[ChecklistPart, ...]:
    """Return the checklist of the government of one territory; what no fact and no two people answer is unknown.

    Raises:
        NotFound: no territory has this code.
    """
    territory = reference.territory(code)
    own = [row for row in ratings if row["situation"] == f"{STATE}{territory.code.lower()}"]
    return tuple(
        ChecklistPart(heading.id, heading.title, tuple(_answer(item, territory.code, own) for item in heading.items))
        for heading in reference.government_checklist().headings
    )


def _answer(item: reference.ChecklistItem, code: str, ratings: Sequence[dict[str, Any]]) -> ChecklistAnswer:
    given = [_rating(row) for row in ratings if row["indicator"] == item.id]
    joined = join_ratings(given)
    if joined is not None:
        return _rated(item, joined)
    answer, rationale, source = _FACTS[item.fact](code) if item.fact in _FACTS else ("unknown", "", "")
    standard = "allegation" if answer != "unknown" else ""
    return ChecklistAnswer(item.id, item.topic, item.measure, answer, standard, rationale, source, (), len(given))


def _rated(item: reference.ChecklistItem, joined: Joined) -> ChecklistAnswer:
    ids = (*joined.agreeing, *joined.dissent)
    standard = joined.standard_of_proof or ""
    return ChecklistAnswer(item.id, item.topic, item.measure, joined.answer, standard, joined.rationale, "", ids, 0)


def _rating(row: dict[str, Any]) -> GivenRating:
    names = ("id", "indicator", "situation", "answer", "confidence", "standard_of_proof", "rationale", "who")
    return GivenRating(**{name: row[name] for name in names}, evidence=tuple(row["evidence"] or ()))


def _focal_point(code: str) -> tuple[str, str, str]:
    """Return what the list of focal points says; weak evidence leaves the answer unknown and is told all the same."""
    found = [one for one in reference.focal_points() if one.territory == code]
    strong = next((one for one in found if one.evidence_strength == "high"), None)
    if strong is not None:
        return "present", _said(strong.basis, strong.year), strong.source
    return ("unknown", _said(found[0].basis, found[0].year), found[0].source) if found else ("unknown", "", "")


def _position(code: str) -> tuple[str, str, str]:
    """Return the newest position that the state took on the norm; one against it speaks for absent."""
    found = sorted((one for one in reference.positions() if one.territory == code), key=lambda one: one.date)
    if not found:
        return "unknown", "", ""
    last = found[-1]
    against = any(word in last.position for word in ("against", "opponent"))
    neutral = any(word in last.position for word in ("did not vote", "abstain"))
    answer = "absent" if against else "unknown" if neutral else "present"
    return answer, f"{last.event}, {last.date}: {last.position}", last.source


def _said(basis: str, year: int | None) -> str:
    return f"{basis}, {year}" if year else basis


_FACTS = {"focal_point": _focal_point, "positions": _position}
