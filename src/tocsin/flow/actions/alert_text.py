"""The text of an alert as people sign it, and what it must hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.model.errors import BadInput
from tocsin.model.grades import STANDARDS_OF_PROOF

#: Column of a draft that is not the text itself but comes along, and its CAP default.
_SCALES = ("urgency", "severity", "certainty")


@dataclass(frozen=True)
class AlertText:
    """Holds what the signer may change of a draft; addressee, one ask and due day are obligatory.

    `unresolved` lists checks that are still to be made: while there is one, the alert can't be issued.
    """

    headline: str
    addressee: str
    ask: str
    due: dt.date | None
    standard_of_proof: str
    description: str = ""
    trigger_date: dt.date | None = None
    unresolved: tuple[str, ...] = ()

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any]) -> AlertText:
        """Return the text as the machine drafted it; what the draft lacks is missing here too."""
        return cls(
            headline=draft["headline"],
            addressee=draft["addressee"],
            ask=draft["ask"],
            due=draft["due"],
            standard_of_proof=draft["standard_of_proof"] or "",
            description=draft["description"] or "",
            trigger_date=draft["trigger_date"],
        )

    def check(self, today: dt.date) -> None:
        """Return if the text is complete.

        Raises:
            BadInput: a part is missing; the message names the first one.
        """
        for name in ("headline", "addressee", "ask"):
            if not getattr(self, name).strip():
                raise BadInput("this part of the alert is missing", name, "a text", "nothing", "Every alert has an addressee and one ask.")
        if len([line for line in self.ask.splitlines() if line.strip()]) > 1:
            raise BadInput("an alert has one ask", "ask", "one line", "several lines", "Make a second alert for the second ask.")
        if self.due is None or self.due <= today:
            raise BadInput("the day by which an answer is asked must lie ahead", "due", f"after {today}", str(self.due or "nothing"))
        if self.standard_of_proof not in STANDARDS_OF_PROOF:
            raise BadInput(
                "the standard of proof is missing", "standard_of_proof", ", ".join(STANDARDS_OF_PROOF), self.standard_of_proof[:40]
            )


def scales(draft: Mapping[str, Any]) -> dict[str, str]:
    """Return the CAP scales of a draft; what it leaves open is Unknown."""
    return {name: draft[name] or "Unknown" for name in _SCALES}
