"""What the desk and the command line list: drafts, pairs and editions of the newest run, beside what people did."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.flow.actions.sign_edition import EDITION, open_findings
from tocsin.flow.place import current
from tocsin.flow.records import releases
from tocsin.records.models import Alert


def waiting_drafts() -> list[dict[str, Any]]:
    """Return the drafts of the newest run that nobody signed off."""
    taken = set(Alert.objects.values_list("draft", flat=True))
    return [draft for draft in current().rows("drafts") if draft["id"] not in taken]


def two_records(pair: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two records of a pair as their table holds them; empty where the run has none."""
    table = {"person": "persons", "event": "events", "document": "documents"}.get(pair["entity"], "persons")
    content = current().table(table)
    both = {
        r["id"]: r for r in content.filter(pc.is_in(content.column("id"), pa.array([pair["left"], pair["right"]], pa.string()))).to_pylist()
    }
    return both.get(pair["left"], {}), both.get(pair["right"], {})


def editions() -> list[dict[str, Any]]:
    """Return the editions of the newest run: their files, what the release gate found, and the state people gave them."""
    released = {release["draft_sha256"] for release in releases()}
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in current().rows("publications"):
        one = found.setdefault(
            tuple(row[key] for key in EDITION),
            {"id": row["id"], "kind": row["kind"], "edition": row["edition"], "invented": True, "files": [], "findings": []},
        )
        done = row["sha256"] in released
        one["files"].append(
            {"id": row["id"], "path": row["path"], "name": row["path"].rsplit("/", 1)[-1], "state": "released" if done else row["state"]}
        )
        one["findings"] += [finding for finding in open_findings(row) if finding not in one["findings"]]
        one["invented"] &= bool(row["invented"])
    for one in found.values():
        states = {file["state"] for file in one["files"]}
        one["state"] = "draft" if "draft" in states else states.pop()
    return list(found.values())
