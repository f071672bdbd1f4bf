"""Takes back what a person said of two records: a row is added, none is removed."""

from __future__ import annotations

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.model.errors import Refused
from tocsin.records.models import Judgement
from tocsin.records.models.judgements import WITHDRAWN

PERMISSION = "undo_judgement"


def undo_judgement(actor: Actor, pair: str) -> Judgement:
    """Take back the person's own judgement in force on a pair; the history keeps both.

    Args:
        actor: who judged.
        pair: id of the pair; it need not be in the newest run any more.
    """
    with acting(actor, PERMISSION) as book:
        last = Judgement.objects.filter(pair=pair, who=actor.uid).order_by("entry").last()
        if last is None or last.judgement == WITHDRAWN:
            raise Refused(
                "there is no judgement of yours to take back", "judgement", "a judgement in force", "none", "Nothing needs to be done."
            )
        only_invented_for_demo(actor, last.invented)
        about = {name: getattr(last, name) for name in ("pair", "entity", "left", "right", "invented")}
        added = book.add(Judgement(**about, judgement=WITHDRAWN, why="", supersedes=last.id))
        book.audit(added.id, evidence=[pair, last.id], takes_back=last.judgement)
        return added
