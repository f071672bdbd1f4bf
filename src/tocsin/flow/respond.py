"""What can still be done in the time left, and where the time went: for the steps of a run and for the command line."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from tocsin import reference
from tocsin.model.errors import NotFound
from tocsin.model.tables import Row
from tocsin.stages.respond import LEAD_DAYS, Need, Study, Tool, gap, options_for
from tocsin.storage import Snapshot


def toolbox() -> list[Tool]:
    """Return the measures of the toolbox as options need them."""
    found = reference.toolbox()
    return [
        Tool(
            id=m.id,
            title=m.name,
            lead_time=m.typical_lead_time,
            actors=m.actors,
            basis=m.legal_basis,
            pillars=m.pillars,
            coercive=m.coercive,
            operational=m.mode in ("operational", "both"),
            precedents=tuple(precedent_as_dict(p) for p in m.precedents if p.confidence != "unchecked"),
            study=_study(found.evidence.get(m.evidence_ref or "")),
        )
        for m in found.measures
    ]


def precedent_as_dict(precedent: reference.Precedent) -> dict[str, Any]:
    """Return a precedent as plain values for a table cell."""
    return {"situation": precedent.situation, "year": precedent.year, "outcome": precedent.outcome, "confidence": precedent.confidence}


def _study(evidence: reference.StudyCounts | None) -> Study | None:
    if evidence is None:
        return None
    return Study(evidence.studies, evidence.findings_reduces_harm, evidence.findings_none_or_mixed, evidence.findings_raises_harm)


def options_of(snapshot: Snapshot, situation: str) -> list[dict[str, Any]]:
    """Return the options that the run listed for a situation, least coercive first.

    Raises:
        NotFound: the run has no such situation.
    """
    found = _situation(snapshot, situation)
    rows = [row for row in snapshot.rows("options") if row["situation"] == found["slug"]]
    return sorted(rows, key=lambda row: (row["rank"] or 0, row["id"]))


def options_within(territory: str | None, days: int, today: dt.date) -> list[dict[str, Any]]:
    """Return the options for a case that no run holds: only the time left is known; nothing is kept."""
    need = Need(None, territory, days, today.isoformat(), ("command line",), invented=False)
    return [{**row, "id": None, "inputs": []} for row in options_for([need], toolbox()).to_pylist()]


def gaps(snapshot: Snapshot, situation: str | None = None) -> list[dict[str, Any]]:
    """Return the gap clock of each situation: days between its points, silence, and the lead time that an option could use.

    Raises:
        NotFound: the run has no such situation.
    """
    wanted = _situation(snapshot, situation)["id"] if situation else None
    clocks: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.rows("clocks"):
        clocks[row["subject"]].append(row)
    return [_gap(row, clocks[row["id"]]) for row in snapshot.rows("situations") if row["id"] in clocks and wanted in (None, row["id"])]


def _gap(situation: Row, points: Iterable[Row]) -> dict[str, Any]:
    rows = {row["point"]: row for row in points}
    shortest = min(low for low, _ in LEAD_DAYS.values())
    found = asdict(gap({name: row["date"] for name, row in rows.items() if row["date"]}, shortest))
    silent = [row["days"] for row in rows.values() if row["state"] == "silence" and row["days"] is not None]
    return {
        "situation": situation["slug"],
        "title": situation["title"],
        "points": {
            name: {key: row[key] for key in ("id", "date", "date_precision", "state", "days", "note")} for name, row in rows.items()
        },
        **found,
        "silence": max(silent, default=None),
        "invented": bool(situation["invented"]),
    }


def _situation(snapshot: Snapshot, slug: str) -> dict[str, Any]:
    rows = snapshot.rows("situations")
    for row in rows:
        if slug in (row["slug"], row["id"]):
            return row
    known = ", ".join(sorted(row["slug"] for row in rows)) or "none"
    raise NotFound("the newest run has no such situation", slug[:60], known, slug[:60])
