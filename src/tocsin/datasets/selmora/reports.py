"""Field reports of invented observers: plain texts with title, author, date and sections, written from the incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tocsin.datasets.selmora.dice import Dice
from tocsin.datasets.selmora.incidents import END, Incident
from tocsin.datasets.selmora.places import district

MONTHS = 18
_AUTHORS = ("Selmora Incident Desk", "Coast Radio Monitor", "Association of Families", "Selmora Relief Council")


def reports(seed: int, found: Sequence[Incident]) -> dict[str, bytes]:
    """Return one report for each of the last months, a copy of one that another outlet carried, and one in Arabic."""
    dice = Dice(seed, "reports")
    files: dict[str, bytes] = {}
    year, month = END.year, END.month
    for _ in range(MONTHS):
        incidents = [i for i in found if (i.day.year, i.day.month) == (year, month)]
        if incidents:
            written = dt.date(year, month, 1) + dt.timedelta(days=31 + dice.whole(1, 5))
            files[f"reports/{year}-{month:02d}.md"] = _report(written, incidents, dice).encode("utf-8")
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    files = dict(sorted(files.items()))
    copied = list(files)[-2:][0]
    files[copied.replace(".md", "-reprinted.md")] = _reprint(files[copied].decode("utf-8")).encode("utf-8")
    last = found[-1].day
    arabic = _arabic([i for i in found if (i.day.year, i.day.month) == (last.year, last.month)])
    files[f"reports/{last:%Y-%m}-ar.md"] = arabic.encode("utf-8")
    return files


def _report(written: dt.date, incidents: Sequence[Incident], dice: Dice) -> str:
    worst = max(incidents, key=lambda i: (i.deaths, -i.number))
    others = [i for i in incidents if i is not worst][:2]
    day, name = _day(worst.day), worst.place.name
    month = f"{worst.day:%B %Y}"
    crowd, ahead = dice.whole(2, 9) * 500, dice.whole(3, 18) * 1000
    displaced = 100 * dice.whole(4, 45)
    seen = "".join(f"On {_day(o.day)}, {_people(o.deaths)} killed in {o.place.name}.\n" for o in others)
    return f"""# {name}: what happened in {month} (invented)

Author: {dice.pick(_AUTHORS)} (invented)
Date: {_day(written)}

This report is invented. Selmora does not exist.

## Summary

At least {max(1, worst.deaths)} people were killed in {name}, {district(worst.place.admin).name} district, on {day}, local clinics said.

## What happened

{seen}A few days later a crowd of about {crowd:,} people gathered for the burial. Nobody was hurt there.

## Displacement

Some {displaced:,} people were displaced from {name} in {month}, the Selmora Relief Council said.

## Needs and outlook

The Council appealed for {dice.whole(2, 20)} million crowns.
As many as {ahead:,} people could be displaced within six months if attacks go on.
"""


def _people(count: int) -> str:
    return "one person was" if count == 1 else f"{count} people were"


def _reprint(text: str) -> str:
    """Return the text as another outlet printed it: another head, the same body."""
    head, body = text.split("\n\n", 1)
    return f"{head}\n\nReprinted by Southern Isles Wire (invented)\n\n{body}"


def _arabic(incidents: Sequence[Incident]) -> str:
    worst = max(incidents, key=lambda i: (i.deaths, -i.number))
    return f"""# {worst.place.arabic}: ما حدث في {worst.day:%Y-%m} (مختلق)

الكاتب: رابطة العائلات (مختلقة)
التاريخ: {worst.day + dt.timedelta(days=21)}

هذا التقرير مختلق. سلمورا بلد غير موجود.

## ملخص

قُتل ما لا يقل عن {worst.deaths} أشخاص في {worst.place.arabic} يوم {worst.day.isoformat()}.
"""


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
