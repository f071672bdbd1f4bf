"""Runs the extract stage: reads every preserved text again, for its items and figures."""

from __future__ import annotations

from typing import Any

from tocsin.flow.context import Context, StepResult
from tocsin.flow.texts import document_rows, figure_rows, read_text
from tocsin.model import tables


def step(context: Context) -> StepResult:
    """Return documents and figures read from texts; a dataset that emits its own items is not read twice."""
    documents: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    texts = [d for d in context.earlier("documents").to_pylist() if d["kind"] == "text" and not d["invented"]]
    for done, row in enumerate(texts, start=1):
        found = read_text(row["title"], context.workspace.archive.get(row["item"]).decode("utf-8-sig"))
        origin = {key: row[key] for key in ("dataset", "item", "available_at", "first_seen")} | {"invented": bool(row["invented"])}
        documents += document_rows(found, origin)
        figures += figure_rows(found, origin, row["id"])
        context.progress(done, len(texts), row["title"])
    return StepResult({"documents": tables.from_rows("documents", documents), "figures": tables.from_rows("figures", figures)})
