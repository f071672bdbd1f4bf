"""Two indicators of each risk factor, answered by rule for Libya in 2011."""

from __future__ import annotations

import datetime as dt

from web.rows.content import Content

FACTORS = 14
ABOUT = {
    "framework": "un-framework-2014", "situation": "libya-2011", "territory": "LBY", "machine": True, "rater": "rules",
    "period_from": dt.date(2011, 2, 15), "period_to": dt.date(2011, 3, 17), "invented": False,
}  # fmt: skip


def add(content: Content) -> None:
    """Add the answers; those that say present rest on the events of Libya."""
    evidence = [row["id"] for row in content.rows["events"] if row["situation"] == "libya-2011"]
    for factor in range(1, FACTORS + 1):
        answer = "unknown" if factor in (9, 13, 14) else "absent" if factor == 10 else "present"
        known = {"confidence": None if answer == "unknown" else "medium"}
        if answer == "present":
            known |= {"evidence": evidence, "rationale": "A statement in a preserved document fits this indicator."}
        for indicator in (1, 2):
            content.computed(
                "assessments", f"libya-{factor}.{indicator}", evidence, "rules", indicator=f"{factor}.{indicator}", factor=f"RF{factor}",
                answer=answer, **{"evidence": [], "rationale": None, **known}, **ABOUT,
            )  # fmt: skip
