"""Events: two of Libya that an indicator rests on, and an invented one with a count of the dead."""

from __future__ import annotations

import datetime as dt

from web.rows.content import Content

LIBYA = {"situation": "libya-2011", "territory": "LBY", "date_to": dt.date(2011, 3, 17), "invented": False}


def add(content: Content) -> None:
    """Add the events."""
    content.collected(
        "events", "founding_facts", "SF054", title="Threat to search every house in Benghazi and show no mercy", place="Benghazi",
        date_from=dt.date(2011, 3, 17), date_precision="day", **LIBYA,
    )  # fmt: skip
    content.collected(
        "events", "founding_facts", "SF053", title="Dehumanising speech about protesters", date_from=dt.date(2011, 2, 15),
        date_precision="approximate", **LIBYA,
    )  # fmt: skip
    content.collected(
        "events", "selmora", "E1", situation="selmora", title="Houses burned in two villages at Lake Arin", date_from=dt.date(2011, 5, 3),
        date_to=dt.date(2011, 5, 3), date_precision="day", territory="XSE", best=14, low=9, high=22, invented=True,
    )  # fmt: skip
