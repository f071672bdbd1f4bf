"""Accounts of the incidents: what two invented observers reported about what happened, each with its own errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import ACTORS, END, Incident
from tocsin.datasets.selmora.places import district

COLUMNS = (
    "account", "observer", "date_from", "date_to", "date_precision", "place", "admin_code", "longitude", "latitude", "place_precision",
    "actor", "acts", "best", "low", "high", "confidence", "known_on", "title",
)  # fmt: skip
_ACTOR_NAMES = {code: name for code, name, _ in ACTORS}


def accounts(seed: int, found: Sequence[Incident]) -> Iterator[dict[str, object]]:
    """Yield one row for each account: most incidents have one, some two, some none."""
    dice = Dice(seed, "accounts")
    number = 0
    for incident in found:
        observers = [o for o, share in (("Selmora Incident Desk", 0.88), ("Coast Radio Monitor", 0.38)) if dice.chance(share)]
        for observer in observers:
            number += 1
            yield _account(number, observer, incident, dice)


def _account(number: int, observer: str, incident: Incident, dice: Dice) -> dict[str, object]:
    second = observer == "Coast Radio Monitor"
    day = incident.day
    if second and dice.chance(0.35):
        day = min(END, day + dt.timedelta(days=dice.pick((1, 1, 2))))
    best = max(0, round(incident.deaths * (0.75 + 0.4 * dice.share())))
    low, high = max(0, best - dice.whole(0, 1 + best // 4)), best + dice.whole(0, 1 + best // 3)
    coarse = second and dice.chance(0.3)
    home = district(incident.place.admin)
    return {
        "account": f"{'B' if second else 'A'}{number:04d}",
        "observer": observer,
        "date_from": day.isoformat(),
        "date_to": day.isoformat(),
        "date_precision": "day",
        "place": home.name if coarse else incident.place.name,
        "admin_code": home.code,
        "longitude": None if coarse else incident.place.longitude,
        "latitude": None if coarse else incident.place.latitude,
        "place_precision": "district" if coarse else "town",
        "actor": "" if incident.actor == "UNK" else _ACTOR_NAMES[incident.actor],
        "acts": ";".join(incident.acts),
        "best": best,
        "low": low,
        "high": high,
        "confidence": dice.pick(("high", "medium", "medium", "low")),
        "known_on": (day + dt.timedelta(days=dice.whole(1, 6))).isoformat(),
        "title": f"{incident.acts[0].replace('_', ' ').capitalize()} in {home.name if coarse else incident.place.name}",
    }


#: Account, day, day it became known, actor, acts, mark on the clock, title.
_MILESTONES = (
    ("C0001", "2026-04-03", "2026-04-09", "Upland Patriotic Militia", "militia_armed", "",
     "Rifles are handed out to upland youth leagues"),
    ("C0002", "2026-05-11", "2026-05-11", "Selmora Republican Guard", "media_closed", "",
     "The only newspaper of the river districts is closed"),
    ("C0003", "2026-06-22", "2026-06-24", "Upland Patriotic Militia", "hate_speech;incitement", "precursor",
     "Radio broadcasts call the people of the river districts enemies of the republic"),
    ("C0004", "2026-07-30", "2026-08-02", "Selmora Republican Guard", "troop_build_up", "",
     "Two battalions move to the bridge at Tashirun"),
    ("C0005", "2026-08-26", "2026-08-26", "Selmora Republican Guard", "observers_expelled", "", "Observers must leave Mirzas within a day"),
    ("C0006", "2026-09-18", "2026-09-19", "Upland Patriotic Militia", "threat", "", "Armed men mark houses in Balqar"),
    ("C0007", "2027-02-14", "2026-07-01", "", "election", "trigger", "Vote on the autonomy of the river districts, as planned"),
)  # fmt: skip


def milestones() -> Iterator[dict[str, object]]:
    """Yield what announced the worst, without deaths, and the day that lies ahead; two of them set the gap clock."""
    for account, day, known, actor, acts, mark, title in _MILESTONES:
        yield {
            "account": account,
            "observer": "Selmora Incident Desk",
            "date_from": day,
            "date_to": day,
            "date_precision": "day",
            "place_precision": "country",
            "known_on": known,
            "actor": actor,
            "acts": acts,
            "indicator": mark,
            "confidence": "high",
            "title": title,
        }
