"""How a victim died and whether they were a civilian, what the keepers of a list wrote of it, and whether the name may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import Victim
from tocsin.model.casualties import CAUSES, CIVILIAN_STATUSES, CONSENTS, VERIFIED

#: Act -> cause of death; every other act kills with small arms.
_CAUSE: Mapping[str, str] = {"shelling": "heavy_weapons", "attack_on_hospital": "heavy_weapons", "aid_blocked": "denial_of_objects"}
#: How often a list says nothing, or something else than what was.
_SILENT, _WRONG = 0.2, 0.06
_PLANTED, _BORE_ARMS = 0.08, 0.12
#: The list whose keepers know the families: they verify records, and ask whether the name may be published.
_ASKS = "families"
_VERIFIED, _ASKED, _AGREES = 0.6, 0.4, 0.7


def kinds_of(seed: int, name: str, recorded: Sequence[Victim]) -> dict[int, dict[str, str]]:
    """Return for each victim what list `name` says of cause, civilian status, the record and consent; empty where it says nothing."""
    found = {}
    for victim in recorded:
        cause, status = _truth(seed, victim)
        dice = Dice(seed, "kinds", name, victim.number)
        found[victim.number] = {
            "cause": _said(cause, CAUSES[:4], dice),
            "civilian_status": _said(status, CIVILIAN_STATUSES, dice),
            **_asked(Dice(seed, "consent", name, victim.number), name == _ASKS),
        }
    return found


def _asked(dice: Dice, asks: bool) -> dict[str, str]:
    if not asks:
        return {"status": "", "consent": ""}
    given, refused = CONSENTS
    answer = (given if dice.chance(_AGREES) else refused) if dice.chance(_ASKED) else ""
    return {"status": VERIFIED if dice.chance(_VERIFIED) else "", "consent": answer}


def _truth(seed: int, victim: Victim) -> tuple[str, str]:
    dice = Dice(seed, "kinds", victim.number)
    cause = next((_CAUSE[act] for act in victim.incident.acts if act in _CAUSE), "small_arms")
    cause = "planted_explosives" if cause == "small_arms" and dice.chance(_PLANTED) else cause
    grown = victim.sex == "m" and 16 <= victim.age <= 60
    return cause, "direct_participant" if grown and dice.chance(_BORE_ARMS) else "civilian"


def _said(truth: str, others: Sequence[str], dice: Dice) -> str:
    if dice.chance(_SILENT):
        return ""
    return dice.pick(others) if dice.chance(_WRONG) else truth
