"""Four lists of victims as their keepers would have written them: other scripts, habits, gaps and mistakes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import END, Victim
from tocsin.datasets.selmora.kinds import kinds_of
from tocsin.datasets.selmora.places import district
from tocsin.datasets.selmora.scripts import SOUNDS, Romanisation, arabic

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "hospitals": ("serial", "full_name", "sex", "age", "date_of_death", "place", "district", "cause", "entered"),
    "researchers": (
        "record_id",
        "given_name",
        "father_name",
        "family_name",
        "gender",
        "age",
        "date",
        "place",
        "district",
        "status",
        "cause",
        "civilian_status",
        "entered",
    ),
    "news": ("id", "name", "date", "place", "district", "age", "sex", "entered"),
    "families": ("record", "given", "father", "family", "sex", "age", "date", "place", "district", "status", "consent", "entered"),
}
_BARE_ALIF = re.compile("[\u0623\u0625]")
_LATEST = END + dt.timedelta(days=15)


@dataclass(frozen=True)
class Habits:
    """Holds how often the keepers of one list leave out, change or mistake something."""

    romanisation: Romanisation | None
    typo: float
    no_father: float
    no_article: float
    kunya: float
    swapped: float
    off_by_days: float
    month_only: float
    year_only: float
    no_age: float
    rounded_age: float
    no_sex: float
    no_place: float
    repeated: float


HABITS: Mapping[str, Habits] = {
    "hospitals": Habits(
        romanisation=Romanisation({}, 0.06),
        typo=0.03,
        no_father=0.22,
        no_article=0.25,
        kunya=0.0,
        swapped=0.015,
        off_by_days=0.06,
        month_only=0.01,
        year_only=0.005,
        no_age=0.06,
        rounded_age=0.25,
        no_sex=0.01,
        no_place=0.05,
        repeated=0.02,
    ),
    "researchers": Habits(
        romanisation=Romanisation({"sh": "ch", "uu": "ou", "q": "k"}, 0.05),
        typo=0.015,
        no_father=0.08,
        no_article=0.1,
        kunya=0.0,
        swapped=0.005,
        off_by_days=0.03,
        month_only=0.02,
        year_only=0.01,
        no_age=0.12,
        rounded_age=0.08,
        no_sex=0.01,
        no_place=0.01,
        repeated=0.01,
    ),
    "news": Habits(
        romanisation=Romanisation({"ii": "ee", "uu": "oo", "ah": "ah"}, 0.12),
        typo=0.04,
        no_father=0.45,
        no_article=0.3,
        kunya=0.02,
        swapped=0.03,
        off_by_days=0.1,
        month_only=0.03,
        year_only=0.02,
        no_age=0.4,
        rounded_age=0.2,
        no_sex=0.04,
        no_place=0.06,
        repeated=0.035,
    ),
    "families": Habits(
        romanisation=None,
        typo=0.02,
        no_father=0.04,
        no_article=0.15,
        kunya=0.015,
        swapped=0.02,
        off_by_days=0.06,
        month_only=0.03,
        year_only=0.04,
        no_age=0.15,
        rounded_age=0.2,
        no_sex=0.01,
        no_place=0.02,
        repeated=0.02,
    ),
}


@dataclass(frozen=True)
class Entry:
    """Is one record of one list, with the person behind it, which only the truth file tells."""

    victim: int
    values: Mapping[str, str]


def entries(seed: int, name: str, recorded: list[Victim]) -> list[Entry]:
    """Return the records of list `name`, in the order of their entry; some persons stand in it twice."""
    dice = Dice(seed, "list", name)
    habits = HABITS[name]
    drawn: list[tuple[int, dict[str, str]]] = []
    for victim in recorded:
        for _ in range(2 if dice.chance(habits.repeated) else 1):
            drawn.append((victim.number, _values(victim, habits, dice)))
    drawn.sort(key=lambda d: (d[1]["entered"], d[1]["given"], d[1]["family"], d[1]["place"], d[1]["date"], d[0]))
    said = kinds_of(seed, name, recorded)
    return [Entry(victim, _columns(name, number, values | said[victim])) for number, (victim, values) in enumerate(drawn, start=1)]


def _values(victim: Victim, habits: Habits, dice: Dice) -> dict[str, str]:
    given, father, family = _name(victim, habits, dice)
    incident = victim.incident
    entered = min(incident.day + dt.timedelta(days=dice.whole(3, 120)), _LATEST)
    latin = habits.romanisation is not None
    home = district(incident.place.admin)
    town = "" if dice.chance(habits.no_place) else incident.place.name if latin else incident.place.arabic
    return {
        "given": given,
        "father": father,
        "family": family,
        "sex": "" if dice.chance(habits.no_sex) else _sex(victim.sex, latin=latin),
        "age": _age(victim.age, habits, dice),
        "date": _date(incident.day, habits, dice),
        "place": town,
        "district": home.name if latin else home.arabic,
        "entered": entered.isoformat(),
    }


def _name(victim: Victim, habits: Habits, dice: Dice) -> tuple[str, str, str]:
    name = victim.name
    given, father, family = (_write(part, habits, dice) for part in (name.given, name.father, name.family))
    article = name.article and not dice.chance(habits.no_article)
    if article:
        family = f"ال{family}" if habits.romanisation is None else f"{dice.pick(('al-', 'al-', 'Al ', 'el-'))}{family}"
    if dice.chance(habits.no_father):
        father = ""
    if dice.chance(habits.kunya):
        child = _write(dice.pick((name.father, "k a r ii m", "y uu s u f", "A H m a d")), habits, dice)
        parent = ("أم" if victim.sex == "f" else "أبو") if habits.romanisation is None else ("Umm" if victim.sex == "f" else "Abu")
        return f"{parent} {child}", "", family
    return given, father, family


def _write(sounds: str, habits: Habits, dice: Dice) -> str:
    if habits.romanisation is None:
        written = arabic(sounds)
        written = _BARE_ALIF.sub("\u0627", written) if dice.chance(0.3) else written
        written = written.replace("\u0629", "\u0647") if dice.chance(0.15) else written  # ta marbuta written as ha
    else:
        written = habits.romanisation.write(sounds, dice)
    return _mistyped(written, dice) if dice.chance(habits.typo) else written


def _mistyped(written: str, dice: Dice) -> str:
    if len(written) < 4:
        return written
    at = dice.whole(1, len(written) - 2)
    kind = dice.pick(("drop", "swap", "other"))
    if kind == "drop":
        return written[:at] + written[at + 1 :]
    if kind == "swap":
        return written[:at] + written[at + 1] + written[at] + written[at + 2 :]
    letters = "abdehiklmnorstu" if written.isascii() else "".join(sound[0] for sound in SOUNDS.values() if sound[0])
    return written[:at] + dice.pick(letters) + written[at + 1 :]


def _sex(sex: str, *, latin: bool) -> str:
    return sex if latin else "أنثى" if sex == "f" else "ذكر"


def _age(age: int, habits: Habits, dice: Dice) -> str:
    if dice.chance(habits.no_age):
        return ""
    if dice.chance(habits.rounded_age):
        return str(5 * round(age / 5))
    return str(max(0, age + dice.whole(-1, 1)) if dice.chance(0.1) else age)


def _date(day: dt.date, habits: Habits, dice: Dice) -> str:
    if dice.chance(habits.off_by_days):
        day = min(END, day + dt.timedelta(days=dice.pick((-2, -1, 1, 1, 2))))
    if dice.chance(habits.swapped) and day.day <= 12 and day.replace(month=day.day, day=day.month) <= END:
        day = day.replace(month=day.day, day=day.month)
    if dice.chance(habits.year_only):
        return str(day.year)
    return day.isoformat()[:7] if dice.chance(habits.month_only) else day.isoformat()


def _columns(name: str, number: int, values: Mapping[str, str]) -> dict[str, str]:
    whole = " ".join(part for part in (values["given"], values["father"], values["family"]) if part)
    own = {
        "serial": f"H{number:05d}", "record_id": f"R-{number:04d}", "id": str(number), "record": str(number),
        "full_name": whole, "name": whole, "given_name": values["given"], "father_name": values["father"],
        "family_name": values["family"], "gender": values["sex"], "date_of_death": values["date"], "status": values["status"] or "reported",
    }  # fmt: skip
    return {column: own.get(column, values.get(column, "")) for column in COLUMNS[name]}
