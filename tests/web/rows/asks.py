"""What was asked of whom, what was decided, the clock of each, and drafts that no page may show."""

from __future__ import annotations

import datetime as dt
import json

from tocsin.model.ids import stable_id
from web.rows.content import Content

POINTS = ("t0", "t1", "t2", "t3", "t4", "t5", "t6", "tE")
ANSWERS = ("t3", "t4", "t5")


def add(content: Content) -> None:
    """Add the asks, the decisions, their clocks and three drafts."""
    refer = content.collected(
        "measures", "documents", "SF022", kind="icc_referral_unsc", role="recommendation", target="UN Security Council",
        actor="UN Special Adviser on the Prevention of Genocide", situation="syria-2011", territory="SYR", date=dt.date(2012, 12, 20),
        date_precision="day", title="Refer the situation in Syria to the International Criminal Court",
    )  # fmt: skip
    memo = content.collected(
        "measures", "documents", "SF042", kind="contingency_planning", role="warning", actor="Council on Foreign Relations",
        target="Government of the United States", situation="kenya-2013", territory="KEN", date=dt.date(2013, 1, 1),
        date_precision="month", title="Press Nairobi to take steps against election violence before the vote",
    )  # fmt: skip
    appeal = content.collected(
        "measures", "founding_facts", "SF057", kind="advocacy_campaign", role="recommendation", actor="Genocide Alert",
        target="Government of Germany", situation="libya-2011", territory="LBY", date=dt.date(2011, 2, 24), date_precision="day",
        status="done", title="Support sanctions and a no-fly zone",
    )  # fmt: skip
    _decided(content, "SF061", "icc_referral_unsc", dt.date(2011, 2, 26), "ICC referral, travel bans and asset freezes (resolution 1970)")
    _decided(content, "SF056", "no_fly_zone", dt.date(2011, 3, 17), "No-fly zone and protection of civilians (resolution 1973)")
    _clock(content, refer, "syria-2011", {"t0": dt.date(2011, 3, 15), "t2": dt.date(2012, 12, 20)})
    _clock(content, memo, "kenya-2013", {"t0": dt.date(2007, 12, 27), "t2": dt.date(2013, 1, 1), "tE": dt.date(2013, 3, 4)})
    libya = {"t0": dt.date(2011, 2, 15), "t2": dt.date(2011, 2, 24), "t4": dt.date(2011, 2, 26), "t5": dt.date(2011, 3, 17)}
    _clock(content, appeal, "libya-2011", libya)
    _drafts(content)


def _decided(content: Content, key: str, kind: str, day: dt.date, title: str) -> None:
    content.collected(
        "measures", "founding_facts", key, kind=kind, role="measure", actor="UN Security Council", target="Libya",
        situation="libya-2011", territory="LBY", date=day, date_precision="day", status="done", title=title,
    )  # fmt: skip


def _clock(content: Content, asked: str, situation: str, points: dict[str, dt.date]) -> None:
    subject = next(row["id"] for row in content.rows["situations"] if row["slug"] == situation)
    answered = any(point in points for point in ANSWERS)
    for point in POINTS:
        day = points.get(point)
        silent = point in ANSWERS and not answered
        row = {
            "id": stable_id("clk", subject, point), "inputs": [asked] if (day and point == "t2") or silent else [subject],
            "method": "gap-clock", "parameters": json.dumps({"today": "2013-01-11"}), "subject": subject, "situation": situation,
            "point": point, "date": day, "date_precision": "day" if day else "unknown",
            "state": "recorded" if day else "silence" if silent else "not_recorded", "invented": False,
        }  # fmt: skip
        content.rows["clocks"].append(row)


def _drafts(content: Content) -> None:
    for number, territory in enumerate(("SYR", "COD", "XSE")):
        content.computed(
            "drafts", f"draft-{territory}", [content.rows["forecasts"][number]["id"]], "draft", territory=territory,
            headline=f"Secret headline {number}", addressee="UN Security Council", ask="Secret ask", due=dt.date(2027, 1, 15), stale=True,
            invented=territory == "XSE",
        )  # fmt: skip
