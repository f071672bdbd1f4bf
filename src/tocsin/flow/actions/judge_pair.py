"""Records what a person says of two records: one person, two persons, or unsure."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.flow.place import current, row
from tocsin.model.errors import BadInput, Refused
from tocsin.model.grades import JUDGEMENTS
from tocsin.records.models import Judgement
from tocsin.records.models.judgements import WITHDRAWN
from tocsin.storage import Snapshot

PERMISSION = "judge_pair"


def judge_pair(actor: Actor, pair: str, judgement: str, why: str = "") -> Judgement:
    """Add a judgement; it supersedes the person's earlier one on the same pair, and `withdrawn` takes that back.

    Args:
        actor: who judges.
        pair: id of a row of `pairs` in the newest run.
        judgement: positive (one), negative (two), unsure, or withdrawn.
        why: the reason; obligatory for positive and negative.
    """
    with acting(actor, PERMISSION) as book:
        snapshot = current()
        found = row(snapshot, "pairs", pair)
        invented = _invented(snapshot, found)
        only_invented_for_demo(actor, invented)
        earlier = Judgement.objects.filter(pair=pair, who=actor.uid).last()
        _check(judgement, why, earlier)
        left, right = sorted((found["left"], found["right"]))
        about = {"pair": pair, "entity": found["entity"], "left": left, "right": right, "invented": invented}
        supersedes = earlier.id if earlier else ""
        added = book.add(Judgement(**about, judgement=judgement, why=why.strip(), supersedes=supersedes))
        book.audit(added.id, evidence=[pair, left, right], judgement=judgement)
        return added


def _check(judgement: str, why: str, earlier: Judgement | None) -> None:
    if judgement not in (*JUDGEMENTS, WITHDRAWN):
        raise BadInput("not a judgement", "judgement", ", ".join((*JUDGEMENTS, WITHDRAWN)), judgement[:20])
    if judgement in ("positive", "negative") and not why.strip():
        raise BadInput("the reason is missing", "why", "a reason for one person or two persons", "nothing", "Say in a few words why.")
    if judgement == WITHDRAWN and (earlier is None or earlier.judgement == WITHDRAWN):
        raise Refused("there is no judgement of yours to take back", "judgement")


def _invented(snapshot: Snapshot, pair: dict[str, Any]) -> bool:
    """Return True where both records of the pair are invented; a record that can't be found counts as real."""
    table = {"person": "persons", "event": "events", "document": "documents"}.get(pair["entity"], "persons")
    both = snapshot.table(table)
    both = both.filter(pc.is_in(both.column("id"), pa.array([pair["left"], pair["right"]])))
    return both.num_rows == 2 and all(both.column("invented").to_pylist())
