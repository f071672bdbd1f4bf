"""Runs the extract stage: reads every preserved text again, for its items, figures and measures."""

from __future__ import annotations

from typing import Any

from tocsin.flow.context import Context, StepResult
from tocsin.flow.texts import document_rows, figure_rows, measure_rows, read_text
from tocsin.model import tables


def step(context: Context) -> StepResult:
    """Return what was read from texts; a dataset that emits its own items is not read twice."""
    content: dict[str, list[dict[str, Any]]] = {"documents": [], "figures": [], "measures": []}
    skipped: dict[str, int] = {}
    notes: list[str] = []
    rows = [d for d in context.earlier("documents").to_pylist() if d["kind"] == "text"]
    for done, row in enumerate(rows, start=1):
        context.progress(done, len(rows), row["title"])
        try:
            text = context.workspace.archive.get(row["item"]).decode("utf-8-sig")
        except UnicodeDecodeError:
            skipped["text that is not UTF-8"] = skipped.get("text that is not UTF-8", 0) + 1
            continue
        if row["invented"]:
            continue
        found = read_text(row["title"], text)
        origin = {key: row[key] for key in ("dataset", "item", "available_at", "first_seen")} | {"invented": False}
        content["documents"] += document_rows(found, origin)
        content["figures"] += figure_rows(found, origin, row["id"])
        content["measures"] += measure_rows(found, origin)
        notes += [f"{row['title']}: {note}" for note in found.notes]
    return StepResult({name: tables.from_rows(name, content[name]) for name in content}, {}, skipped, tuple(notes))
