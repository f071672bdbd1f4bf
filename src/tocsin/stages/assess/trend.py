"""Says whether dated evidence for an indicator grew or fell, over half a year against the half year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

HALF_YEAR = 183
TRENDS = ("rising", "steady", "falling", "unknown")


@dataclass(frozen=True)
class Trend:
    """Holds the word, and the two counts it rests on."""

    word: str
    recent: int
    before: int


def trend(days: Iterable[dt.date], until: dt.date) -> Trend:
    """Count evidence of the 183 days up to `until` against the 183 days before them.

    `rising` and `falling` need one and a half times as many rows, and two more; with no dated evidence in the whole
    year the trend is unknown. Counts of evidence also follow how much is reported; pages say so.

    >>> day = dt.date(2012, 12, 20)
    >>> trend([day, day - dt.timedelta(20), day - dt.timedelta(30), day - dt.timedelta(300)], day).word
    'rising'
    """
    ages = [(until - day).days for day in days]
    recent = sum(0 <= age < HALF_YEAR for age in ages)
    before = sum(HALF_YEAR <= age < 2 * HALF_YEAR for age in ages)
    if recent == before == 0:
        return Trend("unknown", 0, 0)
    if recent >= 1.5 * before and recent - before >= 2:
        return Trend("rising", recent, before)
    if before >= 1.5 * recent and before - recent >= 2:
        return Trend("falling", recent, before)
    return Trend("steady", recent, before)
