"""Records what a person says of two records: one person, two persons, or unsure; `undo_judgement` takes it back."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.flow.judged import contradiction, settled
from tocsin.flow.place import current, row
from tocsin.flow.records import judgements_in_force
from tocsin.model.errors import BadInput, Refused
from tocsin.model.grades import JUDGEMENTS
from tocsin.records.models import Judgement
from tocsin.storage import Snapshot

PERMISSION = "judge_pair"


def judge_pair(actor: Actor, pair: str, judgement: str, why: str = "") -> Judgement:
    """Add a judgement; it supersedes the person's earlier one on the same pair.

    Args:
        actor: who judges.
        pair: id of a row of `pairs` in the newest run.
        judgement: positive (one), negative (two) or unsure.
        why: the reason; obligatory for positive and negative.
    """
    with acting(actor, PERMISSION) as book:
        snapshot = current()
        found = row(snapshot, "pairs", pair)
        invented = _invented(snapshot, found)
        only_invented_for_demo(actor, invented)
        earlier = Judgement.objects.filter(pair=pair, who=actor.uid).order_by("entry").last()
        _check(judgement, why)
        _check_chains(actor, found, judgement)
        left, right = sorted((found["left"], found["right"]))
        about = {"pair": pair, "entity": found["entity"], "left": left, "right": right, "invented": invented}
        supersedes = earlier.id if earlier else ""
        added = book.add(Judgement(**about, judgement=judgement, why=why.strip(), supersedes=supersedes))
        book.audit(added.id, evidence=[pair, left, right], judgement=judgement)
        return added


def _check(judgement: str, why: str) -> None:
    if judgement not in JUDGEMENTS:
        raise BadInput("not a judgement", "judgement", ", ".join(JUDGEMENTS), judgement[:20])
    if judgement in ("positive", "negative") and not why.strip():
        raise BadInput("the reason is missing", "why", "a reason for one person or two persons", "nothing", "Say in a few words why.")


def _check_chains(actor: Actor, pair: dict[str, Any], judgement: str) -> None:
    """Refuse what can't be true beside the other judgements: A is B, B is C, and A is not C."""
    others = [row for row in judgements_in_force() if (row.pair, row.who) != (pair["id"], actor.uid) and row.entity == pair["entity"]]
    known = settled({"left": row.left, "right": row.right, "judgement": row.judgement} for row in others)
    against = contradiction(known, (pair["left"], pair["right"]), judgement)
    if against is not None:
        raise Refused(
            "this contradicts other judgements: a chain of pairs judged one person joins two records judged two persons",
            f"records {against[0]} and {against[1]}",
            "judgements that can all be true",
            judgement,
            "Look at the pairs of these records again and take one judgement back.",
        )


def _invented(snapshot: Snapshot, pair: dict[str, Any]) -> bool:
    """Return True where both records of the pair are invented; a record that can't be found counts as real."""
    table = {"person": "persons", "event": "events", "document": "documents"}.get(pair["entity"], "persons")
    both = snapshot.table(table)
    both = both.filter(pc.is_in(both.column("id"), pa.array([pair["left"], pair["right"]])))
    return both.num_rows == 2 and all(both.column("invented").to_pylist())
