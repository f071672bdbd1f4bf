"""The year ahead: yearly figures come out when their window has begun, so a forecast that still warns must look further.

From data to the end of one year and an issue in a later one, the first whole year that still lies ahead begins
`lead` years after the origin. The models learn that distance directly: inputs at the origin, answer after the gap.
"""

from __future__ import annotations

import datetime as dt

from tocsin.model.targets import YEAR_AHEAD
from tocsin.stages.forecast.targets import TARGETS, Target


def lead_of(origin: dt.date, issued_at: dt.date) -> int:
    """Return how many whole years lie between the end of the data and the first year that begins after the day of issue.

    >>> lead_of(dt.date(2024, 12, 31), dt.date(2026, 11, 21)), lead_of(dt.date(2024, 12, 31), dt.date(2024, 12, 31))
    (2, 0)
    """
    return issued_at.year - origin.year


def ahead_targets(origin: dt.date, issued_at: dt.date) -> tuple[Target, ...]:
    """Return the one-year targets moved to the year ahead; none where the usual window lies ahead already."""
    lead = lead_of(origin, issued_at)
    if lead <= 0:
        return ()
    return tuple(Target(f"{target.name}{YEAR_AHEAD}", target.deaths, target.years, lead) for target in TARGETS if target.years == 1)
