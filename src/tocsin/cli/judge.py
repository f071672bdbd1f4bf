"""`tocsin judge`: what you say of a pair."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.actor import StdinOption, UserOption, acting_user
from tocsin.cli.common import JsonOption, out, print_json
from tocsin.cli.django import ready


def judge(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Id of a pair (par-...).")],
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="positive, negative, unsure, or undo.")],
    why: Annotated[str, typer.Option("--why", help="The reason; needed for positive and negative.")] = "",
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Record a judgement on a pair of records: one (positive), two (negative), unsure; `undo` takes yours back."""
    ready()
    from tocsin.flow.actions import judge_pair, undo_judgement

    actor = acting_user(user, password_stdin)
    record = undo_judgement(actor, pair) if judgement == "undo" else judge_pair(actor, pair, judgement, why)
    if as_json:
        print_json({"id": record.id, "pair": record.pair, "judgement": record.judgement})
        return
    out.print(f"{record.id}: {record.judgement}. The next run takes it into account.", markup=False)
