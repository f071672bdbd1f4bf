"""Four measures for Libya in 2011, with the time each needs and what studies found."""

from __future__ import annotations

from typing import Any

from web.rows.content import Content

DAYS_LEFT = 19
STATEMENT = {"title": "Public warning by a mandate holder", "lead_time": "hours to days", "lead_days_low": 0, "lead_days_high": 7}
ENVOY = {"title": "Send an envoy or eminent persons", "lead_time": "days to weeks", "lead_days_low": 3, "lead_days_high": 28}
MONITORS = {
    "title": "Field presence of human rights monitors", "lead_time": "weeks to months", "lead_days_low": 14, "lead_days_high": 120,
}  # fmt: skip
FREEZE = {"title": "Asset freeze", "lead_time": "days to weeks", "lead_days_low": 3, "lead_days_high": 28}


def add(content: Content) -> None:
    """Add the options in the order of their rank; only the freeze coerces."""
    adviser = {"decided_by": "UN Special Advisers", "basis": "Mandate", "coercive": False}
    council = {"decided_by": "UN Security Council", "basis": "Charter, article 41", "coercive": True}
    _option(content, 1, "warning_statement", **STATEMENT, **adviser, **_studies(22, 5, 12, 3))
    _option(content, 2, "special_envoy", **ENVOY, **adviser)
    _option(content, 3, "human_rights_monitoring", **MONITORS, **adviser)
    _option(content, 4, "asset_freeze", **FREEZE, **council, **_studies(19, 4, 12, 6), harm_check="may harden those listed")


def _studies(studies: int, less: int, mixed: int, more: int) -> dict[str, int]:
    return {"studies": studies, "studies_less_harm": less, "studies_mixed": mixed, "studies_more_harm": more}


def _option(content: Content, rank: int, kind: str, **columns: Any) -> None:
    libya = next(row["id"] for row in content.rows["situations"] if row["slug"] == "libya-2011")
    content.computed(
        "options", f"libya-{kind}", [libya], "fit", situation="libya-2011", territory="LBY", measure=kind, days_left=DAYS_LEFT,
        fits="yes" if columns["lead_days_high"] <= DAYS_LEFT else "perhaps", precedents="Libya, 2011", rank=rank, invented=False, **columns,
    )  # fmt: skip
