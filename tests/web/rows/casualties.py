"""Rows about the invented country's dead: a documented count, what the estimate hangs on, and a count too small to print."""

from __future__ import annotations

import datetime as dt
import json

from tocsin.model.ids import item_id
from web.rows.content import Content

LAKE = {"quantity": "people killed, Lake Arin district", "territory": "XSE", "invented": True}
YEAR = {"period_from": dt.date(2011, 1, 1), "period_to": dt.date(2011, 12, 31)}


ABOUT = {
    "minimum": 2930,
    "maximum": 2941,
    "records": 4100,
    "too_many": [70, 55, 85],
    "lists": {"hospitals": 1900, "families": 1200, "news": 3},
    "kinds": {
        "cause": [
            {"value": "small_arms", "low": 2000, "high": 2200},
            {"value": "heavy_weapons", "low": 700, "high": 700},
            {"value": "cbrn", "low": None, "high": None},
        ],
    },
    "warnings": ["Everyone on list news is also on list families: the one may be copied from the other."],
    "between_methods": 0.4,
}
FITTED = {"documented": 2934, "level": 0.95, "converged": True, "candidate_recall": 0.953, **LAKE, **YEAR}
NOTHING_TELLS = "Only 2 of the lists name anyone; with fewer than 3 lists nothing can tell copying from chance."


def add(content: Content) -> None:
    """Add the rows."""
    items = [item_id(content.items["selmora"])]
    content.computed(
        "estimates", "selmora-documented", items, "documented", documented=2934, parameters=json.dumps(ABOUT), **LAKE, **YEAR
    )  # fmt: skip
    for settings, low, median, high in (("stepwise", 4000.0, 4400.0, 4900.0), ("BIC", 4010.0, 4400.2, 4890.0)):
        content.computed(
            "estimates", f"selmora-loglinear-{settings}", items, "loglinear", settings=settings, low=low, median=median, high=high, **FITTED
        )  # fmt: skip
    content.computed(
        "sensitivities", "selmora-left", items, "dga", kind="left_out", what="hospitals", documented=1900, low=2500.0, median=2900.0,
        high=90000.0, level=0.95, **LAKE,
    )  # fmt: skip
    content.computed(
        "sensitivities", "selmora-joined", items, "dga", kind="joined", what="families+news", documented=2934, refused=NOTHING_TELLS, **LAKE
    )  # fmt: skip
    few = {**LAKE, "quantity": "people killed, one farm"}
    content.computed("estimates", "selmora-few", items, "dga", documented=3, low=3.0, median=4.0, high=9.0, level=0.95, **few)
