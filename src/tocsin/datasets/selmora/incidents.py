"""Three years of invented incidents, and the invented persons who died in them: the truth that no list shows whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.names import Name, Register
from tocsin.datasets.selmora.places import DISTRICTS, Place, places

START, END = dt.date(2023, 10, 1), dt.date(2026, 9, 30)
#: Armed actors: code, name, and how often they are named as the perpetrator.
ACTORS = (
    ("SRG", "Selmora Republican Guard", 0.45),
    ("UPM", "Upland Patriotic Militia", 0.30),
    ("RDF", "River Defence Front", 0.15),
    ("UNK", "not known", 0.10),
)
ACTS = (
    ("killing", 0.40),
    ("attack_on_civilians", 0.28),
    ("shelling", 0.18),
    ("execution", 0.08),
    ("attack_on_hospital", 0.06),
)
BESIDES = ("forced_displacement", "destruction_of_homes", "looting", "arbitrary_detention", "abduction", "sexual_violence", "aid_blocked")


@dataclass(frozen=True)
class Incident:
    """Is one incident as it truly was."""

    number: int
    day: dt.date
    place: Place
    actor: str
    acts: tuple[str, ...]
    deaths: int


@dataclass(frozen=True)
class Victim:
    """Is one invented person who died; never a row of any list."""

    number: int
    name: Name
    sex: str
    age: int
    incident: Incident


def incidents(seed: int, victims: int) -> list[Incident]:
    """Return incidents whose deaths add up to `victims`, in the order of their dates."""
    dice = Dice(seed, "incidents")
    left, drawn = victims, []
    while left > 0:
        deaths = min(left, _deaths(dice))
        left -= deaths
        drawn.append((_day(dice), _place(dice), deaths))
    drawn.sort(key=lambda d: (d[0], d[1].code, d[2]))
    return [
        Incident(number, day, place, _weighted(dice, [(a[0], a[2]) for a in ACTORS]), _acts(dice), deaths)
        for number, (day, place, deaths) in enumerate(drawn, start=1)
    ]


def victims_of(seed: int, found: list[Incident]) -> list[Victim]:
    """Return the persons who died; some incidents take several members of one household."""
    dice = Dice(seed, "victims")
    register = Register(Dice(seed, "names"))
    victims: list[Victim] = []
    for incident in found:
        household = register.household()
        for _ in range(incident.deaths):
            if not dice.chance(0.02):
                household = register.household()
            sex = "f" if dice.chance(0.27) else "m"
            age = min(92, max(0, round(dice.share() * 34 + dice.share() * 30 + (dice.share() < 0.3) * dice.share() * 25)))
            victims.append(Victim(len(victims) + 1, register.name(sex, household), sex, age, incident))
    return victims


def _deaths(dice: Dice) -> int:
    """Return a number of deaths: mostly few, seldom many."""
    return min(32, max(1, round(1.1 * (1 - dice.share()) ** -0.6)))


def _day(dice: Dice) -> dt.date:
    """Return a day; violence grows over the three years and is worst in the spring of 2026."""
    while True:
        share = dice.share()
        weight = 0.25 + 0.55 * share + (0.6 if 0.80 < share < 0.92 else 0.0)
        if dice.chance(weight / 1.4):
            return START + dt.timedelta(days=int(share * ((END - START).days + 1)))


def _place(dice: Dice) -> Place:
    code = _weighted(dice, [(d.code, d.weight) for d in DISTRICTS])
    return dice.pick_early([p for p in places() if p.admin == code])


def _acts(dice: Dice) -> tuple[str, ...]:
    first = _weighted(dice, list(ACTS))
    return (first, dice.pick(BESIDES)) if dice.chance(0.3) else (first,)


def _weighted(dice: Dice, choices: list[tuple[str, float]]) -> str:
    target = dice.share() * sum(weight for _, weight in choices)
    for value, weight in choices:
        target -= weight
        if target < 0:
            return value
    return choices[-1][0]
