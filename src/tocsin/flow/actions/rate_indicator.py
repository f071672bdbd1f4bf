"""Records what a person answers to one indicator of a framework: present, absent or unknown, with reasons and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from tocsin import reference
from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.flow.frameworks import STATE, Question, question
from tocsin.flow.place import current
from tocsin.flow.records import rating_in_force
from tocsin.model.errors import BadInput, NotFound, Refused
from tocsin.model.grades import ANSWERS, CONFIDENCES, STANDARDS_OF_PROOF
from tocsin.model.ids import table_of
from tocsin.records.models import Rating
from tocsin.storage import Snapshot

PERMISSION = "rate_indicator"
#: What an answer may rest on: rows that anyone may open. Persons and what nobody has reviewed are not among them.
CITABLE = ("items", "documents", "events", "figures", "measures", "estimates", "forecasts")


@dataclass(frozen=True)
class RatingText:
    """Holds an answer as the rater gives it.

    Args:
        answer: present, absent or unknown; unknown is no weaker form of absent.
        confidence: low, medium or high.
        standard_of_proof: rung of the ladder; may stay empty for unknown.
        rationale: why, in words that can be published.
        evidence: ids of rows that the answer rests on; at least one for present and absent.
        dissents_from: id of another person's rating that this one disagrees with.
    """

    answer: str
    confidence: str
    rationale: str
    standard_of_proof: str = ""
    evidence: tuple[str, ...] = ()
    dissents_from: str = ""


def rate_indicator(actor: Actor, situation: str, indicator: str, text: RatingText) -> Rating:
    """Add an answer; it supersedes the person's earlier one to the same question. Two people must answer before it is published.

    Args:
        actor: who answers.
        situation: slug of a situation of the newest run; `state-` and a territory code for the government checklist.
        indicator: id of an indicator, such as 7.14, G1, N1, C1 or K1.
        text: the answer.
    """
    with acting(actor, PERMISSION) as book:
        asked, snapshot = question(indicator), current()
        only_invented_for_demo(actor, _invented(snapshot, situation, asked))
        _check(text)
        _check_evidence(snapshot, text)
        if text.dissents_from:
            _check_dissent(actor, situation, asked, text)
        earlier = rating_in_force(actor.uid, situation, indicator)
        standard = text.standard_of_proof or STANDARDS_OF_PROOF[0]
        about = {"framework": asked.framework, "indicator": indicator, "situation": situation}
        given = {"answer": text.answer, "confidence": text.confidence, "rationale": text.rationale.strip()}
        links = {"dissents_from": text.dissents_from, "supersedes": earlier.id if earlier else ""}
        added = book.add(Rating(**about, **given, **links, standard_of_proof=standard))
        cited = [*text.evidence, *([text.dissents_from] if text.dissents_from else [])]
        book.audit(added.id, evidence=cited, **about, answer=text.answer)
        return added


def _invented(snapshot: Snapshot, situation: str, asked: Question) -> bool:
    """Return True where the subject is invented.

    Raises:
        NotFound: there is no such situation, or no such state for the checklist.
    """
    if asked.of_state:
        code = situation.removeprefix(STATE).upper()
        if not situation.startswith(STATE):
            raise NotFound("this indicator asks about a government", situation[:60], "state- and a territory code, such as state-fin")
        return reference.territory(code).invented
    table = snapshot.table("situations")
    found = table.filter(pc.equal(table.column("slug"), situation)).to_pylist()
    if not found:
        raise NotFound("the newest run has no such situation", situation[:60], "a slug such as selmora", todo="See: tocsin assess")
    return bool(found[0]["invented"])


def _check(text: RatingText) -> None:
    if text.answer not in ANSWERS:
        raise BadInput("not an answer", "answer", ", ".join(ANSWERS), text.answer[:20])
    if text.confidence not in CONFIDENCES:
        raise BadInput("not a confidence", "confidence", ", ".join(CONFIDENCES), text.confidence[:20] or "nothing")
    rungs = STANDARDS_OF_PROOF if text.answer != "unknown" else (*STANDARDS_OF_PROOF, "")
    if text.standard_of_proof not in rungs:
        raise BadInput(
            "the standard of proof is missing", "standard_of_proof", ", ".join(STANDARDS_OF_PROOF), text.standard_of_proof[:40] or "nothing"
        )
    if not text.rationale.strip():
        raise BadInput("the reason is missing", "rationale", "why, in words that can be published", "nothing")
    if text.answer != "unknown" and not text.evidence:
        raise BadInput(
            "the evidence is missing", "evidence", "one id or more", "nothing", "Answer unknown where nothing is on record for or against."
        )


def _check_evidence(snapshot: Snapshot, text: RatingText) -> None:
    for identifier in text.evidence:
        table = table_of(identifier)
        if table not in CITABLE:
            raise Refused("this can't be cited as evidence", identifier[:60], ", ".join(CITABLE), table, "Cite a row that anyone may open.")
        column: Any = snapshot.table(table).column("id")
        if not pc.any(pc.equal(column, identifier)).as_py():
            raise NotFound("the newest run has no row with this id", identifier[:60], todo="Copy the id from a page or an export.")


def _check_dissent(actor: Actor, situation: str, asked: Question, text: RatingText) -> None:
    other = Rating.objects.filter(id=text.dissents_from).first()
    same = other is not None and (other.situation, other.indicator) == (situation, asked.indicator)
    if other is None or not same:
        raise NotFound("no rating of this question has this id", text.dissents_from[:40])
    if other.who == actor.uid:
        raise Refused(
            "nobody dissents from their own answer", other.id, todo="Give your new answer without it: it takes the old one's place."
        )
    if other.answer == text.answer:
        raise Refused("the answers are the same, so this is no dissent", other.id, "another answer", text.answer)
