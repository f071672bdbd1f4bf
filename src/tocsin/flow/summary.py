"""Sums up a finished run: what was made, what stands out, and where to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from tocsin import reference
from tocsin.model import tables
from tocsin.stages.estimate import BOUNDS
from tocsin.stages.publish import ranked
from tocsin.storage import Snapshot

TOP = 10


def summarize(snapshot: Snapshot, seconds: float, alerts: Mapping[str, int]) -> dict[str, Any]:
    """Return the JSON of `tocsin run --json`.

    Args:
        snapshot: the finished run.
        seconds: how long it took.
        alerts: how many alerts people have issued, and how many drafts wait for a signature (`issued`, `drafts`).
    """
    top = top_risk(snapshot, TOP)
    publications = snapshot.rows("publications")
    return {
        "run": snapshot.run,
        "seconds": round(seconds, 1),
        "rows": {name: snapshot.table(name).num_rows for name in tables.TABLES},
        "top_risk": [
            {"name": _name(row["territory"])} | {k: row[k] for k in ("territory", "target", "probability", "low", "high", "id")}
            for row in top
        ],
        "window": [str(top[0]["window_from"]), str(top[0]["window_to"])] if top else None,
        "origin": str(top[0]["origin"]) if top else None,
        "issued_at": str(top[0]["issued_at"]) if top else None,
        "stale": any(row["stale"] for row in top),
        "renew": next((command for command in snapshot.table("forecasts")["renew"].to_pylist() if command), None),
        "alerts": alerts["issued"],
        "drafts": alerts["drafts"],
        "estimates": _estimates(snapshot.rows("estimates")),
        "disagreements": disagreements(snapshot),
        "digest": digest_counts(snapshot),
        "published": [{k: row[k] for k in ("kind", "path", "id", "state")} for row in publications],
        "skipped": {
            stage: snapshot.stage_manifest(stage)["skipped"] for stage in snapshot.folders() if snapshot.stage_manifest(stage)["skipped"]
        },
    }


def top_risk(snapshot: Snapshot, most: int) -> list[Mapping[str, Any]]:
    """Return the highest forecasts of the shown model, of the window that is still ahead where there is one."""
    return list(ranked(snapshot.table("forecasts").drop_columns(["draws"]).to_pylist())[:most])


def disagreements(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the figures of real cases that disagree about one thing, smallest first, by the name of that thing."""
    figures = snapshot.table("figures")
    figures = figures.filter(pc.and_(figures.column("conflict_group").is_valid(), pc.invert(figures.column("invented"))))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in figures.select(["id", "conflict_group", "value", "qualifier"]).to_pylist():
        groups.setdefault(row.pop("conflict_group"), []).append(row)
    return [
        {"about": about, "figures": sorted(rows, key=lambda row: (row["value"] or 0.0, row["id"]))}
        for about, rows in sorted(groups.items())
        if len(rows) > 1
    ]


def digest_counts(snapshot: Snapshot) -> dict[str, int]:
    """Return how many items and sections the digest of this run has; zero where there is none."""
    counts = snapshot.stage_manifest("publish").get("counts") if "publish" in snapshot.folders() else None
    return {"items": 0, "sections": 0} if not counts else {"items": counts["items"], "sections": counts["sections"]}


def _estimates(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the estimates; the first method that gave an interval for a quantity is the main one, the others show the spread.

    A method that gives a lower bound only (`bound`) is neither.
    """
    keys = ["id", "quantity", "territory", "stratum", "method", "documented", "low", "median", "high"]
    keys += ["level", "converged", "refused", "invented"]
    seen: set[tuple[Any, ...]] = set()
    made = []
    for row in rows:
        about = (row["quantity"], row["territory"], row["stratum"])
        bound = row["method"] in BOUNDS
        main = row["median"] is not None and not bound and about not in seen
        if main:
            seen.add(about)
        made.append({"name": _name(row["territory"]), "main": main, "bound": bound} | {key: row[key] for key in keys})
    return made


def _name(code: str | None) -> str:
    """Return the name of a territory; the run stops before this where a code is unknown."""
    return reference.territory(code).name if code else "no territory"
