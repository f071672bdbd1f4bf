"""Rows about the invented country's dead: a documented count, what the estimate hangs on, and a count too small to print."""

from __future__ import annotations

import datetime as dt
import json

LAKE = {"quantity": "people killed, Lake Arin district", "territory": "XSE", "invented": True}
YEAR = {"period_from": dt.date(2011, 1, 1), "period_to": dt.date(2011, 12, 31)}


def add(factory, items):
    """Add the rows to a workspace in the making."""
    factory.computed("estimates", "selmora-documented", items, "documented", documented=2934, **LAKE, **YEAR)
    about = {
        "minimum": 2930,
        "maximum": 2941,
        "records": 4100,
        "too_many": [70, 55, 85],
        "lists": {"hospitals": 1900, "families": 1200, "news": 3},
    }
    about["kinds"] = {
        "cause": [
            {"value": "small_arms", "low": 2000, "high": 2200}, {"value": "heavy_weapons", "low": 700, "high": 700},
            {"value": "cbrn", "low": None, "high": None},
        ],
    }  # fmt: skip
    warnings = ["Everyone on list news is also on list families: the one may be copied from the other."]
    factory.rows["estimates"][-1]["parameters"] = json.dumps({**about, "warnings": warnings, "between_methods": 0.4})
    factory.computed(
        "estimates", "selmora-loglinear", items, "loglinear", settings="stepwise", documented=2934, low=4000.0, median=4400.0, high=4900.0,
        level=0.95, converged=True, candidate_recall=0.953, **LAKE, **YEAR,
    )  # fmt: skip
    factory.computed(
        "estimates", "selmora-loglinear-bic", items, "loglinear", settings="BIC", documented=2934, low=4010.0, median=4400.2, high=4890.0,
        level=0.95, converged=True, candidate_recall=0.953, **LAKE, **YEAR,
    )  # fmt: skip
    factory.computed(
        "sensitivities", "selmora-left", items, "dga", kind="left_out", what="hospitals", documented=1900, low=2500.0, median=2900.0,
        high=90000.0, level=0.95, **LAKE,
    )  # fmt: skip
    factory.computed(
        "sensitivities", "selmora-joined", items, "dga", kind="joined", what="families+news", documented=2934,
        refused="Only 2 of the lists name anyone; with fewer than 3 lists nothing can tell copying from chance.", **LAKE,
    )  # fmt: skip
    few = {**LAKE, "quantity": "people killed, one farm"}
    factory.computed("estimates", "selmora-few", items, "dga", documented=3, low=3.0, median=4.0, high=9.0, level=0.95, **few)
