"""`tocsin rate`: what you answer to one indicator."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.actor import StdinOption, UserOption, acting_user
from tocsin.cli.common import JsonOption, out, print_json
from tocsin.cli.django import ready


def rate(
    situation: Annotated[str, typer.Argument(metavar="SITUATION", help="Slug, such as selmora; state-CODE for the government checklist.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Id, such as 7.14, G1, N1, C1 or K1; see tocsin assess.")],
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="present, absent, or unknown.")],
    why: Annotated[str, typer.Option("--why", help="The reason, in words that can be published.")] = "",
    evidence: Annotated[list[str] | None, typer.Option("--evidence", metavar="ID", help="What it rests on; may be repeated.")] = None,
    confidence: Annotated[str, typer.Option(help="low, medium or high.")] = "low",
    standard: Annotated[
        str,
        typer.Option(help="allegation, reasonable_grounds_to_suspect, reasonable_grounds_to_believe, or clear_and_convincing."),
    ] = "allegation",
    dissents_from: Annotated[
        str, typer.Option("--dissents-from", metavar="ID", help="Rating of another person that you disagree with.")
    ] = "",
    user: UserOption = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rate an indicator: present, absent or unknown. Two people must rate it before their answer is published."""
    ready()
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.actions.rate_indicator import RatingText

    text = RatingText(answer, confidence, why, standard, tuple(evidence or ()), dissents_from)
    record = rate_indicator(acting_user(user, password_stdin), situation, indicator, text)
    if as_json:
        print_json({"id": record.id, "situation": record.situation, "indicator": record.indicator, "answer": record.answer})
        return
    out.print(f"{record.id}: {record.answer}. The next run takes it into account once a second person has rated it.", markup=False)
