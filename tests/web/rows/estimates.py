"""How many died at the invented Lake Arin: an estimate, a lower bound, and one that is refused."""

from __future__ import annotations

import datetime as dt

from tocsin.model.ids import item_id
from web.rows.content import Content

YEAR = {"period_from": dt.date(2011, 1, 1), "period_to": dt.date(2011, 12, 31)}
LAKE = {
    "quantity": "people killed, Lake Arin district", "territory": "XSE", "documented": 2934, "level": 0.95, "converged": True,
    "invented": True, **YEAR,
}  # fmt: skip


def add(content: Content) -> None:
    """Add the estimates."""
    items = [item_id(content.items["selmora"])]
    content.computed(
        "estimates", "selmora-dga", items, "dga", low=3880.0, median=4210.0, high=4760.0, share_linkage=0.6, share_model=0.1,
        share_sampling=0.3, **LAKE,
    )  # fmt: skip
    content.computed("estimates", "selmora-chao", items, "chao", low=3500.0, median=3590.0, high=3700.0, note="a lower bound", **LAKE)
    content.computed(
        "estimates", "selmora-east", items, "dga", quantity="people killed, eastern villages", territory="XSE", documented=31,
        stratum="east", refused="fewer than three lists overlap", converged=False, invented=True,
    )  # fmt: skip
