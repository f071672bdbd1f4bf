"""Runs the extract stage: reads every preserved text again, for its items, figures and measures."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tocsin.flow.context import Context, StepResult
from tocsin.flow.future import without_future_dates
from tocsin.flow.texts import document_rows, figure_rows, measure_rows, read_text
from tocsin.model import tables
from tocsin.stages.extract import disagreements


def step(context: Context) -> StepResult:
    """Return what was read from texts; a dataset that emits its own items is not read twice."""
    content: dict[str, list[dict[str, Any]]] = {"documents": [], "figures": [], "measures": []}
    skipped: Counter[str] = Counter()
    notes: list[str] = []
    rows = [d for d in context.earlier("documents").to_pylist() if d["kind"] == "text"]
    for done, row in enumerate(rows, start=1):
        context.progress(done, len(rows), row["title"])
        try:
            text = context.workspace.archive.get(row["item"]).decode("utf-8-sig")
        except UnicodeDecodeError:
            skipped["text that is not UTF-8"] += 1
            continue
        if row["invented"]:
            continue
        found = read_text(row["title"], text)
        origin = {key: row[key] for key in ("dataset", "item", "available_at", "first_seen")} | {"invented": False}
        made = {
            "documents": document_rows(found, origin),
            "figures": figure_rows(found, origin, row["id"]),
            "measures": measure_rows(found, origin),
        }
        for name, new in made.items():
            late = without_future_dates(name, new, row["available_at"] or context.run.as_of)
            skipped.update({f"date of {name} that lies after the day the text was known": late} if late else {})
            content[name] += new
        if found.language not in (None, "en"):
            skipped["text in another language than English: few of its figures are read"] += 1
        notes += [f"{row['title']}: {note}" for note in found.notes]
    apart = disagreements(tables.from_rows("figures", content["figures"]).to_pylist())
    content["figures"] = [row | {"conflict_group": apart.get(row["id"])} for row in content["figures"]]
    return StepResult({name: tables.from_rows(name, content[name]) for name in content}, {}, dict(skipped), tuple(notes))
