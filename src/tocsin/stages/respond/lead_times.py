"""Lead times in days for the classes of the toolbox, and whether a measure still fits the time left."""

from __future__ import annotations

from collections.abc import Mapping

#: Class of the toolbox -> days from decision to first effect, low and high. Planning estimates, not measured values.
LEAD_DAYS: Mapping[str, tuple[int, int]] = {
    "hours to days": (1, 7),
    "days to weeks": (3, 28),
    "weeks to months": (14, 120),
    "months to years": (90, 1095),
}


def fits(lead: tuple[int, int], days_left: int | None) -> str:
    """Return whether a measure with this lead time still fits: yes, perhaps, no, or unknown.

    `perhaps`: the time left is inside the range of the lead time.

    >>> fits((3, 28), 10)
    'perhaps'
    >>> fits((3, 28), None)
    'unknown'
    """
    if days_left is None:
        return "unknown"
    if days_left >= lead[1]:
        return "yes"
    return "perhaps" if days_left >= lead[0] else "no"
